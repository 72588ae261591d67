"""Layout: the frame that the charts have in common, and the images in it."""

from typing import Any, Final

from xorviz.figures.chart import Spec

OUTPUT_AXIS: Final = {"cmin": 0, "cmax": 1, "showscale": False}
"""Values that the colours of a heatmap of activations are for; `theme.palettes` has the colours."""


def layout(x: Spec, y: Spec, **more: Any) -> Spec:
    """Lay out a chart with these two axes.

    The chart is transparent, so that the page's background shows. The colours of text,
    grid and activations come from `theme.palettes`, once the browser knows its theme.
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
