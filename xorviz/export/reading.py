"""Reading: runs that were exported earlier, and weights of other people's training.

A run is trained anew from its settings, and compared with the file and its card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

import xorviz
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import ConfigError, quoted
from xorviz.core.numbers import significant
from xorviz.core.recording import Recording
from xorviz.export.card import sha256
from xorviz.export.contents import ALIASES, MAX_BYTES, read_contents
from xorviz.export.weights import Weights, read_weights

MAX_STATES: Final = 1000
"""The most states of an exported run; a file of this program has less than half of them."""


@dataclass(frozen=True)
class Saved:
    """A run that was exported earlier.

    Attributes
    ----------
    name
        The file's name.
    config
        The run's settings.
    weights
        Its recorded states, as the file has them.
    weights_sha256, versions
        As on the file's card.
    """

    name: str
    config: TrainConfig
    weights: Weights
    weights_sha256: str
    versions: Mapping[str, str]


def read_file(
    content: bytes, name: str, most: int = MAX_BYTES, names: Mapping[str, str] | None = None
) -> Saved | Weights:
    """Read a run that was exported earlier, or the weights of somebody else's training.

    `names` maps other names that its arrays may have to the notebook's.

    Raises
    ------
    ConfigError
        Where the file can't be used: in one sentence.
    """
    contents = read_contents(content, name, most, {**ALIASES, **(names or {})})
    card = contents.card
    if "seed" not in card.get("settings", {}):
        return read_weights(contents.arrays, name)
    config = _config(card["settings"])
    weights = read_weights(contents.arrays, name, finite=False)
    _check(config, weights, name)
    versions = {str(key): str(value) for key, value in card["versions"].items()}
    return Saved(name, config, weights, card["weights_sha256"], versions)


def compare(saved: Saved, recording: Recording) -> str:
    """Say how exactly a file has the numbers of its run, which was trained anew."""
    name, theirs = quoted(saved.name), saved.weights.parameters
    ours = recording.at(_epochs(saved)).parameters
    is_as_carded = sha256(theirs[-1]) == saved.weights_sha256 or not np.isfinite(theirs[-1]).all()
    finite = np.isfinite(theirs)  # JSON has no other numbers, and tells them apart no more
    is_same = np.array_equal(ours[finite], theirs[finite]) and not np.isfinite(ours[~finite]).any()
    if is_same and is_as_carded:
        return f"{name} is this run to the last bit."
    with np.errstate(invalid="ignore"):
        apart = np.abs(ours - theirs)[finite].max(initial=0)
    differ = f"they differ from this run's by up to {significant(float(apart))}."
    if not is_as_carded:
        return f"The weights in {name} are not those of its card: {differ}"
    if sha256(ours[-1]) == saved.weights_sha256:
        return f"Some weights in {name} are not those that its run had: {differ}"
    versions = {"xorviz": xorviz.__version__, "NumPy": np.__version__}
    others = [
        f"{key} {saved.versions[key][:20]}"
        for key, version in versions.items()
        if saved.versions.get(key, version) != version
    ]
    return (
        f"The weights in {name} were made by {' and '.join(others) or 'another machine'}: {differ}"
    )


def _epochs(saved: Saved) -> list[int]:
    epochs: list[int] = [] if saved.weights.epochs is None else saved.weights.epochs.tolist()
    return epochs


def _config(settings: Mapping[str, Any]) -> TrainConfig:
    """Read the settings on a card; those that it does not have are the notebook's."""
    return TrainConfig(
        **{
            name: field.parse(value) if isinstance(value, str) else field.check(value)
            for name, field in FIELDS.items()
            if (value := settings.get(name)) is not None
        }
    )


def _check(config: TrainConfig, weights: Weights, name: str) -> None:
    """Check that the states can be those of the run."""
    epochs = weights.epochs
    fits = (weights.hidden_size, weights.biases) == (config.hidden_size, config.biases)
    if epochs is None or not fits or len(epochs) > MAX_STATES or epochs[-1] != config.epochs:
        allowed = f"the states of its settings' run, at most {MAX_STATES:,}, with its last one"
        raise ConfigError(quoted(name), allowed, "other states")
