"""Runs: results that the pool computes for any visitor, kept for all of them."""

import logging
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from hashlib import sha256
from typing import Any, Final

from xorviz.core.config import TrainConfig
from xorviz.core.descent import descend, descent
from xorviz.core.fields import ConfigError, Field, Whole
from xorviz.core.network import Array
from xorviz.core.observed import Observed
from xorviz.core.recording import Recording
from xorviz.core.side_by_side import record_many
from xorviz.doctor.cures import Cure, Runs, Search
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.export.card import Card, write_cards
from xorviz.figures.views import COMPARED
from xorviz.mistakes.answer import Answer
from xorviz.mistakes.asked import asked, check_many
from xorviz.pool.kept import Kept
from xorviz.pool.pool import shared_pool
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.stage.motion import pack_motion
from xorviz.stage.opening import is_inside
from xorviz.stage.scene import pack_no_window, pack_scenes, pack_window
from xorviz.stage.views import pack_views
from xorviz.ui import beside, session
from xorviz.ui.waiting import wait_for

Others = tuple[Sequence[TrainConfig], TrainConfig | None]
"""The runs that are drawn beside another: the pinned ones, and a ghost, if there is one."""
CACHE_MB: Final = Whole("XORVIZ_CACHE_MB", 1, 100_000)
DEFAULT_MB: Final = 128
AHEAD_SWITCH: Final = Whole("XORVIZ_AHEAD", 0, 1)


def environment(field: Field, default: int) -> int:
    """Read an environment variable; where its value can't be used, say so in the log."""
    try:
        return int(field.parse(os.environ.get(field.label, str(default))))
    except ConfigError as error:
        logging.getLogger(__name__).warning("%s, so %d is used.", error, default)
        return default


CACHE: Final = Kept(environment(CACHE_MB, DEFAULT_MB) * 2**20)
"""Shared by all visitors. A scene has 130 to 600 kB, 1.5 MB at most with 200 edits and 150 kB
more with pinned runs; a recording has 2 MB at most. There is room for the thousand runs that a
class asks for in a lesson, and it is full within minutes: memory grows no more."""
AHEAD: Final = bool(environment(AHEAD_SWITCH, 1))
"""Whether runs are trained ahead; it takes a core for up to a second after a page has come."""
AHEAD_DELAY: Final = 0.3
"""Seconds in which a browser on the same machine draws the run that has just come."""
SMALL: Final = 10_000
"""Bytes of a card, a diagnosis or its cures, roughly."""


def scene(config: TrainConfig, others: Others) -> bytes:
    """A run as the stage takes it, beside the pinned ones and its ghost."""
    packed: bytes = _computed(Work(pack_scenes, (config, *others), Urgency.NOW, _shape(config)))
    return packed


def train_ahead(config: TrainConfig, neighbours: Callable[[], Sequence[TrainConfig]]) -> None:
    """Have what a reader may want next trained, where nobody waits for anything.

    That is the runs one step away, and for a reader who has looked closely at one before, the
    recording of the page's run.
    """
    for ticket in session.get("ahead", ()):
        ticket.give_up()  # it was for another run
    if not (AHEAD and shared_pool().is_idle):
        session.put(ahead=())
        return
    others = beside.pins(), beside.next_ghost()
    ahead = partial(Work, urgency=Urgency.IDLE, is_long=True, delay=AHEAD_DELAY)
    works = [ahead(record_many, config)] if beside.has_looked_closely() else []
    works += [ahead(pack_scenes, (neighbour, *others)) for neighbour in neighbours()]
    session.put(ahead=[_ask(work) for work in works if CACHE.get(_key(work)) is None])


def recording(config: TrainConfig) -> Recording:
    """A trained run."""
    recorded: Recording = _computed(_recording_work(config))
    return recorded


def window(config: TrainConfig, epoch: int) -> bytes:
    """The states around an epoch inside a run, with the wanted views, as the stage takes them."""
    if not is_inside(config, epoch):
        return pack_no_window()
    return _packed(pack_window, config, epoch, beside.wanted())


def motion(config: TrainConfig) -> bytes:
    """The table of a run's steps in every frame, as the stage takes it."""
    return _packed(pack_motion, config)


