"""Colours and layout shared by the charts.

Orange means 1 or positive and blue means 0 or negative, in every chart. Readers
with every common kind of colour blindness can tell the two apart. Shape and dash also tell
right from wrong, and the kinds of weights.
"""

from textwrap import wrap
from typing import Any, Final

from xorviz.core.config import TrainConfig

Spec = dict[str, Any]
"""A piece of a Plotly figure."""

ORANGE: Final = "#e66101"
BLUE: Final = "#2b6cb8"
OUTPUT_SCALE: Final = [
    [0.0, BLUE],
    [0.25, "#8fb4dc"],
    [0.5, "#f3f1ec"],
    [0.75, "#f6b06f"],
    [1.0, ORANGE],
]
"""Colours of an activation between 0 and 1."""

UNIT_COLOURS: Final = (
    "#0a9a74",
    "#b5539b",
    "#7a68c8",
    "#a58a00",
    "#2596a8",
    "#c0505a",
    "#7c8a2e",
    "#8a7467",
)
"""A colour for each hidden unit, repeated from the ninth on; none is the orange or the blue."""

CURVE: Final = "#7a68c8"
PIN_COLOURS: Final = ("#2596a8", "#c0505a", "#a58a00", "#8a7467")
"""A colour for each pinned run; none is that of the curve or of the first three units."""
HOVER_WIDTH: Final = 36
"""The most characters of a line of a run's name on hover, so that it fits a small chart."""
MUTED: Final = "#808495"
"""Grey that reads on white and on black."""
INK: Final = "#1d1f27"
GROUND: Final = "#fff"
"""Colours of a name on a picture, and of the ground behind it, in both themes."""

VERDICT_COLOURS: Final = {
    "solved": "#0a9a74",
    "3 of 4": "#e3b23c",
    "2 of 4": "#c8703a",
    "1 of 4": "#b5539b",
    "0 of 4": "#6b3a78",
    "plateau": "#8f94a3",
    "impossible": "#3d4350",
    "diverged": "#c0505a",
}
"""A colour for each of `verdict.KINDS`."""

END_COLOURS: Final = {kind: VERDICT_COLOURS[kind] for kind in ("solved", "diverged")}
"""Those of them that mark a run's verdict above its charts."""

LIGHT: Final = {"text": "#31333f", "grid": "#e3e5ea"}
DARK: Final = {"text": "#fafafa", "grid": "#3a3f4b"}


def unit_colour(unit: int) -> str:
    """Colour of a hidden unit, counted from 0."""
    return UNIT_COLOURS[unit % len(UNIT_COLOURS)]


def pinned_line(line: Spec, name: str, colour: str) -> Spec:
    """Restyle a line as that of a pinned run: thin and pale, with the run's name on hover."""
    return {
        **line,
        "line": {**line["line"], "color": colour, "width": 1},
        "opacity": 0.7,
        "hovertemplate": "<br>".join([*wrap(name, HOVER_WIDTH), line["hovertemplate"]]),
    }


def layout(x: Spec, y: Spec, **more: Any) -> Spec:
    """Lay out a chart with these two axes.

    The chart is transparent, so that the page's background shows. The colours of text
    and grid come from `palettes`, once the browser knows its theme.
    """
    axis = {"zeroline": False, "ticks": "", "ticklabeloverflow": "allow"}
    return {
        "xaxis": {**axis, **x},
        "yaxis": {**axis, **y},
        "margin": {"l": 48, "r": 24, "t": 6, "b": 36},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12},
        "autosize": False,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": "zoom",
        **more,
    }


def epoch_axis(epochs: int) -> Spec:
    """The horizontal axis of values drawn against the epoch."""
    return {"title": {"text": "epoch", "standoff": 4}, "range": [0, epochs], "tickformat": ","}


def values_axis(config: TrainConfig) -> Spec:
    """The vertical axis of a run's values; a zoom into them ends when another run is shown."""
    return {"uirevision": repr(config)}


def palettes() -> dict[str, Spec]:
    """The layout attributes that depend on the theme, for light and dark."""
    return {name: _palette(colours) for name, colours in (("light", LIGHT), ("dark", DARK))}


def _palette(colours: dict[str, str]) -> Spec:
    return {
        "font.color": colours["text"],
        "xaxis.gridcolor": colours["grid"],
        "yaxis.gridcolor": colours["grid"],
    }


def cursor() -> Spec:
    """Draw the playhead at epoch 0: a vertical line over the whole height."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 1,
        "line": {"color": MUTED, "width": 2},
    }


def edit_marks(config: TrainConfig) -> list[Spec]:
    """Draw a dotted line at every epoch where a weight or the learning rate was set by hand."""
    dotted = {**cursor(), "line": {"color": ORANGE, "width": 1.5, "dash": "dot"}}
    epochs = sorted({edit.epoch for edit in config.edits})
    return [{**dotted, "x0": epoch, "x1": epoch} for epoch in epochs]


def image(left: float, right: float, low: float, high: float) -> Spec:
    """Lay a picture, whose source comes with each frame, over this part of the axes."""
    return {
        "xref": "x",
        "yref": "y",
        "x": (left + right) / 2,
        "y": (low + high) / 2,
        "sizex": right - left,
        "sizey": high - low,
        "xanchor": "center",
        "yanchor": "middle",
        "sizing": "stretch",
        "layer": "below",
    }
