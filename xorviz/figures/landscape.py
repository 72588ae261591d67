"""The landscape: the loss over a plane through weight space, and the run's path on it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import significant, written
from xorviz.core.recording import Recording
from xorviz.figures.chart import Channel, Chart, Spec
from xorviz.figures.layout import layout
from xorviz.figures.switches import Option, Switch
from xorviz.figures.theme import CURVE, LOSS_COLOURS, PIN_COLOURS
from xorviz.landscape.stationary import Stationary
from xorviz.landscape.survey import Ground, Survey, is_comparable, weight_names
from xorviz.settings.text import describe

UNIT: Final = 0.5
"""The loss of XOR where all predictions are 0.5: logarithms are those of losses in this unit."""
LOWEST: Final = 3e-4
"""Losses below it are drawn as it is."""
DECIMALS: Final = 4
"""Of the logarithms: an error of 0.01 %, so that contours of plateaus are smooth."""
STEPS: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
"""Differences of the logarithm from one contour to the next: the first that gives enough."""
CONTOURS: Final = 9
"""The fewest contours, if the loss is not the same all over."""
LONGEST: Final = 0.2
"""The longest an arrow is drawn, as a share of the plane's width."""
SEEN: Final = 0.02
"""Of the longest arrow, the part that is seen."""
MAGNIFIED: Final = np.array([digit * 10.0**power for power in range(9) for digit in (1, 2, 5)])
"""How many times as long as updates arrows may be drawn."""
SYMBOLS: Final = {
    "minimum": "triangle-down",
    "maximum": "triangle-up",
    "saddle": "x",
    "flat": "square-open",
}
"""The marks of stationary points."""
MARK: Final = {"color": "#ffffff", "line": {"color": "#31333f", "width": 1.5}}
FINEST: Final = 50
"""The most points a side of the surface in 3-D, so that it is drawn in time."""
RAISED: Final = (
    "The loss E = ½ Σ error² as height over a plane through weight space, on a logarithmic scale. "
    "The line is the run's path, as far as it lies over the part drawn, and ● the epoch shown. "
    "Drag to turn it."
)
"""How to read the figure of three axes."""
RELIEF: Final = Switch(
    "Seen", [Option("contours", key="contours"), Option("3-D", key="3d")], "relief"
)
NAMES: Final = {
    "path": ("1st principal direction", "2nd principal direction"),
    "states": ("from the start to the end", "towards the third state"),
}
"""Names of the axes."""


@dataclass(frozen=True)
class Terrain:
    """The drawn loss, and what moves over it; losses are logarithms, as `logarithms` makes them.

    Attributes
    ----------
    plane
        Which kind of plane it is.
    low, high
        The losses at both ends of the scale of colours.
    scales
        The colours in between, by the page's theme.
    ends
        These losses, as they are written in the key.
    unit
        The loss whose logarithm is 0.
    step
        The difference from one contour to the next. None goes along a plateau, at 0: the first two
        are half a step away.
    positions
        Where the run is in each frame, shape (F, 2).
    arrows
        The arrow from there, as it is drawn, shape (F, 2).
    opens
        Whether a click starts a run from there.
    space
        The same with the loss as height: a figure of three axes, without the heights.
    """

    plane: str
    low: float
    high: float
    scales: Mapping[str, Sequence[tuple[int, str]]]
    ends: tuple[str, str]
    unit: float
    step: float
    positions: NDArray[np.float32]
    arrows: NDArray[np.float32]
    opens: bool
    space: Spec


