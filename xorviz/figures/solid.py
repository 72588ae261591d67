"""Solid: a figure of three axes to turn; here the decision surface, with a pin at each target."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from xorviz.core.decision_surface import HIGH, LOW, grid_axis
from xorviz.core.truth_table import INPUTS, ROW_NAMES
from xorviz.figures.chart import Spec
from xorviz.figures.mesh import mesh
from xorviz.figures.theme import BLUE, ORANGE

OPACITY: Final = 0.8
"""That of the surface, through which the dots below it are seen."""


@dataclass(frozen=True)
class Solid:
    """A Plotly figure of three axes in place of a chart's plot.

    Attributes
    ----------
    title, hint
        Heading, and a sentence or two on how to read the figure.
    traces, layout
        The figure; the heights of its first trace are the chart's own first channel.
    kind
        Tells it from the other views.
    """

    title: str
    hint: str
    traces: Sequence[Spec]
    layout: Spec
    kind: Literal["solid"] = "solid"


def surface(targets: str) -> Solid:
    """Draw the output over the input square as a surface."""
    side = {"range": [LOW, HIGH], "tickvals": [0, 0.5, 1]}
    return Solid(
        title="Decision surface in 3-D",
        hint="The height is the output ŷ for every x1 and x2. The dot on each pin is an input's "
        "target: a surface through all four dots has no error.",
        traces=[_surface(), *map(_pin, INPUTS.tolist(), ROW_NAMES, targets)],
        layout={
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "font": {"size": 12},
            "showlegend": False,
            "scene": {
                "xaxis": {"title": {"text": "x1"}, **side},
                "yaxis": {"title": {"text": "x2"}, **side},
                "zaxis": {"title": {"text": "ŷ"}, "range": [0, 1], "tickvals": [0, 0.5, 1]},
                "aspectmode": "manual",
                "aspectratio": {"x": 1, "y": 1, "z": 0.7},
            },
        },
    )


def _surface() -> Spec:
    axis = grid_axis().astype(np.float32)
    return {
        **mesh(axis, axis),
        "cmin": 0,
        "cmax": 1,
        "showscale": False,
        "opacity": OPACITY,
        "lighting": {"ambient": 0.8, "diffuse": 0.4, "specular": 0.05},
        "hovertemplate": "x1 %{x:.2f}, x2 %{y:.2f}<br>output %{z:.3f}<extra></extra>",
    }


def _pin(corner: Sequence[float], name: str, target: str) -> Spec:
    """Draw a pin through an input's corner, with a dot at its target.

    It goes all the way up, so that it is seen where the surface hides the dot.
    """
    x, y = corner
    colour = ORANGE if target == "1" else BLUE
    return {
        "type": "scatter3d",
        "mode": "lines+markers+text",
        "x": [x, x, x],
        "y": [y, y, y],
        "z": [0, int(target), 1],
        "text": ["", "", name],
        "textposition": "top center",
        "line": {"color": colour, "width": 5},
        "marker": {"size": [0, 8, 0], "color": colour, "line": {"color": "#ffffff", "width": 1}},
        "hovertemplate": f"input {name}: target {target}<extra></extra>",
    }
