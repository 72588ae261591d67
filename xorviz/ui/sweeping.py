"""Sweeping: sweeps on the page. Readers of the same sweep share its training and its results."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.ui import session

FEW: Final = 5
"""With up to this many readers of a sweep each map is drawn every slice; with more, less often."""
FIRST: Final = 2
"""Slices after which more readers see first results, so that a short sweep draws no map twice."""
KEPT: Final = 50
"""Sweeps whose results are kept, 220 kB each at most, shared by all visitors."""


@dataclass(eq=False)
class _Reader:
    """A reader's part in a sweep, until the reader stops it or asks for another one."""

    config: SweepConfig
    is_over: bool = False
    lock: Lock = field(default_factory=Lock)


@dataclass
class _Sweep:
    """A sweep, which goes on whenever a page that shows it has time for it."""

    results: Results
    shares: Iterator[float]
    share: float = 0.0
    readers: set[_Reader] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)


_sweeps: OrderedDict[SweepConfig, _Sweep] = OrderedDict()
_lock = Lock()


def results(config: SweepConfig) -> Results:
    """The results of a sweep, empty at first; all its readers fill in the same ones."""
    return _sweep(config).results


def share_done(config: SweepConfig) -> float:
    """The share of a sweep's training that is done."""
    return _sweep(config).share


def sweep_on(config: SweepConfig, seconds: float) -> None:
    """Go on with a sweep for so long, or until its first networks are trained.

    Readers who do so at the same time take turns, and see each other's results. With many of
    them both take longer, so that drawing the results takes no more time than training.
    """
    running, reader = _sweep(config), _reader(config)
    with reader.lock:  # a run of the page that this one overtook may still be at it
        running.readers.add(reader)
        try:
            start, is_empty = monotonic(), running.results.trained == 0
            while not (running.results.is_whole or reader.is_over):
                with running.lock:
                    _train_on(running)
                is_first = is_empty and running.results.trained > 0
                if monotonic() > start + seconds * _slices(len(running.readers), is_first):
                    return
        finally:
            running.readers.discard(reader)


def _slices(readers: int, is_first: bool) -> float:
    """The slices for which a reader goes on before the results, or the first ones, are drawn."""
    if is_first:
        return FIRST if readers > FEW else 0
    return max(1, readers / FEW)


def _train_on(running: _Sweep) -> None:
    """Train a piece of a sweep, unless another reader has trained the last one meanwhile.

    After a failure the next piece begins with the missing networks.
    """
    try:
        running.share = next(running.shares, 1.0)
    except Exception:
        running.shares = sweep(running.results, soon=True)
        raise


def is_stopped(config: SweepConfig) -> bool:
    """Whether this is the sweep that the reader stopped."""
    return bool(session.get("stopped") == config)


def stop(config: SweepConfig | None) -> None:
    """Stop a sweep for this reader, or let the stopped one go on."""
    if reader := session.get("sweep"):
        reader.is_over = True
        with reader.lock:  # a run of the page may be at it: its last results are in by now
            pass
    session.put(stopped=config, sweep=None)


def _sweep(config: SweepConfig) -> _Sweep:
    with _lock:
        if config not in _sweeps:
            results = Results(config)
            _sweeps[config] = _Sweep(results, sweep(results, soon=True))
        _sweeps.move_to_end(config)
        while len(_sweeps) > KEPT:
            _sweeps.popitem(last=False)
        return _sweeps[config]


def _reader(config: SweepConfig) -> _Reader:
    reader: _Reader | None = session.get("sweep")
    if reader is None or reader.is_over or reader.config != config:
        if reader:
            reader.is_over = True  # a run of the page that this one overtook trains it no more
        reader = _Reader(config)
        session.put(sweep=reader)
    return reader
