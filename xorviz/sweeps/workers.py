"""Workers: processes, one a core, that compute while this one stays free.

Threads alone would not do: NumPy gives up Python's lock for its loops only, and between
two loops over a few hundred networks a thread waits longer for the lock than it works.
"""

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, TypeVar

import xorviz

T = TypeVar("T")

PACKAGE: Final = Path(xorviz.__file__).parent
LOG: Final = logging.getLogger(__name__)

_own = threading.local()
_telling = threading.Lock()
_unstartable = threading.Event()
"""Set once a process could not be started: no other is tried."""


@cache
def shared_pool() -> Executor:
    """The pool of all that this process has computed, as many workers as cores."""
    return pool(os.cpu_count() or 1)


def pool(workers: int) -> Executor:
    """Make a pool of threads, each of which has a process do the work given to `call`.

    Where no thread can be started, as in a browser, the work is done at once instead.
    """
    threads = ThreadPoolExecutor(workers)
    try:
        threads.submit(int).result()
    except RuntimeError:
        return Here()
    return threads


class Here(Executor):
    """Does each piece of work when it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call the function, and return its result as a future that is done."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def call(function: Callable[..., T], *arguments: Any) -> T:
    """Call a function in this thread's own process, and return its result.

    The process finds the function by its module and name. Where there is no such process,
    or it has died, the function is called here.
    """
    # It is kept again after a whole answer only: one that was interrupted has more to say.
    process = vars(_own).pop("process", None)
    is_new = process is None
    if is_new and _unstartable.is_set():
        return function(*arguments)
    try:
        process = process or Process()
        answer: T = process.ask(function, arguments)
    except (OSError, EOFError, pickle.PickleError) as error:
        if is_new:
            _give_up(error)
        return function(*arguments)
    _own.process = process
    return answer


def _give_up(error: Exception) -> None:
    """Remember that no process can be started, and tell it once."""
    with _telling:
        if _unstartable.is_set():
            return
        _unstartable.set()
    why = str(error) or "it ended without an answer"
    LOG.warning("No worker process can be started (%s): this process computes instead.", why)


class Process:
    """A process that computes, for as long as this object or who made it lives."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__]
        # It finds this package wherever it is, and no module in the present folder.
        path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
        pipe = subprocess.PIPE
        # In a session of its own, as an interrupt at the terminal is meant for who asks.
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, env=environment, start_new_session=True
        )

    def ask(self, function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
        """Have a function called; raises what pipes and pickles do where the process has died."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump((function, arguments), self._process.stdin)
        self._process.stdin.flush()
        answer: T = pickle.load(self._process.stdout)
        return answer

    def __del__(self) -> None:
        if hasattr(self, "_process"):
            self._process.kill()
            self._process.communicate()


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Call what is asked for, until there are no more questions or one has no answer."""
    while True:
        try:
            function, arguments = pickle.load(questions)
        except (EOFError, pickle.UnpicklingError):
            return
        pickle.dump(function(*arguments), answers)
        answers.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # a sweep can wait; who moves a slider should not
    # Who asked may be gone before the answer.
    with suppress(BrokenPipeError), open(0, "rb") as questions, open(1, "wb") as answers:
        serve(questions, answers)
