"""Plane: the plane through weight space that a reader looks at, and runs from points of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.edit_list import VALUE
from xorviz.core.fields import ConfigError, Number
from xorviz.core.names import parameter_names
from xorviz.core.recording import Recording
from xorviz.landscape.asked import asked_by
from xorviz.landscape.survey import Asked, Ground, is_comparable, lay, shown_states
from xorviz.sentences.landscape import pinned_texts, plane_texts
from xorviz.sentences.words import first_few
from xorviz.settings.link import DEFAULT
from xorviz.settings.planes import axes, third_run
from xorviz.stage.landscape import pack_landscape, pack_landscape_around
from xorviz.ui import runs, session, state
from xorviz.ui.typed import say

MESSAGE: Final = "landscape"
"""The key of the message about the last point from which a run was to start."""
ACROSS: Final = "axis across"
UP: Final = "axis up"
"""The keys of the fields of the two weights."""


class Started(NamedTuple):
    """A run that the reader has started from a point of a plane, and the page before that."""

    run: TrainConfig
    text: str
    edits: Sequence[Edit]
    pins: Sequence[TrainConfig]


def fit() -> None:
    """Take up other weights, or another third state, where the page's run has those no more."""
    page = state.page()
    if page.across or page.up:
        put_axes(*axes(page))
    try:
        third_run(page)
    except ConfigError:
        session.put(third=DEFAULT.third)


def put_axes(across: str, up: str) -> None:
    """Look at two weights; the link names those that differ from the usual ones."""
    page = state.page()
    ways = [("", ""), (across, ""), ("", up), (across, up)]
    is_enough = [axes(replace(page, across=x, up=y)) == (across, up) for x, y in ways]
    x, y = ways[is_enough.index(True)]
    session.put(across=x, up=y)


def adopt_axes() -> None:
    """Take over the weights that the reader has chosen; one that both axes have changes places."""
    before = axes(state.page())
    across, up = session.get(ACROSS), session.get(UP)
    if across == up:
        across, up = before[::-1]
    put_axes(across, up)


class Laid:
    """The plane that the page asks for, laid through its run and kept for all visitors."""

    def __init__(self, config: TrainConfig) -> None:
        third = third_run(state.page()) if state.page().plane == "states" else None
        asked, self._pins = asked_by(state.page()), state.pins()
        self._key = (config, asked, self._pins, third)
        self.recording = runs.recording(config)
        self.ground: Ground = runs.kept((lay, *self._key), lambda: self._lay(asked, third))

    def _lay(self, asked: Asked, third: TrainConfig | None) -> Ground:
        config = self.recording.config
        compared = [runs.recording(run) for run in self._pins if is_comparable(run, config)]
        end = None if third is None else shown_states(runs.recording(third))[-1]
        return lay(self.recording, asked, compared, end)

    def texts(self) -> list[str]:
        """Write what is to be known about the plane, and about pinned runs not seen there."""
        texts = plane_texts(self.ground, self.recording)
        return [*texts, *pinned_texts(self.ground, self._pins)]

    def pack(self) -> bytes:
        """Pack all frames of the run over the plane."""
        parts = self.ground, self.recording, self._pins
        packed: bytes = runs.kept((pack_landscape, *self._key), lambda: pack_landscape(*parts))
        return packed

    def pack_around(self, epoch: int) -> bytes:
        """Pack the states around an epoch over the plane."""
        parts = self.ground, self.recording, epoch, self._pins
        key = (pack_landscape_around, *self._key, epoch)
        packed: bytes = runs.kept(key, lambda: pack_landscape_around(*parts))
        return packed


def adopt_start() -> None:
    """Start a run from the point of the plane that the reader has chosen.

    The stage sends a list: both coordinates as texts, the playhead's epoch, and the number of such
    lists so far.
    """
    match session.get("landscape-chart").start:
        case [str(x), str(y), int(epoch), int()] if state.page().plane == "weights":
            session.put(epoch=min(max(epoch, 0), state.page().epochs))
            before = state.page()
            say(MESSAGE, _start(x, y))
            if state.page().edits != before.edits:
                chosen = [edit for edit in state.page().edits if edit not in before.edits]
                text = f"This run starts from {first_few(chosen)}."
                session.put(started=Started(state.config(), text, before.edits, before.pins))


def started() -> str | None:
    """Say from where the page's run was started, if it was from a point of a plane."""
    match session.get("started"):
        case Started(run=run, text=text) if run == state.config():
            return text
    return None


def undo_start() -> None:
    """Go back to the run from before the last start."""
    match session.get("started"):
        case Started(edits=edits, pins=pins):
            session.put(edits=edits, pins=pins, started=None)
            state.forget_problems()


def _start(x: str, y: str) -> str | None:
    """Train the run on from a point of the plane; return why that can't be done, if so.

    At the run's end nothing is left to train, so there the run starts from the point. Where not
    all weights but two are those of the run there, they are set, too.
    """
    page, config = state.page(), state.config()
    epoch = state.epoch()
    try:
        chosen = {name: _read(name, text) for name, text in zip(axes(page), (x, y), strict=True)}
    except ConfigError as error:
        return f"{error}."
    if epoch < config.epochs and page.others == "playhead":
        return state.edit_all(epoch, chosen)
    recording = runs.recording(config)
    others = _others(recording, epoch)
    return state.edit_all(0 if epoch == config.epochs else epoch, {**others, **chosen})


def _others(recording: Recording, epoch: int) -> dict[str, float]:
    """The weights that the plane has besides its two, by name."""
    config = recording.config
    is_end = state.page().others == "end"
    values = shown_states(recording)[-1] if is_end else recording.state(epoch)
    names = parameter_names(config.hidden_size, config.biases)
    return dict(zip(names, values.tolist(), strict=True))


def _read(name: str, text: str) -> float:
    value: float = Number(name, VALUE.low, VALUE.high).parse(text)
    return value
