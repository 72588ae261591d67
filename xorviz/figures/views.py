"""Views: what a chart shows in another position of its switch, made of each frame's whole step.

Their data are sent to readers who open them. A view's name is its parameter in a link.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from xorviz.core.recording import Frames
from xorviz.figures import flow, norms
from xorviz.figures.beside import Beside
from xorviz.figures.chart import Chart
from xorviz.figures.flow import Flow
from xorviz.figures.multiples import Multiples
from xorviz.figures.pulls import pulls
from xorviz.figures.sigmoids import sigmoids
from xorviz.step.step import Step, open_step

View = Chart | Flow | Multiples
VIEWS: Final[Mapping[str, Callable[[Sequence[Step]], View]]] = {
    "edges=gradients": flow.gradients,
    "edges=updates": flow.updates,
    "lines=gradients": norms.chart,
    "lines=pull": pulls,
    "units=curves": sigmoids,
}
COMPARED: Final = "lines=gradients"
"""The view that also has the curves of other runs."""

CHART_OF: Final[Mapping[str, str]] = {"edges": "network", "lines": "weights", "units": "hidden"}
"""The chart that shows the views of each parameter."""


def wanted_by(choices: Mapping[str, str]) -> tuple[str, ...]:
    """The views that charts show when their switches are in these positions."""
    chosen = {f"{name}={key}" for name, key in choices.items()}
    return tuple(name for name in VIEWS if name in chosen)


def draw_views(
    frames: Frames, wanted: Collection[str], others: Sequence[Beside] = ()
) -> dict[str, View]:
    """Draw the wanted views of these frames, by name, over the curves of other runs."""
    if not wanted:
        return {}
    steps = _steps(frames)
    drawn = {name: draw(steps) for name, draw in VIEWS.items() if name in wanted}
    if others and COMPARED in drawn:
        below = [(other, _steps(other.recording.frames)) for other in others]
        drawn[COMPARED] = norms.chart(steps, below)
    return drawn


def _steps(frames: Frames) -> list[Step]:
    return [
        open_step(frames.config, state, int(epoch))
        for epoch, state in zip(frames.epochs, frames.parameters, strict=True)
    ]
