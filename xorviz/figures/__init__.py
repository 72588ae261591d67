"""Arrays in, Plotly specs and their moving parts out: a module a chart.

It computes nothing that is not drawing, and never trains.
"""

from collections.abc import Sequence

from xorviz.core.recording import Recording
from xorviz.figures import hidden, loss, network, surface, weights
from xorviz.figures.chart import Chart, Diagram


def charts(recording: Recording, pinned: Sequence[Recording] = ()) -> list[Chart | Diagram]:
    """Every chart of a run, in the order of the page; at most four pinned runs to compare it with.

    The curves of the pinned runs lie below the run's own.
    """
    return [
        network.chart(recording),
        surface.chart(recording),
        loss.chart(recording, pinned),
        weights.chart(recording, pinned),
        hidden.chart(recording),
    ]
