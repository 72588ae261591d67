"""The curves: σ once for each unit, with the four inputs on it and the tangent at each of them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array, sigmoid
from xorviz.core.numbers import with_minus
from xorviz.core.truth_table import ROW_NAMES, right, target_column
from xorviz.figures.chart import Chart, Spec
from xorviz.figures.layout import layout
from xorviz.figures.theme import BLUE, CURVE, MUTED, ORANGE, unit_colour

REACH: Final = 8.0
"""The curves go from minus this sum up to it. Inputs beyond stand at its end, as flat."""
COLUMNS: Final = 3
WIDTH: Final = 0.42
HEIGHT: Final = 0.3
"""Half the size of a curve, in panels, which stand side by side on the chart's axes."""
TANGENT: Final = 0.12
"""Half the length of a tangent."""
NEAR: Final = 0.14
"""Inputs less far above each other share a label, if they are less far apart than its width."""
LABEL: Final = 0.35
"""The width of a label."""
FLAT: Final = 0.12
"""Where the activation is nearer to 0 or 1, the curve leaves no room beside an input."""


def chart(
    units: Sequence[int], hidden_size: int, sums: Array, activations: Array, targets: str
) -> Chart:
    """Draw some hidden units, and the output.

    Parameters
    ----------
    units, hidden_size
        The numbers of the hidden units, and how many the network has.
    sums, activations
        Weighted sums and activations, a column for each unit and the last for the output;
        shape (4, U + 1).
    targets
        The four targets.
    """
    names = [*(f"h{unit}" for unit in units), "ŷ"]
    colours = [*(unit_colour(unit - 1) for unit in units), CURVE]
    columns, rows = min(len(names), COLUMNS), -(-len(names) // COLUMNS)
    return Chart(
        name="curves",
        title="The inputs on each unit's curve",
        hint=_hint(len(units), hidden_size),
        traces=[
            _curves(len(names)),
            *(_tangents(panel, sums, activations, colour) for panel, colour in enumerate(colours)),
            _inputs(names, sums, activations, targets),
        ],
        layout=layout(
            {"visible": False, "range": [-0.5, columns - 0.5], "fixedrange": True},
            {"visible": False, "range": [0.62 - rows, 0.5], "fixedrange": True},
            margin={"l": 4, "r": 4, "t": 4, "b": 4},
            annotations=[_title(panel, name) for panel, name in enumerate(names)],
        ),
    )


def _hint(shown: int, hidden_size: int) -> str:
    some = f" Of {hidden_size} hidden units, the {shown} with the flattest tangents are shown."
    return (
        "From left to right a unit's weighted sum grows, and its activation rises from 0 to 1. "
        "Where the tangent at an input is flat, hardly any correction gets through. Inputs have "
        f"their target's colour: ● right, ✖ wrong.{some if shown < hidden_size else ''}"
    )


def _across(panel: NDArray[np.intp] | int, sums: Array) -> Array:
    across: Array = panel % COLUMNS + WIDTH * np.clip(sums / REACH, -1, 1)
    return across


def _up(panel: NDArray[np.intp] | int, activations: Array) -> Array:
    up: Array = HEIGHT * (2 * activations - 1) - panel // COLUMNS
    return up


def _curves(count: int) -> Spec:
    """Draw σ in every panel, with a gap after each."""
    sums = np.linspace(-REACH, REACH, 65)
    panels = np.arange(count)[:, None]
    x, y = _across(panels, sums), _up(panels, sigmoid(sums))
    return {**_lines(x, y), "line": {"color": MUTED, "width": 1.5}}


def _tangents(panel: int, sums: Array, activations: Array, colour: str) -> Spec:
    """Draw the tangent at each input; its slope is σ′ in the units of the axes."""
    activation = activations[:, panel]
    x, y = _across(panel, sums[:, panel]), _up(panel, activation)
    slope = activation * (1 - activation) * 2 * HEIGHT * REACH / WIDTH
    half = TANGENT / np.hypot(1, slope)
    ends = half[:, None] * [-1, 1]
    lines = _lines(x[:, None] + ends, y[:, None] + slope[:, None] * ends)
    return {**lines, "line": {"color": colour, "width": 4}}


def _lines(x: Array, y: Array) -> Spec:
    """Draw a line for each row of coordinates."""
    gap = np.full((len(x), 1), None, dtype=object)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.hstack([x, gap]).ravel().tolist(),
        "y": np.hstack([y, gap]).ravel().tolist(),
        "hoverinfo": "skip",
    }


def _inputs(names: Sequence[str], sums: Array, activations: Array, targets: str) -> Spec:
    """Draw the inputs panel by panel, and last, over the others, those whose output is wrong."""
    panels = np.arange(len(names))
    x, y = _across(panels, sums), _up(panels, activations)
    is_wrong = np.zeros(x.shape, np.bool_)
    is_wrong[:, -1:] = ~right(activations[:, -1:], target_column(targets))
    order = np.argsort(is_wrong.T.ravel(), kind="stable")
    colours = [ORANGE if target == "1" else BLUE for target in targets]
    labels = [label for panel in panels for label in _labels(x[:, panel], y[:, panel])]

    def ordered(values: Iterable[Any]) -> list[Any]:
        listed = [*values]
        return [listed[index] for index in order]

    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": x.T.ravel()[order],
        "y": y.T.ravel()[order],
        "text": ordered(labels),
        "textposition": ordered(map(_position, activations.T.ravel())),
        "textfont": {"size": 10},
        "marker": {
            "size": ordered(np.where(is_wrong, 13, 10).T.ravel().tolist()),
            "color": ordered(colours * len(names)),
            "symbol": ordered(np.where(is_wrong, "x", "circle").T.ravel().tolist()),
            "opacity": 1,  # Plotly would draw markers of several sizes pale
            "line": {"color": "#ffffff", "width": 1.5},
        },
        "hovertext": ordered(_hovers(names, sums, activations)),
        "hoverinfo": "text",
    }


def _labels(x: Array, y: Array) -> list[str]:
    """Name each input of a panel, or several that stand together at the first of them."""
    labels = [""] * len(x)
    for row, name in enumerate(ROW_NAMES):
        before = slice(row + 1)
        near = (np.abs(x[before] - x[row]) < LABEL) & (np.abs(y[before] - y[row]) < NEAR)
        near[:row] &= np.array(labels[:row]) != ""
        first = int(near.argmax())
        labels[first] += f", {name}" if labels[first] else name
    return labels


def _position(activation: float) -> str:
    """Choose the side of an input that the curve leaves free."""
    if activation > 1 - FLAT:
        return "bottom center"
    return "middle right" if activation > FLAT else "top center"


def _hovers(names: Sequence[str], sums: Array, activations: Array) -> list[str]:
    return [
        f"{name} for {row}<br>"
        + with_minus(f"sum {z:.3g}, activation {a:.3g}, derivative {a * (1 - a):.2g}")
        for name, *columns in zip(names, sums.T, activations.T, strict=True)
        for row, z, a in zip(ROW_NAMES, *columns, strict=True)
    ]


def _title(panel: int, name: str) -> Spec:
    return {
        "text": f"<b>{name}</b>",
        "x": panel % COLUMNS - WIDTH,
        "y": 0.45 - panel // COLUMNS,
        "xanchor": "left",
        "showarrow": False,
    }
