"""ForeignCard: what is known of weights that another program has trained, in place of a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

import xorviz
from xorviz.core.observed_recording import ObservedRecording
from xorviz.core.recording import Recording
from xorviz.export.card import HASHED, Card, sha256, write_card

PLAYED_BACK: Final = "Another program trained these weights; they are played back as it gave them."
KNOWN: Final = ("hidden_size", "biases", "targets")
"""The settings that weights tell, and those that the losses are computed with."""


@dataclass(frozen=True)
class ForeignCard:
    """What is known of weights that another program has trained.

    Attributes
    ----------
    name
        What they are called.
    settings
        The settings of `KNOWN`.
    versions
        The versions of xorviz and NumPy that computed losses and predictions.
    weights_sha256
        Of the last known weights; see `card.HASHED`.
    states
        Numbers of the known states: how many, and the last one.
    """

    name: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    weights_sha256: str
    states: tuple[int, int]

    @property
    def checked(self) -> str:
        """That nothing is checked, in one short line."""
        return f"{self.name}; not trained by xorviz".replace(",", " ").replace(";", " and")

    def as_text(self) -> str:
        """Write a line for each part: name and value."""
        count, last = self.states
        return "\n".join(
            (
                f"Weights: {self.name}; xorviz did not train them",
                f"Known states: {count:,}, the last one at epoch {last:,}",
                f"SHA-256 of the last weights: {self.weights_sha256}",
                f"What is hashed: {HASHED}",
            )
        )

    def as_object(self) -> dict[str, Any]:
        """Build an object for JSON."""
        settings, versions = dict(self.settings), dict(self.versions)
        return {**vars(self), "settings": settings, "versions": versions, "hashed": HASHED}


def write_any_card(recording: Recording) -> Card | ForeignCard:
    """Write the card of a run, or of weights that another program has trained."""
    if not isinstance(recording, ObservedRecording):
        return write_card(recording)
    return ForeignCard(
        name=recording.name,
        settings={name: getattr(recording.config, name) for name in KNOWN},
        versions={"xorviz": xorviz.__version__, "NumPy": np.__version__},
        weights_sha256=sha256(recording.observed.parameters[-1]),
        states=(len(recording.known), int(recording.known[-1])),
    )
