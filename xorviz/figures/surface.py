"""The decision surface: the output over the input square, and its boundary at 0.5."""

import numpy as np

from xorviz.core.decision_surface import (
    GRID_SIZE,
    HIGH,
    LOW,
    decision_surface,
    grid_axis,
    hard_to_bound,
)
from xorviz.core.frames import Frames
from xorviz.core.names import unit_names
from xorviz.core.network import Array
from xorviz.core.truth_table import INPUTS, ROW_NAMES
from xorviz.figures.chart import (
    DIGIT,
    Boundary,
    Channel,
    Chart,
    Picture,
    Spec,
)
from xorviz.figures.layout import OUTPUT_AXIS, image, layout
from xorviz.figures.switches import Switch, view, views_switch
from xorviz.figures.theme import BLUE, MUTED, ORANGE

RADIUS = 0.05
"""Radius of a point, in units of the axes."""

CROSS = (
    *((0, 0.4), (0.6, 1), (1, 0.6), (0.4, 0), (1, -0.6), (0.6, -1)),
    *((0, -0.4), (-0.6, -1), (-1, -0.6), (-0.4, 0), (-1, 0.6), (-0.6, 1)),
)
"""The outline of a wrong point, in radii."""


def chart(frames: Frames) -> Chart:
    """Draw the surface with its boundary, and the four inputs over it."""
    outputs = decision_surface(frames.parameters, frames.config.hidden_size, frames.is_linear)
    targets = frames.config.targets
    marks = frames.right + 2 * np.arange(len(targets), dtype=np.uint8)
    cell = (HIGH - LOW) / (GRID_SIZE - 1)
    side = {"range": [LOW, HIGH], "showgrid": False, "tickvals": [0, 0.5, 1], "constrain": "domain"}
    return Chart(
        name="surface",
        title="Decision surface",
        hint="The output ŷ for every x1 and x2: orange near 1, blue near 0, 0.5 on the line. "
        "Points have their target's colour: ● on the right side of the line, ✖ on the wrong one.",
        traces=[_surface(), _points(targets)],
        layout=layout(
            {"title": {"text": "x1", "standoff": 4}, **side},
            {"title": {"text": "x2", "standoff": 4}, **side, "scaleanchor": "x"},
            coloraxis=OUTPUT_AXIS,
            images=[image(LOW - cell / 2, HIGH + cell / 2, LOW - cell / 2, HIGH + cell / 2)],
            shapes=[_line()],
            uirevision="surface",
        ),
        channels=[
            Channel(0, "z", outputs, decimals=3),
            Channel(None, "shapes", marks, choices=_marks(targets)),
        ],
        picture=Picture(0, _boundary(frames, outputs), marks=1),
        switches=[_switch(frames.config.hidden_size)],
    )


def _switch(hidden_size: int) -> Switch:
    """Offer hidden space, in which a reader may pick two units, and the surface in 3-D."""
    hidden = view("hidden", detail="pair", units=unit_names(hidden_size))
    return views_switch("Surface", "surface", "input", hidden, view("3d", "3-D"))


def _boundary(frames: Frames, outputs: Array) -> Boundary:
    """Give the parameters, in double precision where the line needs it."""
    parameters, size = frames.dividing, frames.config.hidden_size
    if frames.is_linear:
        outputs = decision_surface(parameters, size)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        rounded = parameters.astype(np.float32)
        hard = hard_to_bound(outputs, parameters, size)
        digits = (parameters[hard] / rounded[hard] - 1) / DIGIT
    digits = np.clip(np.nan_to_num(np.rint(digits)), -32767, 32767)
    return Boundary(size, list(rounded.T), hard.astype(np.int32), digits.astype(np.int16))


def _surface() -> Spec:
    axis = grid_axis().astype(np.float32)
    return {
        "type": "heatmap",
        "opacity": 0,
        "x": axis,
        "y": axis,
        "coloraxis": "coloraxis",
        "hovertemplate": "x1 %{x:.2f}, x2 %{y:.2f}<br>output %{z:.3f}<extra></extra>",
    }


def _line() -> Spec:
    """Draw the line where the output is 0.5; the stage gives it each frame's path, and a colour."""
    return {
        "type": "path",
        "path": "M0,0",
        "xref": "x",
        "yref": "y",
        "line": {"width": 2.5},
    }


def _points(targets: str) -> Spec:
    """Draw the four inputs, transparent, for hover; `_marks` draws the visible points."""
    named = zip(ROW_NAMES, targets, strict=True)
    return {
        "type": "scatter",
        "mode": "markers",
        "opacity": 0,
        "x": INPUTS[:, 0],
        "y": INPUTS[:, 1],
        "text": [f"input {row}: target {target}" for row, target in named],
        "marker": {"size": 18, "color": MUTED},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _marks(targets: str) -> list[Spec]:
    """Draw each point in its target's colour: a cross when wrong, a disc when right."""
    marks = []
    for (x, y), target in zip(INPUTS.tolist(), targets, strict=True):
        style = {
            "xref": "x",
            "yref": "y",
            "fillcolor": ORANGE if target == "1" else BLUE,
            "line": {"color": "#ffffff", "width": 2},
        }
        disc = {"x0": x - RADIUS, "x1": x + RADIUS, "y0": y - RADIUS, "y1": y + RADIUS}
        marks.append({"type": "path", "path": _cross(x, y), **style})
        marks.append({"type": "circle", **disc, **style})
    return marks


def _cross(x: float, y: float) -> str:
    """Outline a cross around a point, as an SVG path in units of the axes."""
    corners = [f"{x + RADIUS * right:.3f},{y + RADIUS * up:.3f}" for right, up in CROSS]
    return f"M{'L'.join(corners)}Z"
