"""The decision surface: the output over the input square, and its boundary at 0.5."""

import numpy as np

from xorviz.decision_surface import GRID_SIZE, HIGH, LOW, decision_surface, grid_axis
from xorviz.figures.chart import Channel, Chart, Picture
from xorviz.recording import Recording
from xorviz.theme import BLUE, ORANGE, OUTPUT_SCALE, Spec, image, layout
from xorviz.truth_table import INPUTS, ROW_NAMES

LEVEL = 0.5
SYMBOLS = ("x", "circle")
"""A wrong and a right prediction."""


def chart(recording: Recording) -> Chart:
    """Draw the surface with its boundary, and the four inputs over it."""
    outputs = decision_surface(recording.parameters, recording.config.hidden_size)
    right = recording.right[recording.epochs].astype(np.uint8)
    cell = (HIGH - LOW) / (GRID_SIZE - 1)
    side = {"range": [LOW, HIGH], "showgrid": False, "tickvals": [0, 0.5, 1], "constrain": "domain"}
    return Chart(
        name="surface",
        title="Decision surface",
        hint="The output ŷ for every input; the line is ŷ = 0.5. "
        "The four points have their target's colour: ● right, ✖ wrong.",
        traces=[_surface(), _points(recording.config.targets)],
        layout=layout(
            {"title": {"text": "x1", "standoff": 4}, **side},
            {"title": {"text": "x2", "standoff": 4}, **side, "scaleanchor": "x"},
            images=[image(LOW - cell / 2, HIGH + cell / 2, LOW - cell / 2, HIGH + cell / 2)],
            shapes=[_boundary()],
            uirevision="surface",
        ),
        channels=[
            Channel(0, "z", outputs, decimals=3),
            Channel(1, "marker.symbol", right, names=SYMBOLS),
        ],
        picture=Picture(0, level=LEVEL),
    )


def _surface() -> Spec:
    axis = grid_axis().astype(np.float32)
    return {
        "type": "heatmap",
        "opacity": 0,
        "x": axis,
        "y": axis,
        "zmin": 0,
        "zmax": 1,
        "colorscale": OUTPUT_SCALE,
        "showscale": False,
        "hovertemplate": "x1 %{x:.2f}, x2 %{y:.2f}<br>output %{z:.3f}<extra></extra>",
    }


def _boundary() -> Spec:
    """Draw the line where the output is `LEVEL`; its path comes with each frame."""
    return {
        "type": "path",
        "path": "M0,0",
        "xref": "x",
        "yref": "y",
        "line": {"color": "#1d1f27", "width": 2.5},
    }


def _points(targets: str) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": INPUTS[:, 0],
        "y": INPUTS[:, 1],
        "text": [
            f"input {row}: target {target}" for row, target in zip(ROW_NAMES, targets, strict=True)
        ],
        "marker": {
            "size": 15,
            "color": [ORANGE if target == "1" else BLUE for target in targets],
            "line": {"color": "#ffffff", "width": 2},
        },
        "hovertemplate": "%{text}<extra></extra>",
    }
