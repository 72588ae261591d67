"""Card: the settings and versions that repeat a run, and how its numbers were checked.

Nothing on it depends on time or chance: on one machine the same run has the same card.
"""

import hashlib
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

import xorviz
from xorviz.core.catalogue import BY_NAME
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import finite
from xorviz.core.recording import Recording
from xorviz.core.reference import reference_run
from xorviz.core.side_by_side import record_many
from xorviz.settings.link import run_query
from xorviz.step.gradient_check import central_differences, largest_difference
from xorviz.step.step import step_at

HASHED: Final = (
    "the bits of the final numbers as float64, little-endian: the weights from the inputs to the "
    "hidden units row by row, those to the output, then the biases in the same order"
)
"""The bytes that are hashed by SHA-256; the order is that of `network.Layers.flat`."""


@dataclass(frozen=True)
class Card:
    """A run's settings, versions, final numbers and checks.

    Attributes
    ----------
    settings
        Every field of `TrainConfig`, with edits as links spell them.
    link
        The part of the run's link from the question mark on.
    versions
        The versions of xorviz, Python and NumPy.
    machine
        System and processor, on which last digits may depend.
    weights_sha256
        See `HASHED`.
    mean_abs_error, half_squared_error
        Mean absolute error, and loss, of the final state, after the last update.
    is_confirmed
        Whether `reference_run` gives the same final weights to the last bit.
    reference_difference
        Largest difference between a final weight and that of `reference_run`.
    gradient_differences
        By epoch: largest relative difference of the state's gradients from central differences.
    overflows
        Whether the notebook's loop warns about an overflow, which is harmless.
    """

    settings: Mapping[str, Any]
    link: str
    versions: Mapping[str, str]
    machine: str
    weights_sha256: str
    mean_abs_error: float
    half_squared_error: float
    is_confirmed: bool
    reference_difference: float
    gradient_differences: Mapping[int, float]
    overflows: bool

    @property
    def checked(self) -> str:
        """Both checks in one short line, without commas and semicolons, which separate columns."""
        same = "to the last bit" if self.is_confirmed else f"within {self.reference_difference:.2g}"
        gradients = np.max(list(self.gradient_differences.values()))
        mistaken = " with the mistake" if self.settings["mistake"] else ""
        return (
            f"weights are a second implementation's{mistaken} {same} "
            f"and gradients are central differences within {gradients:.2g}"
        )

    def rows(self) -> list[tuple[str, str]]:
        """Name and value of every part, in words."""
        return [
            *((FIELDS[name].label, _written(name, value)) for name, value in self.settings.items()),
            ("Link", self.link if self.link != "?" else "the start page"),
            *self.versions.items(),
            ("Machine", f"{self.machine}; on another one last digits may differ"),
            ("Final mean |error|", repr(self.mean_abs_error)),
            ("Final ½ Σ error²", repr(self.half_squared_error)),
            ("SHA-256 of the final weights", self.weights_sha256),
            ("What is hashed", f"for checking the numbers exactly; {HASHED}"),
            ("Checked by a second implementation", self._reference_in_words()),
            ("Checked by central differences", self._gradients_in_words()),
        ]

    def as_text(self) -> str:
        """Write a line for each of `rows`: name and value."""
        return "\n".join(f"{name}: {value}" for name, value in self.rows())

    def as_object(self) -> dict[str, Any]:
        """Build an object for JSON; a number that is not finite becomes None."""
        return {
            "settings": dict(self.settings),
            "link": self.link,
            "versions": dict(self.versions),
            "machine": self.machine,
            "weights_sha256": self.weights_sha256,
            "hashed": HASHED,
            "mean_abs_error": finite(self.mean_abs_error),
            "half_squared_error": finite(self.half_squared_error),
            "checks": {
                "reference_same_bits": self.is_confirmed,
                "reference_difference": finite(self.reference_difference),
                "gradient_differences": [
                    {"epoch": epoch, "relative_difference": finite(difference)}
                    for epoch, difference in self.gradient_differences.items()
                ],
            },
        }

    def _reference_in_words(self) -> str:
        but = f"except for differences up to {self.reference_difference:.2g}"
        same = "to the last bit" if self.is_confirmed else but
        mistaken = ", with the mistake's lines put in," if self.settings["mistake"] else ""
        return f"the notebook's own loop{mistaken} gives the same final weights {same}"

    def _gradients_in_words(self) -> str:
        differences = [
            f"{difference:.2g} at epoch {epoch:,}"
            for epoch, difference in self.gradient_differences.items()
        ]
        return f"the largest relative difference of the gradients is {', '.join(differences)}"


def _written(name: str, value: Any) -> str:
    if name == "mistake" and value:
        return f"{value}, on purpose: the program {BY_NAME[value].title}"
    return (value if isinstance(value, str) else FIELDS[name].write(value)) or "none"


def write_card(recording: Recording) -> Card:
    """Check a run, and write its card."""
    config = recording.config
    reference = reference_run(config)
    final = recording.final.flat
    with np.errstate(invalid="ignore"):
        reference_difference = float(np.abs(final - reference.parameters).max())
    return Card(
        settings={**vars(config), "edits": FIELDS["edits"].write(config.edits)},
        link="?" + run_query(config),
        versions={
            "xorviz": xorviz.__version__,
            "Python": platform.python_version(),
            "NumPy": np.__version__,
        },
        machine=f"{platform.system()} {platform.machine()}",
        weights_sha256=sha256(final),
        mean_abs_error=float(recording.mean_abs_error[-1]),
        half_squared_error=float(recording.half_squared_error[-1]),
        is_confirmed=final.tobytes() == reference.parameters.tobytes(),
        reference_difference=reference_difference,
        gradient_differences=_gradient_differences(recording),
        overflows=reference.overflows,
    )


def write_cards(configs: Sequence[TrainConfig]) -> list[Card]:
    """Train runs, and write their cards."""
    return [write_card(recording) for recording in record_many(configs)]


def sha256(parameters: Array) -> str:
    """SHA-256 of parameters, as `HASHED` says."""
    return hashlib.sha256(parameters.astype("<f8").tobytes()).hexdigest()


def _gradient_differences(recording: Recording) -> dict[int, float]:
    """Check the gradients of the first state, the middle one and the last."""
    config = recording.config
    differences = {}
    for epoch in sorted({0, config.epochs // 2, config.epochs}):
        step = step_at(recording, epoch)
        differences[epoch] = largest_difference(step, central_differences(config, step.old))
    return differences
