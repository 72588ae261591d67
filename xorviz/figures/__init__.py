"""Charts: arrays become Plotly specs with their moving parts; each chart has a module.

It computes only for drawing, and never trains.
"""

from collections.abc import Sequence

from xorviz.core.frames import Frames
from xorviz.core.recording import Recording
from xorviz.figures import hidden, loss, network, surface, weights
from xorviz.figures.beside import beside
from xorviz.figures.chart import Chart, Diagram


def charts(
    recording: Recording,
    pinned: Sequence[Recording] = (),
    frames: Frames | None = None,
    ghost: Recording | None = None,
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
    ghost
        The run that was shown before; its curves lie lowest.
    """
    frames, others = frames or recording.frames, beside(pinned, ghost)
    return [
        network.chart(frames),
        surface.chart(frames),
        loss.chart(recording, others),
        weights.chart(frames, others),
        hidden.chart(frames),
    ]
