"""Losses: that of a program with a mistake, and the right loop's."""

from typing import Final

import numpy as np

from xorviz.core.numbers import written
from xorviz.core.recording import Recording
from xorviz.figures.chart import Chart
from xorviz.figures.layout import layout
from xorviz.figures.lines import line
from xorviz.figures.loss import HALF, envelope
from xorviz.figures.theme import CURVE, ORANGE

WRONG: Final = "with the mistake"
RIGHT: Final = "the right loop"


def chart(wrong: Recording, right: Recording) -> Chart:
    """Draw both losses against the epoch; both runs have the same number of epochs."""
    named = ((RIGHT, CURVE, right, "solid"), (WRONG, ORANGE, wrong, "dash"))
    traces = []
    for name, colour, recording, dash in named:
        values = recording.half_squared_error
        shown = envelope(np.nan_to_num(values))
        hover = f"{name}<br>epoch %{{x:,}}<br>{HALF} %{{y:.4g}}"
        traces.append(line(shown, values[shown], {"color": colour, "dash": dash}, hover))
    epochs = {"title": {"text": "epoch", "standoff": 4}, "range": [0, wrong.config.epochs]}
    return Chart(
        name="losses",
        title="What it does to training",
        hint="The loss ½ Σ error² at each epoch: solid is the right loop, dashed the mistake.",
        traces=traces,
        layout=layout({**epochs, "tickformat": ","}, {"rangemode": "tozero"}),
        legend=[(name, colour) for name, colour, *_ in named],
    )


def sentence(wrong: Recording, right: Recording) -> str:
    """Say how both end, for readers who don't see the chart."""
    ends = (written(run.half_squared_error[-1]) for run in (wrong, right))
    return "At the end the loss is {} with the mistake, and {} by the right loop.".format(*ends)
