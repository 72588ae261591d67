"""Lines: values against the epoch, of a run and of pinned ones."""

from textwrap import wrap
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.figures.chart import Spec
from xorviz.figures.layout import layout
from xorviz.figures.theme import MUTED, ORANGE

HOVER_WIDTH: Final = 36
"""The most characters of a line of a run's name on hover, so that it fits a small chart."""


def line(epochs: NDArray[Any], values: Array, style: Spec, hover: str, **more: Any) -> Spec:
    """Draw values against the epoch, in single precision."""
    with np.errstate(over="ignore"):
        rounded = values.astype(np.float32)
    return {
        "type": "scatter",
        "mode": "lines",
        **more,
        "x": epochs.astype(np.int32),
        "y": rounded,
        "line": {**style, "width": 2, "simplify": False},
        "hovertemplate": f"{hover}<extra></extra>",
    }


def pinned_line(line: Spec, name: str, colour: str) -> Spec:
    """Restyle a line as that of a pinned run: thin and pale, with the run's name on hover."""
    return {
        **line,
        "line": {**line["line"], "color": colour, "width": 1},
        "opacity": 0.7,
        "hovertemplate": "<br>".join([*wrap(name, HOVER_WIDTH), line["hovertemplate"]]),
    }


def layout_by_epoch(config: TrainConfig, **values_axis: Any) -> Spec:
    """Lay out lines of a run: its edits and the playhead are marked.

    A zoom into the values ends when another run is shown.
    """
    return layout(
        {"title": {"text": "epoch", "standoff": 4}, "range": [0, config.epochs], "tickformat": ","},
        {"uirevision": repr(config), **values_axis},
        shapes=[_cursor(), *edit_marks(config)],
        uirevision=config.epochs,
    )


def _cursor() -> Spec:
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
    dotted = {**_cursor(), "line": {"color": ORANGE, "width": 1.5, "dash": "dot"}}
    epochs = sorted({edit.epoch for edit in config.edits})
    return [{**dotted, "x0": epoch, "x1": epoch} for epoch in epochs]
