"""Scene: all that the stage shows of one run; and a still, one state of it to look at closely."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import Frames, Recording, record_many
from xorviz.core.truth_table import ROW_NAMES
from xorviz.core.verdict import judge
from xorviz.figures import charts
from xorviz.figures.chart import Chart
from xorviz.figures.theme import palettes
from xorviz.stage.payload import pack


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


@dataclass(frozen=True)
class Column:
    """A column of a still's table: its name, and a tooltip."""

    name: str
    hint: str


@dataclass(frozen=True)
class Table:
    """Numbers beside a still.

    Attributes
    ----------
    corner
        Heading of the first column.
    names, columns
        Names of the rows, and the columns.
    values
        Shape (rows, columns).
    veiled
        Whether values that are NaN are hidden ones, shown as a question mark.
    """

    corner: str
    names: Sequence[str]
    columns: Sequence[Column]
    values: Array
    veiled: bool = False


def pack_scene(recording: Recording, pinned: Sequence[Recording] = ()) -> bytes:
    """Pack a run for the stage, and the curves of at most four pinned runs to compare it with.

    The name of all that goes ahead of it, so that the stage leaves packed what it shows already.
    """
    verdict = judge(recording)
    shown = run_id(recording.config, *(run.config for run in pinned))
    return shown.encode() + pack(
        {
            "id": run_id(recording.config),
            **draw(recording, recording.frames, pinned),
            "verdict": {"kind": verdict.kind, "text": str(verdict)},
            "palettes": palettes(),
        }
    )


def pack_scenes(
    runs: Sequence[tuple[TrainConfig, Sequence[TrainConfig]]],
) -> Iterator[bytes]:
    """Train runs side by side, each beside its pinned ones, and pack a scene of each."""
    configs = {config: None for run, pins in runs for config in (run, *pins)}
    trained = dict(zip(configs, record_many([*configs]), strict=True))
    for run, pins in runs:
        yield pack_scene(trained[run], [trained[pin] for pin in pins])


def pack_still(recording: Recording, epoch: int, table: Table, chosen: str, moves: str) -> bytes:
    """Pack one state of a run, with a table beside it.

    Parameters
    ----------
    recording, epoch
        The run, and the state's number.
    table
        The table.
    chosen
        Name of the edge and row that stand out; empty for none.
    moves
        How often the page has moved the playhead, as ``SESSION.COUNT``: it goes to the still's
        epoch where the count is another than before; see `Opening.number`.
    """
    return pack(
        {
            "view": "step",
            "id": run_id(recording.config),
            **draw(recording, recording.frame(epoch)),
            "table": table,
            "chosen": chosen,
            "moves": moves,
        }
    )


def draw(recording: Recording, frames: Frames, pinned: Sequence[Recording] = ()) -> dict[str, Any]:
    """Draw frames of a run beside its pinned ones, to be packed."""
    return {
        "epochs": frames.epochs.astype(np.int32),
        "charts": charts(recording, pinned, frames),
        "readouts": _readouts(frames),
    }


def pack_view(name: str) -> bytes:
    """Pack the name of a part of the page that looks at no state closely."""
    return pack({"view": name})


def pack_jump(name: str, config: TrainConfig, epoch: int, moves: str) -> bytes:
    """Pack the name of such a part, and where in a run it has moved the playhead: near this epoch.

    `moves` counts how often, as of a still.
    """
    return pack({"view": name, "id": run_id(config), "epoch": epoch, "moves": moves})


def pack_figure(chart: Chart, name: str, choices: Mapping[str, str]) -> bytes:
    """Pack a chart without frames, a name for what it shows, and how it is looked at at first.

    The choices are positions of its switches, by name.
    """
    return pack({"id": name, "chart": chart, "choices": choices, "palettes": palettes()})


def run_id(*configs: TrainConfig) -> str:
    """Name a run, or several, by their settings: 16 letters of ASCII, equal for equal ones."""
    return sha256(repr(configs).encode()).hexdigest()[:16]


def _readouts(frames: Frames) -> list[Readout]:
    """Both kinds of loss, and the four predictions."""
    losses = [
        Readout(
            "mean |error|",
            "Mean distance of the four predictions from their targets; the notebook calls it Loss.",
            frames.mean_abs_error.astype(np.float32),
        ),
        Readout(
            "½ Σ error²",
            "Half the sum of the squared errors: what gradient descent lowers.",
            frames.half_squared_error.astype(np.float32),
        ),
    ]
    right = frames.right.astype(np.uint8)
    return losses + [
        Readout(
            f"ŷ({name})",
            f"Prediction for the input {name}, whose target is {target}. "
            "It is right (✓) on its target's side of 0.5.",
            frames.predictions[:, row].astype(np.float32),
            right[:, row],
        )
        for row, (name, target) in enumerate(zip(ROW_NAMES, frames.config.targets, strict=True))
    ]
