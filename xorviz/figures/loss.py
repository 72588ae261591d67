"""The curves of loss and mean absolute error against the epoch, over those of other runs."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.figures.beside import Beside
from xorviz.figures.chart import Chart, Spec
from xorviz.figures.lines import layout_by_epoch, line, pinned_line
from xorviz.figures.switches import Option, Switch
from xorviz.figures.theme import CURVE, MUTED

STRETCHES: Final = 500
"""Stretches of a long curve; each is drawn by its lowest and its highest point."""

MEAN: Final = "mean |error|"
HALF: Final = "½ Σ error²"
HINT: Final = "How wrong the four predictions are at each epoch: lower is better."
DIAMONDS: Final = " ◇: printed by the notebook, whose Epoch 1000 is epoch 999 here."
SCALES: Final = Switch(
    "Scale of the loss",
    [
        Option("linear", {}, {"yaxis.type": "linear", "yaxis.autorange": True}, "linear"),
        Option("log", {}, {"yaxis.type": "log", "yaxis.autorange": True}, "log"),
    ],
    "axis",
)


def chart(recording: Recording, others: Sequence[Beside] = ()) -> Chart:
    """Draw loss and mean absolute error; a switch shows one at a time."""
    below = [
        pinned_line(curve, other.name, other.colour)
        for other in others
        for curve in _curves(other.recording)
    ]
    mean, half = _curves(recording)
    return Chart(
        name="loss",
        title="Loss",
        hint=HINT + (DIAMONDS if _is_notebook(recording) else ""),
        traces=[*below, mean, _notebook_points(recording), half],
        layout=layout_by_epoch(recording.config, rangemode="tozero"),
        cursor=True,
        switches=[_kinds(len(others)), SCALES],
        legend=[(other.name, other.colour) for other in others],
    )


def _kinds(others: int) -> Switch:
    """Switch between loss and mean absolute error, for the run and all others."""
    autorange = {"yaxis.autorange": True}
    mean = {"visible": [*(True, False) * others, True, True, False]}
    half = {"visible": [*(False, True) * others, False, False, True]}
    options = [Option(MEAN, mean, autorange, "mean"), Option(HALF, half, autorange, "half")]
    return Switch("Kind of loss", options, "loss")


def _curves(recording: Recording) -> list[Spec]:
    """Draw the mean absolute error and the loss of a run, which is hidden at first."""
    return [
        _curve(recording.known, recording.mean_abs_error, MEAN, visible=True),
        _curve(recording.known, recording.half_squared_error, HALF, visible=False),
    ]


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


def _curve(epochs: NDArray[np.int64], values: Array, name: str, visible: bool) -> Spec:
    states, hover = envelope(values), f"epoch %{{x:,}}<br>{name} %{{y:.4g}}"
    return line(epochs[states], values[states], {"color": CURVE}, hover, visible=visible)


def _is_notebook(recording: Recording) -> bool:
    """Whether it is the run that the notebook trains."""
    return recording.identity == (TrainConfig(),)


def _notebook_points(recording: Recording) -> Spec:
    """Mark the printed lines on the notebook's own run; its epoch N is state N - 1."""
    printed = recording.printed_losses if _is_notebook(recording) else []
    epochs = np.array([epoch for epoch, _ in printed], dtype=np.int32)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": epochs - 1,
        "y": np.array([loss for _, loss in printed]),
        "customdata": epochs,
        "marker": {"symbol": "diamond-open", "size": 9, "color": MUTED},
        "hovertemplate": "the notebook's Epoch %{customdata:,},<br>printed before its update<br>"
        f"{MEAN} %{{y:.4g}} (it prints more digits)<extra></extra>",
    }
