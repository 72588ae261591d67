"""Figures: arrays in, Plotly specs and their moving parts out. One module a chart."""

from xorviz.figures import hidden, loss, network, surface, weights
from xorviz.figures.chart import Chart, Diagram
from xorviz.recording import Recording


def charts(recording: Recording) -> list[Chart | Diagram]:
    """Every chart of a run, in the order of the page."""
    return [module.chart(recording) for module in (network, surface, loss, weights, hidden)]
