"""Charts: arrays become Plotly specs with their moving parts; each chart has a module.

It computes only for drawing, and never trains.
"""

from collections.abc import Sequence

from xorviz.core.recording import Frames, Recording
from xorviz.figures import hidden, loss, network, surface, weights
from xorviz.figures.chart import Chart, Diagram


def charts(
    recording: Recording, pinned: Sequence[Recording] = (), frames: Frames | None = None
) -> list[Chart | Diagram]:
    """Draw every chart of a run, in the order of the page.

    Parameters
    ----------
    recording
        The run.
    pinned
        At most four runs to compare it with: their curves lie below the run's own.
    frames
        The states that the charts show; all recorded ones if none are given.
    """
    frames = frames or recording.frames
    return [
        network.chart(frames),
        surface.chart(frames),
        loss.chart(recording, pinned),
        weights.chart(frames, pinned),
        hidden.chart(frames),
    ]
