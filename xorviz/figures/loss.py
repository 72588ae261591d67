"""The loss curve, against the epoch."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.config import TrainConfig
from xorviz.figures.chart import Chart, Option, Switch
from xorviz.network import Array
from xorviz.recording import Recording
from xorviz.theme import CURVE, MUTED, Spec, cursor, epoch_axis, layout

STRETCHES: Final = 500
"""A long curve is drawn by the lowest and the highest point of each of so many stretches."""

NOTEBOOK_STEP: Final = 1000
"""The notebook prints the loss every so many epochs."""

KINDS: Final = Switch(
    "Kind of loss",
    [
        Option("mean |error|", {"visible": [True, True, False]}, {"yaxis.autorange": True}),
        Option("½ Σ error²", {"visible": [False, False, True]}, {"yaxis.autorange": True}),
    ],
)
SCALES: Final = Switch(
    "Scale of the loss",
    [
        Option("linear", {}, {"yaxis.type": "linear", "yaxis.autorange": True}),
        Option("log", {}, {"yaxis.type": "log", "yaxis.autorange": True}),
    ],
)


def chart(recording: Recording) -> Chart:
    """Draw both kinds of loss, of which a switch shows one at a time."""
    mean_abs = recording.mean_abs_error
    return Chart(
        name="loss",
        title="Loss",
        hint="How wrong the four predictions are at each epoch: lower is better.",
        traces=[
            _curve(mean_abs, "mean |error|", visible=True),
            _notebook_points(recording.config, mean_abs),
            _curve(recording.half_squared_error, "½ Σ error²", visible=False),
        ],
        layout=layout(
            epoch_axis(recording.config.epochs),
            {"rangemode": "tozero"},
            shapes=[cursor()],
            uirevision=recording.config.epochs,
        ),
        cursor=True,
        switches=[KINDS, SCALES],
    )


def envelope(values: Array) -> NDArray[np.intp]:
    """Choose the points that draw a long curve so that no peak is lost, however short.

    Returns
    -------
    Ascending indices, the first and the last point among them.
    """
    count = len(values)
    if count <= 2 * STRETCHES:
        return np.arange(count)
    width = -(-count // STRETCHES)
    stretches = np.pad(values, (0, width * STRETCHES - count), mode="edge").reshape(-1, width)
    starts = np.arange(STRETCHES) * width
    chosen = [[0], starts + stretches.argmin(axis=1), starts + stretches.argmax(axis=1)]
    return np.unique(np.minimum(np.concatenate([*chosen, [count - 1]]), count - 1))


def _curve(values: Array, name: str, visible: bool) -> Spec:
    states = envelope(values)
    return {
        "type": "scatter",
        "mode": "lines",
        "visible": visible,
        "x": states.astype(np.int32),
        "y": values[states].astype(np.float32),
        "line": {"color": CURVE, "width": 2},
        "hovertemplate": f"epoch %{{x:,}}<br>{name} %{{y:.4g}}<extra></extra>",
    }


def _notebook_points(config: TrainConfig, mean_abs: Array) -> Spec:
    """Mark what the notebook prints, on the notebook's own run.

    Its line "Epoch N" is the loss before update N, which is state N - 1.
    """
    last = config.epochs if config == TrainConfig() else 0
    states = np.arange(NOTEBOOK_STEP - 1, last, NOTEBOOK_STEP)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": states.astype(np.int32),
        "y": mean_abs[states],
        "customdata": (states + 1).astype(np.int32),
        "marker": {"symbol": "diamond-open", "size": 9, "color": MUTED},
        "hovertemplate": "the notebook prints<br>Epoch %{customdata}, Loss: %{y}<extra></extra>",
    }
