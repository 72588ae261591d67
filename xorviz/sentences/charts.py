"""What each chart shows at the playhead, as a sentence for readers who don't see it.

It tells about the start, the playhead and the time between them, and never about later epochs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.frames import Frames
from xorviz.core.names import unit_names
from xorviz.core.network import Array, forward_pass
from xorviz.core.numbers import written
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES

LISTED: Final = 4
"""The most hidden units that are described one by one: of more, nobody would keep the numbers."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with gaps.

    Attributes
    ----------
    text
        The words; ``{epoch}`` stands for the epoch, ``{0}``, ``{1}``… for the values.
    values
        A number for each gap in each frame, shape (frames,).
    words
        Words for gaps of these numbers, whose values are indices into them.
    """

    text: str
    values: Sequence[NDArray[Any]]
    words: Mapping[int, Sequence[str]] = field(default_factory=dict)


def fill(sentence: Sentence, frame: int, epoch: int) -> str:
    """Write a sentence with the values of a frame in its gaps."""
    texts = [_gap(sentence, gap, values[frame]) for gap, values in enumerate(sentence.values)]
    return sentence.text.format(*texts, epoch=f"{epoch:,}")


def _gap(sentence: Sentence, gap: int, value: Any) -> str:
    if gap in sentence.words:
        return sentence.words[gap][int(value)]
    return str(value) if isinstance(value, np.integer) else written(value)


def frame_sentences(recording: Recording, frames: Frames) -> Mapping[str, Sentence]:
    """Describe frames of a run: each chart by its name, and the playhead."""
    return {
        "playhead": _playhead(frames),
        "network": _network(frames),
        "surface": _surface(frames),
        "loss": _loss(recording, frames),
        "weights": _weights(recording, frames),
        "hidden": _hidden(frames),
    }


def _playhead(frames: Frames) -> Sentence:
    return Sentence(
        "epoch {epoch}: mean absolute error {0}, loss {1}",
        _columns(np.column_stack([frames.mean_abs_error, frames.half_squared_error])),
    )


def _network(frames: Frames) -> Sentence:
    parameters = frames.parameters
    count = parameters.shape[1]
    positive = (parameters > 0).sum(axis=1)
    return Sentence(
        f"At epoch {{epoch}}, {{0}} of the {count} connections are positive; "
        "the largest is {1} and the smallest {2}.",
        [positive.astype(np.int16), *_range(parameters)],
    )


def _surface(frames: Frames) -> Sentence:
    outputs = ", ".join(f"{{{row}}} for {name}" for row, name in enumerate(ROW_NAMES))
    return Sentence(
        f"At epoch {{epoch}} the output is {outputs}; "
        "{4} of the 4 are on their target's side of 0.5.",
        [
            *_columns(frames.predictions),
            frames.right.sum(axis=1).astype(np.int16),
        ],
    )


def _loss(recording: Recording, frames: Frames) -> Sentence:
    errors = recording.mean_abs_error
    lowest = np.fmin.accumulate(errors)[recording.index(frames.epochs)]
    return Sentence(
        "At epoch {epoch} the mean absolute error is {0} and the loss {1}; "
        f"the error started at {written(errors[0])}, and the lowest so far is {{2}}.",
        _columns(np.column_stack([frames.mean_abs_error, frames.half_squared_error, lowest])),
    )


def _weights(recording: Recording, frames: Frames) -> Sentence:
    low, high = (written(edge(recording.parameters[0])) for edge in (np.min, np.max))
    return Sentence(
        "At epoch {epoch} the weights go from {1} to {0}; "
        f"they started between {low} and {high}.",
        _range(frames.parameters),
    )


def _hidden(frames: Frames) -> Sentence:
    hidden = forward_pass(frames.parameters, frames.config.hidden_size).hidden
    if frames.config.hidden_size > LISTED:
        return Sentence(
            f"At epoch {{epoch}} the activations of the {frames.config.hidden_size} hidden units "
            "go from {1} to {0} over the four inputs.",
            _range(hidden.reshape(len(hidden), -1)),
        )
    names = unit_names(frames.config.hidden_size)
    units = [f"{name} from {{{2 * i}}} to {{{2 * i + 1}}}" for i, name in enumerate(names)]
    ranges = np.stack([hidden.min(axis=1), hidden.max(axis=1)], axis=2)
    return Sentence(
        f"At epoch {{epoch}} the activations go, over the four inputs: {', '.join(units)}.",
        _columns(ranges.reshape(len(hidden), -1)),
    )


def curves_sentence(units: Sequence[int], activations: Array) -> str:
    """Describe where the inputs stand on the curves of some hidden units and of the output.

    Parameters
    ----------
    units
        The numbers of the hidden units.
    activations
        A column for each of them, and the last for the output; shape (4, U + 1).
    """
    names = [*(f"h{unit}" for unit in units), "the output"]
    listed = [
        f"{name} {', '.join(map(written, column))}"
        for name, column in zip(names, activations.T.tolist(), strict=True)
    ]
    return f"The activations for the inputs {', '.join(ROW_NAMES)}: {'; '.join(listed)}."


def _range(values: Array) -> list[NDArray[np.float32]]:
    """Take the highest and the lowest value of every frame."""
    return _columns(np.column_stack([values.max(axis=1), values.min(axis=1)]))


def _columns(values: Array) -> list[NDArray[np.float32]]:
    with np.errstate(over="ignore"):
        return list(values.astype(np.float32).T.copy())
