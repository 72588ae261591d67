"""Scene: all that the stage shows of one run."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xorviz.config import TrainConfig
from xorviz.figures import charts
from xorviz.network import Array
from xorviz.recording import Recording, record
from xorviz.stage.payload import pack
from xorviz.theme import palettes
from xorviz.truth_table import ROW_NAMES
from xorviz.verdict import judge


@dataclass(frozen=True)
class Readout:
    """A number above the charts, at the playhead.

    Attributes
    ----------
    label, hint
        Its name, and a tooltip.
    values
        Shape (frames,).
    right
        Whether it is right, where that makes sense; shape (frames,).
    """

    label: str
    hint: str
    values: NDArray[np.float32]
    right: NDArray[np.uint8] | None = None


def pack_scene(config: TrainConfig) -> bytes:
    """Train a run and pack it for the stage."""
    recording = record(config)
    verdict = judge(recording)
    return pack(
        {
            "id": run_id(config),
            "epochs": recording.epochs.astype(np.int32),
            "charts": charts(recording),
            "readouts": _readouts(recording),
            "verdict": {"kind": verdict.kind, "text": str(verdict)},
            "palettes": palettes(),
        }
    )


def run_id(config: TrainConfig) -> str:
    """Name a run by its settings: equal for equal ones."""
    return sha256(repr(config).encode()).hexdigest()[:16]


def _readouts(recording: Recording) -> list[Readout]:
    """Both kinds of loss, and the four predictions."""

    def at_frames(values: Array) -> Any:
        return values[recording.epochs].astype(np.float32)

    losses = [
        Readout(
            "mean |error|",
            "Mean distance of the four predictions from their targets; the notebook calls it Loss.",
            at_frames(recording.mean_abs_error),
        ),
        Readout(
            "½ Σ error²",
            "Half the sum of the squared errors: what gradient descent lowers.",
            at_frames(recording.half_squared_error),
        ),
    ]
    right = recording.right[recording.epochs].astype(np.uint8)
    return losses + [
        Readout(
            f"ŷ({name})",
            f"Prediction for the input {name}, whose target is {target}. "
            "It is right (✓) on its target's side of 0.5.",
            at_frames(recording.predictions[:, row]),
            right[:, row],
        )
        for row, (name, target) in enumerate(zip(ROW_NAMES, recording.config.targets, strict=True))
    ]
