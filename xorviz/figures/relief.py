"""Relief: the landscape with the loss as height, as a figure of three axes."""

import math
from collections.abc import Sequence
from typing import Final

from xorviz.core.network import Array
from xorviz.figures.chart import Spec
from xorviz.figures.heights import UNIT
from xorviz.figures.mesh import mesh
from xorviz.figures.terrain import single
from xorviz.figures.theme import CURVE
from xorviz.landscape.grid import finer
from xorviz.landscape.survey import Ground

STRIDE: Final = 2
"""Of so many points of the finer grid the surface has one, each way, to be drawn in time."""
RAISED: Final = (
    "The loss E = ½ Σ error² as height over a plane through weight space, on a logarithmic scale. "
    "The line is the run's path, as far as it lies over the part drawn; ● is the epoch shown, and "
    "the arrow its next update, −η∇E. Drag to turn it."
)
"""How to read the figure of three axes."""


def relief(
    ground: Ground, ends: tuple[float, float], colours: Sequence[str], titles: tuple[str, str]
) -> Spec:
    """Draw the surface, with the paths and the playhead on it; the stage gives their heights.

    Parameters
    ----------
    ground
        The plane.
    ends
        The lowest and the highest logarithm of the loss, which are those of the axis.
    colours
        That of each pinned run's path.
    titles
        Of the plane's axes.
    """
    line = {"type": "scatter3d", "mode": "lines", "hoverinfo": "skip"}
    paths = [{**line, "line": {"color": colour, "width": 6}} for colour in (*colours, CURVE)]
    arrow = {**line, "mode": "lines+markers", "line": {"width": 6}, "marker": {"size": []}}
    return {
        "hint": RAISED,
        "stride": STRIDE,
        "meshes": {"coarse": _mesh(ground.x, ground.y), "fine": _fine(ground)},
        "data": [SURFACE, *paths, arrow],
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "scene": _scene(ends, titles),
        },
    }


SURFACE: Final = {
    "type": "mesh3d",
    "cmin": 0,
    "cmax": 1,
    "showscale": False,
    "hoverinfo": "skip",
    "lighting": {"ambient": 0.85, "diffuse": 0.4, "specular": 0.05},
}


def _fine(ground: Ground) -> Spec:
    return _mesh(finer(ground.x)[::STRIDE], finer(ground.y)[::STRIDE])


def _mesh(x: Array, y: Array) -> Spec:
    return mesh(single(x), single(y))


def _scene(ends: tuple[float, float], titles: tuple[str, str]) -> Spec:
    axis = {"showspikes": False, "showbackground": False}
    ticks = _decades(*ends)
    return {
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
    }


def _decades(low: float, high: float) -> list[float]:
    """Logarithms of round losses between two ends; both ends, where fewer than two are between."""
    shift = math.log10(UNIT)
    powers = range(math.floor(low + shift), math.ceil(high + shift) + 1)
    ticks = [power + math.log10(digit) - shift for power in powers for digit in (1, 2, 5)]
    between = [tick for tick in ticks if low <= tick <= high]
    return between if len(between) > 1 else [low, high]
