"""Views: what a chart shows in another position of its switch, for some frames of a run.

Their data are sent to readers who open them. A view's name is its parameter in a link. A detail
that the reader picked may follow it, as in ``surface=hidden:h1_h3``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from xorviz.core import hidden_space as space
from xorviz.core.frames import Frames
from xorviz.core.names import node_index
from xorviz.core.recording import Recording
from xorviz.figures import flow, hidden_space, norms, solid
from xorviz.figures.beside import Beside
from xorviz.figures.chart import Chart
from xorviz.figures.flow import Flow
from xorviz.figures.multiples import Multiples
from xorviz.figures.pulls import pulls
from xorviz.figures.sigmoids import sigmoids
from xorviz.figures.solid import Solid
from xorviz.settings.link import limits
from xorviz.step.step import Step, steps

View = Chart | Flow | Multiples | Solid


@dataclass(frozen=True)
class Opened:
    """Frames of a run, to be looked at closely, runs beside it, and a detail that was picked."""

    recording: Recording
    frames: Frames
    others: Sequence[Beside] = ()
    detail: str = ""

    @cached_property
    def steps(self) -> Sequence[Step]:
        """The step from each frame."""
        return steps(self.frames)

    @property
    def below(self) -> Sequence[tuple[Beside, Sequence[Step]]]:
        """The steps of the runs beside it, whose curves lie below its own."""
        return [(other, steps(other.recording.frames)) for other in self.others]

    @property
    def pair(self) -> Sequence[int]:
        """The hidden units that the reader picked, or those with the run's largest weights."""
        size = self.frames.config.hidden_size
        picked = [node_index(name) for name in self.detail.split("_") if name]
        if picked and max(picked) < size:
            return picked
        return space.units_with_largest_weights(self.recording.parameters[-1], size)


VIEWS: Final[Mapping[str, Callable[[Opened], View]]] = {
    "edges=gradients": lambda opened: flow.gradients(opened.steps),
    "edges=updates": lambda opened: flow.updates(opened.steps),
    "surface=hidden": lambda opened: hidden_space.draw(opened.frames, opened.pair),
    "surface=3d": lambda opened: solid.surface(opened.frames.config.targets),
    "lines=gradients": lambda opened: norms.chart(opened.steps, opened.below),
    "lines=pull": lambda opened: pulls(opened.steps),
    "units=curves": lambda opened: sigmoids(opened.steps),
}
COMPARED: Final = "lines=gradients"
"""The view that also has the curves of other runs."""
CHART_OF: Final[Mapping[str, str]] = {
    "edges": "network",
    "surface": "surface",
    "lines": "weights",
    "units": "hidden",
}
"""The chart that shows the views of each parameter."""
DETAIL_OF: Final[Mapping[str, str]] = {"surface=hidden": "pair"}
"""The parameter of each view's detail."""


IN_SPACE: Final = ("surface=3d",)
"""The views of three axes, which need a plotly.js of their own."""


def animated(choices: Mapping[str, str]) -> tuple[str, ...]:
    """The views of an animated page, with the details of these positions of switches."""
    return tuple(_with_detail(name, choices) for name in VIEWS if name not in IN_SPACE)


def wanted_by(choices: Mapping[str, str]) -> tuple[str, ...]:
    """The views that charts show when their switches are in these positions."""
    chosen = {f"{name}={key}" for name, key in choices.items()}
    return tuple(_with_detail(name, choices) for name in VIEWS if name in chosen)


def known(names: Collection[str]) -> tuple[str, ...]:
    """Those of the names that are a view's, with a detail that there may be."""
    return tuple(name for name in names if _is_known(*name.partition(":")))


def _is_known(name: str, colon: str, detail: str) -> bool:
    fits = not colon or (name in DETAIL_OF and limits(DETAIL_OF[name]).allows(detail))
    return name in VIEWS and bool(fits)


def _with_detail(name: str, choices: Mapping[str, str]) -> str:
    detail = choices.get(DETAIL_OF.get(name, ""))
    return f"{name}:{detail}" if detail else name


def draw_views(
    recording: Recording, frames: Frames, wanted: Collection[str], others: Sequence[Beside] = ()
) -> dict[str, View]:
    """Draw the wanted views of these frames of a run, by name, over the curves of other runs."""
    opened = Opened(recording, frames, others)
    views = {}
    for whole in wanted:
        name, _, detail = whole.partition(":")
        views[whole] = VIEWS[name](replace(opened, detail=detail) if detail else opened)
    return views
