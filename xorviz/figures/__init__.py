"""Figures: arrays in, Plotly specs and their moving parts out. One module a chart."""

from xorviz.figures import hidden, loss, surface, weights
from xorviz.figures.chart import Chart
from xorviz.recording import Recording


def charts(recording: Recording) -> list[Chart]:
    """Every chart of a run, in the order of the page."""
    return [module.chart(recording) for module in (loss, surface, weights, hidden)]
