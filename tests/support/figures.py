"""Figures: charts at one frame, as Plotly takes them."""

from copy import deepcopy
from typing import Any

import plotly.graph_objects as go

from xorviz.figures.chart import Channel, Chart


def value_at(channel: Channel, frame: int) -> Any:
    value = channel.data[frame]
    return value if channel.choices is None else [channel.choices[index] for index in value]


def figure(chart: Chart, frame: int = 0) -> go.Figure:
    """The chart at a frame; Plotly refuses here what it does not know."""
    traces = [deepcopy(trace) for trace in chart.traces]
    layout = deepcopy(chart.layout)
    for moving in chart.channels:
        target = layout if moving.trace is None else traces[moving.trace]
        target[moving.attribute] = value_at(moving, frame)
    return go.Figure(data=traces, layout=layout)
