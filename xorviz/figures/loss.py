"""The curves of loss and mean absolute error against the epoch, over those of pinned runs."""

from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.figures.chart import Chart, Option, Switch
from xorviz.figures.theme import (
    CURVE,
    MUTED,
    PIN_COLOURS,
    Spec,
    cursor,
    edit_marks,
    epoch_axis,
    layout,
    pinned_line,
    values_axis,
)
from xorviz.settings.text import describe

STRETCHES: Final = 500
"""Stretches of a long curve; each is drawn by its lowest and its highest point."""

MEAN: Final = "mean |error|"
HALF: Final = "½ Σ error²"
SCALES: Final = Switch(
    "Scale of the loss",
    [
        Option("linear", {}, {"yaxis.type": "linear", "yaxis.autorange": True}, "linear"),
        Option("log", {}, {"yaxis.type": "log", "yaxis.autorange": True}, "log"),
    ],
    "axis",
)


def chart(recording: Recording, pinned: Sequence[Recording] = ()) -> Chart:
    """Draw loss and mean absolute error; a switch shows one at a time."""
    names = [describe(run.config) for run in pinned]
    legend = list(zip(names, PIN_COLOURS, strict=False))
    below = [_pinned(run, *look) for run, look in zip(pinned, legend, strict=False)]
    return Chart(
        name="loss",
        title="Loss",
        hint="How wrong the four predictions are at each epoch: lower is better.",
        traces=[
            *chain.from_iterable(below),
            _curve(recording.mean_abs_error, MEAN, visible=True),
            _notebook_points(recording),
            _curve(recording.half_squared_error, HALF, visible=False),
        ],
        layout=layout(
            epoch_axis(recording.config.epochs),
            {**values_axis(recording.config), "rangemode": "tozero"},
            shapes=[cursor(), *edit_marks(recording.config)],
            uirevision=recording.config.epochs,
        ),
        cursor=True,
        switches=[_kinds(len(legend)), SCALES],
        legend=legend,
    )


def _kinds(pinned: int) -> Switch:
    """Switch between loss and mean absolute error, for the run and every pinned one."""
    autorange = {"yaxis.autorange": True}
    mean = {"visible": [*(True, False) * pinned, True, True, False]}
    half = {"visible": [*(False, True) * pinned, False, False, True]}
    options = [Option(MEAN, mean, autorange, "mean"), Option(HALF, half, autorange, "half")]
    return Switch("Kind of loss", options, "loss")


def _pinned(recording: Recording, name: str, colour: str) -> list[Spec]:
    """Draw loss and mean absolute error of a pinned run."""
    curves = (
        _curve(recording.mean_abs_error, MEAN, visible=True),
        _curve(recording.half_squared_error, HALF, visible=False),
    )
    return [pinned_line(curve, name, colour) for curve in curves]


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
        "line": {"color": CURVE, "width": 2, "simplify": False},
        "hovertemplate": f"epoch %{{x:,}}<br>{name} %{{y:.4g}}<extra></extra>",
    }


def _notebook_points(recording: Recording) -> Spec:
    """Mark the printed lines on the notebook's own run; its epoch N is state N - 1."""
    printed = recording.printed_losses if recording.config == TrainConfig() else []
    epochs = np.array([epoch for epoch, _ in printed], dtype=np.int32)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": epochs - 1,
        "y": np.array([loss for _, loss in printed]),
        "customdata": epochs,
        "marker": {"symbol": "diamond-open", "size": 9, "color": MUTED},
        "hovertemplate": "the notebook prints, rounded<br>"
        "Epoch %{customdata}, Loss: %{y:.8f}<extra></extra>",
    }
