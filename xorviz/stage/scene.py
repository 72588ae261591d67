"""Scene: all frames of a run for the stage; a still is one state of it, to be looked at closely."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.milestones import milestones
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.core.side_by_side import record_many
from xorviz.core.verdict import judge
from xorviz.figures.chart import Chart, Diagram
from xorviz.figures.theme import BLUE, END_COLOURS, MUTED, ORANGE, palettes
from xorviz.sentences.milestones import milestone_text
from xorviz.sentences.verdict import COUNTS, verdict_text
from xorviz.stage.frames import draw, draw_moving
from xorviz.stage.payload import pack
from xorviz.stage.step_film import Film
from xorviz.step.chain import Part

REACH: Final = 20
"""Epochs before and after the playhead's that a window has."""


@dataclass(frozen=True)
class Column:
    """A column of a still's table.

    Attributes
    ----------
    name, hint
        Its name, and a tooltip.
    texts
        Each row's number as a text whose second part stands out; None where four significant
        digits do.
    """

    name: str
    hint: str
    texts: Sequence[tuple[str, str]] | None = None


@dataclass(frozen=True)
class Tug:
    """The columns of a table whose numbers pull at a row.

    Attributes
    ----------
    hint
        One sentence or two on how to read its bars.
    names
        Names of the bars, in the order of the columns below.
    parts, total
        Those of the gradient by part and in all, which pull the other way.
    change
        That of what is added to the row's value.
    colours
        Of a pull down, and of one up.
    """

    hint: str
    names: Sequence[str]
    parts: Sequence[int]
    total: int
    change: int
    colours: tuple[str, str] = (BLUE, ORANGE)


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
        The numbers, shape (rows, columns).
    veiled
        Whether a value that is NaN is hidden from the reader, as a question mark.
    tug
        What pulls at a chosen row.
    """

    corner: str
    names: Sequence[str]
    columns: Sequence[Column]
    values: Array
    veiled: bool = False
    tug: Tug | None = None


def pack_scene(
    recording: Recording, pinned: Sequence[Recording] = (), ghost: Recording | None = None
) -> bytes:
    """Pack a run for the stage, with the curves of at most four pinned runs and of a ghost.

    The scene's name goes first, so that the stage need not unpack a scene that it shows already.
    """
    before = ("before", *ghost.identity) if ghost else ()
    beside = (part for run in pinned for part in run.identity)
    shown = run_id(*recording.identity, *beside, *before)
    drawn = draw(recording, recording.frames, pinned, ghost)
    return shown.encode() + pack(
        {
            "id": run_id(*recording.identity),
            **drawn,
            "times": recording.times.astype(np.float32),
            "milestones": _milestones(recording, drawn["charts"]),
            "verdict": _verdict(recording),
            "palettes": palettes(),
            **({"gaps": True} if recording.has_gaps else {}),
        }
    )


def pack_scenes(
    runs: Sequence[tuple[TrainConfig, Sequence[TrainConfig], TrainConfig | None]],
) -> Iterator[bytes]:
    """Train runs, their pinned ones and ghosts side by side, and pack a scene of each run."""
    every = [config for run, pins, ghost in runs for config in (run, *pins, ghost) if config]
    trained = dict(zip(every, record_many(every), strict=True))
    for run, pins, ghost in runs:
        pinned = [trained[pin] for pin in pins]
        yield pack_scene(trained[run], pinned, trained[ghost] if ghost else None)


def pack_window(recording: Recording, epoch: int, wanted: Collection[str] = ()) -> bytes:
    """Pack the states around an epoch, through which the playhead steps epoch by epoch."""
    drawn = draw_moving(recording, recording.around(epoch, REACH), wanted)
    return pack({**drawn, "id": run_id(*recording.identity)})


def pack_no_window() -> bytes:
    """Pack no states, where the playhead rests at the start or the end of a run."""
    return pack({})


def pack_still(
    recording: Recording,
    epoch: int,
    table: Table,
    chosen: str,
    jumps: str,
    parts: Sequence[Part] = (),
    marked: Collection[Part] = (),
    wanted: Collection[str] = (),
    film: Film | None = None,
) -> bytes:
    """Pack one state of a run, with a table beside it.

    Parameters
    ----------
    recording, epoch
        The run, and the state's number.
    table
        The table.
    chosen
        Name of the edge and row that stand out; empty for none.
    jumps
        Counts how often the page moved the playhead, as ``SESSION.COUNT``. When the count differs
        from the last one, the playhead goes to the still's epoch; see `Opening.number`.
    parts, marked
        The factors' parts of the network, by the numbers that formulas have for them, and those
        that stand out.
    wanted
        Names of the wanted views.
    film
        The film of the step, where it is open.
    """
    return pack(
        {
            "view": "step",
            "id": run_id(*recording.identity),
            **draw_moving(recording, recording.around(epoch), wanted),
            "table": table,
            "chosen": chosen,
            "jumps": jumps,
            "parts": [{**vars(part), "marked": part in marked} for part in parts],
            **({"film": film} if film else {}),
        }
    )


def pack_view(name: str) -> bytes:
    """Pack the name of a view of the page that has no still."""
    return pack({"view": name})


def pack_jump(name: str, config: TrainConfig, epoch: int, jumps: str) -> bytes:
    """Pack the name of such a view, and a jump of the playhead to near this epoch of a run.

    `jumps` counts how often the page moved the playhead, as in `pack_still`.
    """
    return pack({"view": name, "id": run_id(config), "epoch": epoch, "jumps": jumps})


def pack_figure(chart: Chart, name: str, choices: Mapping[str, str], sentence: str) -> bytes:
    """Pack a chart without frames.

    Parameters
    ----------
    chart, name
        The chart, and a name that differs wherever it does.
    choices
        The first positions of its switches, by name.
    sentence
        What it shows, for readers who don't see it.
    """
    return pack(
        {
            "id": name,
            "chart": chart,
            "choices": choices,
            "palettes": palettes(),
            "sentence": sentence,
        }
    )


def run_id(*parts: TrainConfig | str) -> str:
    """Name what is sent of a run by its parts: 16 letters of ASCII, equal for equal ones."""
    return sha256(repr(parts).encode()).hexdigest()[:16]


def _verdict(recording: Recording) -> dict[str, Any]:
    """The sentences about the run, and their colours: before its end, by count, and at its end."""
    verdict = judge(recording)
    colours = (MUTED, END_COLOURS.get(verdict.kind, MUTED))
    return {
        "counts": COUNTS,
        "text": verdict_text(verdict, recording.config.mistake),
        "colours": colours,
    }


def _milestones(recording: Recording, drawn: Sequence[Chart | Diagram]) -> list[dict[str, Any]]:
    """Epoch and text of each milestone."""
    (surface,) = [chart for chart in drawn if isinstance(chart, Chart) and chart.name == "surface"]
    outputs = surface.channels[0].data
    return [
        {"epoch": milestone.epoch, "text": milestone_text(milestone)}
        for milestone in milestones(recording, outputs)
    ]
