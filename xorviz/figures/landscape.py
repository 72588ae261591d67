"""The landscape: the loss over a plane through weight space, and the run's path on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import written
from xorviz.core.recording import Recording
from xorviz.figures.chart import Chart, Spec
from xorviz.figures.heights import STEPS, UNIT, heights_of
from xorviz.figures.layout import layout
from xorviz.figures.relief import relief
from xorviz.figures.switches import Option, Switch
from xorviz.figures.terrain import Terrain, magnified, single
from xorviz.figures.theme import CURVE, LOSS_COLOURS, PIN_COLOURS
from xorviz.landscape.stationary import Stationary
from xorviz.landscape.survey import Ground, Survey, is_comparable, weight_names
from xorviz.settings.text import describe

SYMBOLS: Final = {
    "minimum": "triangle-down",
    "maximum": "triangle-up",
    "saddle": "x",
    "flat": "diamond-open",
}
"""The marks of stationary points."""
MARK: Final = {"color": "#ffffff", "line": {"color": "#31333f", "width": 1.5}}
RELIEF: Final = Switch(
    "Seen", [Option("contours", key="contours"), Option("3-D", key="3d")], "relief"
)
HINT: Final = (
    "The loss E = ½ Σ error² over a plane through weight space: the stronger the green, the lower "
    "it is. The line is the run's path, from ○ to □; ● is the epoch shown, and the arrow its next "
    "update, −η∇E."
)
OPENING: Final = f"{HINT} Click to start a run there."
"""How to read the chart, where a click starts nothing, or a run."""
NAMES: Final = {
    "path": ("1st principal direction", "2nd principal direction"),
    "states": ("from the start to the end", "towards the third state"),
}
"""Names of the axes."""


@dataclass(frozen=True)
class Landscape(Chart):
    """A chart of a terrain: its first trace is for hover, the last one marks stationary points."""

    terrain: Terrain | None = None


def chart(
    ground: Ground,
    surveyed: Survey,
    recording: Recording,
    pinned: Sequence[TrainConfig] = (),
    points: Sequence[Stationary] = (),
    *,
    opens: bool = True,
) -> Landscape:
    """Draw frames of a run over a plane.

    Parameters
    ----------
    ground, surveyed
        The plane, and the frames over it.
    recording
        The run.
    pinned
        All pinned runs, which have a colour each; the ground has the paths of those that go through
        the same landscape.
    points
        The plane's stationary points.
    opens
        Whether a click on a plane of two weights starts a run, which no picture does.
    """
    terrain = _terrain(ground, surveyed, pinned, opens)
    lines = [_line(path, colour, describe(run)) for path, run, colour in _others(ground, pinned)]
    return Landscape(
        name="landscape",
        title="Landscape",
        hint=OPENING if terrain.opens else HINT,
        traces=[
            _grid(ground),
            *lines,
            _path(ground, recording),
            _ends(ground),
            marks(points),
        ],
        layout=_layout(ground),
        legend=[(line["name"], line["line"]["color"]) for line in lines],
        switches=[RELIEF],
        terrain=terrain,
    )


def _terrain(
    ground: Ground, surveyed: Survey, pinned: Sequence[TrainConfig], opens: bool
) -> Terrain:
    heights = heights_of(surveyed.grids)
    colours = [colour for _, _, colour in _others(ground, pinned)]
    ends = float(heights.lows.min()), float(heights.highs.max())
    return Terrain(
        plane=ground.asked.kind,
        moves=ground.moves,
        heights=heights,
        unit=UNIT,
        steps=STEPS,
        scales=LOSS_COLOURS,
        positions=single(surveyed.positions),
        arrows=single(surveyed.arrows * magnified(ground, surveyed)[:, np.newaxis]),
        opens=opens and ground.asked.kind == "weights",
        space=relief(ground, ends, colours, _titles(ground)),
    )


def marks(points: Sequence[Stationary]) -> Spec:
    """Mark stationary points, each by a symbol for its kind."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.x for point in points],
        "y": [point.y for point in points],
        "text": [_told(point) for point in points],
        "marker": {"size": 10, "symbol": [SYMBOLS[point.kind] for point in points], **MARK},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _told(point: Stationary) -> str:
    return (
        f"{point.kind} in this plane<br>loss {written(point.loss)}<br>"
        f"full gradient |∇E| {written(point.gradient)}"
    )


def _others(ground: Ground, pinned: Sequence[TrainConfig]) -> list[tuple[Array, TrainConfig, str]]:
    """The path, the run and the colour of each pinned run that goes through this landscape."""
    coloured = zip(pinned, PIN_COLOURS, strict=False)
    runs = [(run, colour) for run, colour in coloured if is_comparable(run, ground.config)]
    return [(path, *run) for path, run in zip(ground.others, runs, strict=True)]


def _titles(ground: Ground) -> tuple[str, str]:
    return weight_names(ground) if ground.asked.kind == "weights" else NAMES[ground.asked.kind]


def _layout(ground: Ground) -> Spec:
    across, up = _titles(ground)
    return layout(
        _axis(across, ground.x),
        {**_axis(up, ground.y), "scaleanchor": "x"},
        uirevision=repr(ground.asked),
    )


def _axis(title: str, values: Array) -> Spec:
    return {
        "title": {"text": title, "standoff": 4},
        "range": [values[0], values[-1]],
        "showgrid": False,
        "constrain": "domain",
    }


def _grid(ground: Ground) -> Spec:
    """The points of the grid, transparent, for hover: the stage gives them their losses at rest."""
    return {
        "type": "heatmap",
        "opacity": 0,
        "x": single(ground.x),
        "y": single(ground.y),
        "z": [],
        "showscale": False,
        "hoverinfo": "none",
    }


def _path(ground: Ground, recording: Recording) -> Spec:
    epochs, losses = recording.epochs.tolist(), recording.frames.half_squared_error.tolist()
    texts = [f"epoch {e:,}: loss {written(loss)}" for e, loss in zip(epochs, losses, strict=True)]
    return {
        **_line(ground.path, CURVE, "this run"),
        "text": texts,
        "line": {"color": CURVE, "width": 3},
    }


def _line(path: Array, colour: str, name: str) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": single(path[:, 0]),
        "y": single(path[:, 1]),
        "name": name,
        "text": [name] * len(path),
        "line": {"color": colour, "width": 2},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _ends(ground: Ground) -> Spec:
    """Mark the start and the end of the path, as far as it is shown."""
    shown = ground.path[np.isfinite(ground.path).all(axis=1)]
    ends = shown[[0, -1]] if len(shown) else np.empty((0, 2))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": single(ends[:, 0]),
        "y": single(ends[:, 1]),
        "text": ["start", "end"],
        "marker": {"size": 9, "symbol": ["circle", "square"], **MARK},
        "hovertemplate": "%{text}<extra></extra>",
    }
