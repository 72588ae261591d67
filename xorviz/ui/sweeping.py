"""Sweeping: a sweep goes on whenever the page has time for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from xorviz.sweeps.run import Results, SweepConfig, sweep
from xorviz.ui import session


@dataclass
class _Sweep:
    """A sweep that goes on whenever the page has time for it."""

    results: Results
    shares: Iterator[float]
    share: float = 0.0
    is_stopped: bool = False
    lock: Lock = field(default_factory=Lock)


def sweep_on(results: Results, seconds: float) -> None:
    """Go on with a sweep for so long, or until its first networks are trained."""
    running = _running(results)
    if running is None:
        running = _Sweep(results, sweep(results, soon=True))
        session.put(sweep=running)
    with running.lock:  # a run of the page that this one overtook may still be at it
        end, is_empty = monotonic() + seconds, results.trained == 0
        for share in running.shares:
            running.share = share
            is_seen = is_empty and results.trained
            if is_seen or running.is_stopped or monotonic() > end:
                break


def share_done(results: Results) -> float:
    """The share of a sweep's training that is done."""
    running = _running(results)
    return running.share if running else results.trained / results.config.count


def _running(results: Results) -> _Sweep | None:
    running: _Sweep | None = session.get("sweep")
    return running if running and running.results is results else None


def is_stopped(config: SweepConfig) -> bool:
    """Whether this is the sweep that was stopped."""
    return bool(session.get("stopped") == config)


def stop(config: SweepConfig | None) -> None:
    """Stop a sweep, or let the stopped one go on."""
    if running := session.get("sweep"):
        running.is_stopped = True
        with running.lock:  # a run of the page may be at it: what it finds is found by now
            pass
    session.put(stopped=config, sweep=None)
