"""Frames drawn: the charts, the read-outs and the sentences of some states of a run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xorviz.core.frames import Frames
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES
from xorviz.figures import charts
from xorviz.figures.beside import Beside
from xorviz.figures.chart import Chart, moving
from xorviz.figures.views import draw_views
from xorviz.sentences.charts import frame_sentences
from xorviz.sentences.views import view_sentence


@dataclass(frozen=True)
class Readout:
    """A number above the charts, at the playhead.

    Attributes
    ----------
    label, hint
        Its name, and a tooltip.
    values
        The number in each frame, shape (frames,).
    right
        Whether it is right, shape (frames,); None for a number that is neither right nor wrong.
    """

    label: str
    hint: str
    values: NDArray[np.float32]
    right: NDArray[np.uint8] | None = None


def draw(
    recording: Recording,
    frames: Frames,
    pinned: Sequence[Recording] = (),
    ghost: Recording | None = None,
) -> dict[str, Any]:
    """Draw frames of a run beside its pinned ones and its ghost, to be packed."""
    return {
        "epochs": frames.epochs.astype(np.int32),
        "charts": charts(recording, pinned, frames, ghost),
        "readouts": _readouts(frames),
        "sentences": frame_sentences(recording, frames),
    }


def draw_moving(
    recording: Recording, frames: Frames, wanted: Collection[str] = ()
) -> dict[str, Any]:
    """Draw what changes with the epoch, for a stage that has the whole run and its wanted views."""
    drawn, views = draw(recording, frames), draw_opened(recording, frames, wanted)
    for view in views.values():
        if isinstance(view["drawn"], Chart):
            view["drawn"] = moving(view["drawn"])
    return {**drawn, "charts": [moving(chart) for chart in drawn["charts"]], "views": views}


def draw_opened(
    recording: Recording, frames: Frames, wanted: Collection[str], others: Sequence[Beside] = ()
) -> dict[str, dict[str, Any]]:
    """Draw the wanted views of these frames, by name, each with its sentence."""
    drawn = draw_views(recording, frames, wanted, others)
    return {name: {"drawn": view, "sentence": view_sentence(view)} for name, view in drawn.items()}


def _readouts(frames: Frames) -> list[Readout]:
    """Build the read-outs: mean absolute error, loss, and the four predictions."""
    losses = [
        Readout(
            "mean |error|",
            "Mean absolute error: how far the four predictions are from their targets. The "
            "notebook calls it Loss, and prints it before it updates the weights: its Epoch 1000 "
            "is epoch 999 here.",
            frames.mean_abs_error.astype(np.float32),
        ),
        Readout(
            "½ Σ error²",
            "The loss E: half the sum of the squared errors. The updates of the weights make it "
            "smaller.",
            frames.half_squared_error.astype(np.float32),
        ),
    ]
    right = frames.right.astype(np.uint8)
    return losses + [
        Readout(
            f"ŷ({name})",
            f"Prediction for the input {name}, whose target is {target}. "
            "It is right (✓) if it is on the same side of 0.5 as its target.",
            frames.predictions[:, row].astype(np.float32),
            right[:, row],
        )
        for row, (name, target) in enumerate(zip(ROW_NAMES, frames.config.targets, strict=True))
    ]