def views(config: TrainConfig) -> bytes:
    """The wanted views of a run's frames, as the stage takes them; nothing where none is wanted."""
    wanted = beside.wanted()
    others: Others = (beside.pins(), beside.ghost()) if COMPARED in wanted else ((), None)
    return _packed(_pack_views, config, wanted, *others) if wanted else b""


def _pack_views(
    recorded: Recording,
    wanted: Collection[str],
    pins: Sequence[TrainConfig],
    ghost: TrainConfig | None,
) -> bytes:
    return pack_views(recorded, wanted, *recordings((pins, ghost)))


def recordings(others: Others) -> tuple[list[Recording], Recording | None]:
    """The pinned runs and the ghost, trained."""
    pins, ghost = others
    return [recording(pin) for pin in pins], recording(ghost) if ghost else None


def _packed(pack: Callable[..., bytes], config: TrainConfig, *parts: Any) -> bytes:
    """Take what is kept of a run's recording, or pack it."""
    packed: bytes = kept((pack, config, *parts), lambda: pack(recording(config), *parts))
    return packed


def kept(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """Take a result that is kept for all visitors under a key, or make it in this thread."""
    result = CACHE.get(key)
    if result is None:
        result = make()
        _keep(key, result)
    return result


def descent_losses(config: TrainConfig, start: Array, epoch: int) -> Array:
    """The losses of gradient descent from a state of a run on."""
    work = Work(descend, descent(config, start, epoch), Urgency.SOON)
    losses: Array = _computed(work)
    return losses


def asked_recording(config: TrainConfig) -> AbstractContextManager[object]:
    """Ask for a run's recording before it is needed, as long as the `with` block lasts."""
    work = _recording_work(config)
    return nullcontext() if CACHE.get(_key(work)) is not None else _ask(work)


def check(observed: Observed) -> Answer:
    """Say which program made the known states of a training.

    What they are is kept as a hash alone.
    """
    training = asked(observed)
    key = check_many, sha256(repr(training).encode()).hexdigest()
    answer: Answer | None = CACHE.get(key)
    if answer is None:
        with shared_pool().ask(Work(check_many, training, Urgency.SOON, is_long=True)) as ticket:
            answer = wait_for(ticket)
        _keep(key, answer)
    return answer


def card(config: TrainConfig) -> Card:
    """A run's card, which is checked for it."""
    checked: Card = _computed(Work(write_cards, config, Urgency.SOON))
    return checked


def diagnosis(config: TrainConfig) -> Diagnosis:
    """A run's diagnosis."""
    diagnosed: Diagnosis = kept(
        (diagnose, config), lambda: diagnose(recording(config), wait=wait_for)
    )
    return diagnosed


def cures(config: TrainConfig) -> Iterator[Cure | Sequence[Runs]]:
    """Yield each cure of an unsolved run when the search has it; without any, the tried runs."""
    key = Search, config
    results: list[Cure | Sequence[Runs]] | None = CACHE.get(key)
    if results is not None:
        yield from results
        return
    results = []
    with Search(config) as search:
        diagnosed = diagnosis(config)
        for cure in search.cures(diagnosed, wait_for):
            results.append(cure)
            yield cure
        if not results:
            results.append(search.tried(diagnosed))
            yield results[0]
    _keep(key, results)


def _recording_work(config: TrainConfig) -> Work:
    return Work(record_many, config, Urgency.NOW, _shape(config))


def _shape(config: TrainConfig) -> tuple[int, bool]:
    """Runs that have it in common are trained in one batch."""
    return config.hidden_size, config.biases


def _computed(work: Work) -> Any:
    """Take a result that is kept, or have it computed."""
    if (kept := CACHE.get(_key(work))) is not None:
        return kept
    with _ask(work) as ticket:
        return wait_for(ticket)


def _ask(work: Work) -> Ticket:
    """Ask for a work, and keep its result even if nobody waits for it any more."""

    def keep(future: Future[Any]) -> None:
        if not future.cancelled() and future.exception() is None:
            _keep(_key(work), future.result())

    ticket = shared_pool().ask(work)
    ticket.future.add_done_callback(keep)
    return ticket


def _key(work: Work) -> tuple[Any, ...]:
    return work.function, work.argument


def _keep(key: tuple[Any, ...], result: Any) -> None:
    """Keep a result for all visitors."""
    size = len(result) if isinstance(result, bytes) else getattr(result, "nbytes", SMALL)
    CACHE.put(key, result, size)