@dataclass(frozen=True)
class Landscape(Chart):
    """A chart of a terrain: its first trace is the grid, the last one marks stationary points."""

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
        The runs whose paths the ground has.
    points
        The plane's stationary points.
    opens
        Whether a click on a plane of two weights starts a run, which no picture does.
    """
    grids = logarithms(surveyed.grids)
    low, high = _ends(grids)
    step = next((step for step in STEPS if (high - low) / step >= CONTOURS), STEPS[-1])
    across, up = _titles(ground)
    lines = [_line(path, colour, describe(run)) for path, (run, colour) in _others(ground, pinned)]
    terrain = Terrain(
        plane=ground.asked.kind,
        low=low,
        high=high,
        scales=LOSS_COLOURS,
        ends=_texts(low, high),
        unit=UNIT,
        step=step,
        positions=_single(surveyed.positions),
        arrows=_single(surveyed.arrows * magnified(ground, surveyed)[:, np.newaxis]),
        opens=opens and ground.asked.kind == "weights",
        space=_space(ground, (low, high), len(lines) + 1, (across, up)),
    )
    return Landscape(
        name="landscape",
        title="Landscape",
        hint=_hint(step, terrain.opens),
        traces=[
            _grid(ground, grids),
            *lines,
            _path(ground, recording),
            _ends_of(ground),
            marks(points),
        ],
        layout=_layout(ground),
        channels=[Channel(0, "z", grids, decimals=DECIMALS)] if ground.moves else [],
        legend=[(describe(run), colour) for _, (run, colour) in _others(ground, pinned)],
        switches=[RELIEF],
        terrain=terrain,
    )


def logarithms(losses: Array) -> Array:
    """Logarithms of losses to the base 10, in the unit `UNIT`; none below that of `LOWEST`."""
    return np.asarray(np.log10(np.maximum(losses, LOWEST) / UNIT))


def magnified(ground: Ground, surveyed: Survey) -> Array:
    """How many times as long as the updates each frame's arrow is drawn, shape (F,).

    An arrow that no number of times makes visible is as long as the update.
    """
    sizes = np.linalg.norm(surveyed.arrows, axis=1)[:, np.newaxis]
    longest = LONGEST * np.ptp(ground.x)
    with np.errstate(over="ignore", invalid="ignore"):
        fits = (sizes * MAGNIFIED <= longest) & (sizes * MAGNIFIED[-1] > SEEN * longest)
    return np.asarray(MAGNIFIED[np.maximum(fits.sum(axis=1) - 1, 0)])


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


def _others(
    ground: Ground, pinned: Sequence[TrainConfig]
) -> list[tuple[Array, tuple[TrainConfig, str]]]:
    """The path, the run and the colour of each pinned run that goes through this landscape."""
    coloured = zip(pinned, PIN_COLOURS, strict=False)
    runs = [(run, colour) for run, colour in coloured if is_comparable(run, ground.config)]
    return list(zip(ground.others, runs, strict=True))


def _ends(grids: Array) -> tuple[float, float]:
    """The lowest and the highest of finite values; where all are the same, a little around."""
    values = grids[np.isfinite(grids)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    return (low, high) if high - low > STEPS[-1] else (low - STEPS[-1], high + STEPS[-1])


def _texts(low: float, high: float) -> tuple[str, str]:
    """Write both ends of the scale of colours."""
    lowest, highest = (f"{UNIT * 10**end:.2g}" for end in (low, high))
    return (f"≤ {lowest}" if UNIT * 10**low <= LOWEST * (1 + 1e-9) else lowest), highest


def _titles(ground: Ground) -> tuple[str, str]:
    return weight_names(ground) if ground.asked.kind == "weights" else NAMES[ground.asked.kind]


def _hint(step: float, opens: bool) -> str:
    growth = 10**step
    factor = f"{100 * (growth - 1):.2g} % larger" if growth < 2 else f"{growth:.3g} times as large"
    click = " Click to start a run there." if opens else ""
    return (
        "The loss E = ½ Σ error² over a plane through weight space: the stronger the green, the "
        f"lower it is. From one contour to the next it is {factor}. The line is the run's path, "
        f"from ○ to □; ● is the epoch shown, and the arrow its next update, −η∇E.{click}"
    )


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


def _grid(ground: Ground, grids: Array) -> Spec:
    """The grid, transparent, for hover: the stage draws it, and gives it the losses."""
    across, up = _titles(ground)
    return {
        "type": "heatmap",
        "opacity": 0,
        "x": _single(ground.x),
        "y": _single(ground.y),
        "z": [] if ground.moves else list(_single(grids[0].round(DECIMALS))),
        "showscale": False,
        "hovertemplate": f"{across} %{{x:.4~g}}<br>{up} %{{y:.4~g}}<br>"
        "loss %{customdata:.4~g}<extra></extra>",
    }


def _path(ground: Ground, recording: Recording) -> Spec:
    epochs, losses = recording.epochs.tolist(), recording.frames.half_squared_error.tolist()
    told = [
        f"epoch {e:,}: loss {significant(loss)}" for e, loss in zip(epochs, losses, strict=True)
    ]
    return {
        **_line(ground.path, CURVE, "this run"),
        "text": told,
        "line": {"color": CURVE, "width": 3},
    }


def _line(path: Array, colour: str, name: str) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _single(path[:, 0]),
        "y": _single(path[:, 1]),
        "name": name,
        "text": [name] * len(path),
        "line": {"color": colour, "width": 2},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _ends_of(ground: Ground) -> Spec:
    """Mark the start and the end of the path, as far as it is shown."""
    shown = ground.path[np.isfinite(ground.path).all(axis=1)]
    ends = shown[[0, -1]] if len(shown) else np.empty((0, 2))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": _single(ends[:, 0]),
        "y": _single(ends[:, 1]),
        "text": ["start", "end"],
        "marker": {"size": 9, "symbol": ["circle", "square"], **MARK},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _space(ground: Ground, ends: tuple[float, float], lines: int, titles: tuple[str, str]) -> Spec:
    """The figure of three axes: the surface, and the paths and the playhead on it."""
    ticks = _decades(*ends)
    axis = {"showspikes": False, "showbackground": False}
    line = {"type": "scatter3d", "mode": "lines", "hoverinfo": "skip"}
    dot = {"type": "scatter3d", "mode": "markers", "hoverinfo": "skip"}
    colours = [*PIN_COLOURS[: lines - 1], CURVE]
    paths = [{**line, "line": {"color": colour, "width": 6}} for colour in colours]
    return {
        "hint": RAISED,
        "stride": _stride(ground),
        "data": [_mesh(ground, ends), *paths, {**dot, "marker": {"size": 6, "color": CURVE}}],
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "scene": {
                "hovermode": False,
                "xaxis": {**axis, "title": {"text": titles[0]}},
                "yaxis": {**axis, "title": {"text": titles[1]}},
                "zaxis": {
                    **axis,
                    "title": {"text": "loss"},
                    "range": [ends[0], ends[1]],
                    "tickvals": ticks,
                    "ticktext": [f"{UNIT * 10**tick:.3g}" for tick in ticks],
                },
                "aspectmode": "manual",
                "aspectratio": {"x": 1, "y": 1, "z": 0.6},
            },
        },
    }


def _mesh(ground: Ground, ends: tuple[float, float]) -> Spec:
    """The surface over every so many points of the grid, as two triangles a cell.

    Plotly's own surfaces are refined to 128 points a side, and take three times as long to draw.
    """
    stride = _stride(ground)
    x, y = np.meshgrid(_single(ground.x[::stride]), _single(ground.y[::stride]))
    corner = np.arange(x.size, dtype=np.int32).reshape(x.shape)
    left, right = corner[:-1, :-1].ravel(), corner[:-1, 1:].ravel()
    above, beyond = corner[1:, :-1].ravel(), corner[1:, 1:].ravel()
    return {
        "type": "mesh3d",
        "x": x.ravel(),
        "y": y.ravel(),
        "i": np.concatenate([left, right]),
        "j": np.concatenate([right, beyond]),
        "k": np.concatenate([above, above]),
        "cmin": ends[0],
        "cmax": ends[1],
        "showscale": False,
        "hoverinfo": "skip",
        "lighting": {"ambient": 0.85, "diffuse": 0.4, "specular": 0.05},
    }


def _stride(ground: Ground) -> int:
    """Of how many points of the grid the surface has one, each way."""
    return -(-len(ground.x) // FINEST)


def _decades(low: float, high: float) -> list[float]:
    """Logarithms of round losses between two ends; both ends, where fewer than two are between."""
    shift = math.log10(UNIT)
    powers = range(math.floor(low + shift), math.ceil(high + shift) + 1)
    ticks = [power + math.log10(digit) - shift for power in powers for digit in (1, 2, 5)]
    between = [tick for tick in ticks if low <= tick <= high]
    return between if len(between) > 1 else [low, high]


def _single(values: Array) -> NDArray[np.float32]:
    return np.asarray(values, np.float32)
