"""Operator: a line in the log, for whoever runs the server, each minute that has work."""

import logging
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from streamlit.runtime.scriptrunner import get_script_run_ctx

from xorviz.pool.pool import shared_pool
from xorviz.ui.runs import CACHE

EVERY: Final = 60.0
"""Seconds from one line to the next."""
LOG: Final = logging.getLogger(__name__)
LOG.setLevel(logging.INFO)
LOG.addHandler(logging.StreamHandler())


@dataclass
class _Minute:
    """The time since the last line, and the readers whose pages ran."""

    began: float = field(default_factory=monotonic)
    readers: set[str] = field(default_factory=set)


_minute = _Minute()
_lock = Lock()


def log_work() -> None:
    """Count the reader whose page runs; write the line where a minute is over."""
    global _minute
    context = get_script_run_ctx(suppress_warning=True)
    with _lock:
        if context is not None:
            _minute.readers.add(context.session_id)
        if monotonic() - _minute.began < EVERY:
            return
        readers, _minute = len(_minute.readers), _Minute()
    done = shared_pool().take_account()
    if not done.batches:
        return
    LOG.info(
        "%d readers; %d works computed in %d batches, at most %d in one; waits: median %.2f s, "
        "95 %% at most %.2f s; %.0f of %.0f MB kept",
        readers,
        len(done.waits),
        len(done.batches),
        max(done.batches),
        done.wait_quantile(0.5),
        done.wait_quantile(0.95),
        CACHE.bytes / 2**20,
        CACHE.limit / 2**20,
    )
