"""Process: a worker that calls functions, asked through its standard input and output.

`concurrent.futures` and `loky` won't do here. A process that they spawn imports the main
module of this one, which on the page is Streamlit: half a second and 60 MB each. One that
they fork inherits the locks of its threads. If one dies, every waiting work is lost.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

import xorviz

PACKAGE: Final = Path(xorviz.__file__).parent
MEMORY: Final = {"MALLOC_MMAP_THRESHOLD_": str(2**26), "MALLOC_TRIM_THRESHOLD_": str(2**26)}
"""Settings with which glibc reuses up to 64 MB, instead of asking the system for each array: a
run is packed in two thirds of the time."""
PIECE, END, ERROR = "piece", "end", "error"
"""Kinds of answer: a piece of the result, the end of the result, or the error raised."""


class DiedError(Exception):
    """A process has died, or can't be started."""


class Process:
    """A process that computes until it is ended, or until its parent process ends."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__]
        # The process finds this package anywhere, and no module in the present folder.
        path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, **MEMORY, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
        pipe = subprocess.PIPE
        # It has a session of its own, as an interrupt at the terminal is meant for the program.
        try:
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, env=environment, start_new_session=True
            )
        except OSError as error:
            raise DiedError(str(error)) from error

    def ask(
        self, function: Callable[..., Iterable[Any]], arguments: Sequence[Any]
    ) -> Iterator[Any]:
        """Call ``function(arguments)`` in the process, which imports it by its module and name.

        Yields
        ------
        The pieces of the function's result, as they come.

        Raises
        ------
        DiedError
            Where the process has died.
        Exception
            The error that the function raised, or pickling did. The process can't be used
            any more then.
        """
        self._send((function, arguments))
        while True:
            kind, piece = self._receive()
            if kind == END:
                return
            if kind == ERROR:
                raise piece
            yield piece

    def _send(self, question: tuple[Callable[..., Iterable[Any]], Sequence[Any]]) -> None:
        assert self._process.stdin is not None
        try:
            _send(question, self._process.stdin)
        except OSError as error:
            raise DiedError(str(error)) from error

    def _receive(self) -> tuple[str, Any]:
        assert self._process.stdout is not None
        try:
            answer: tuple[str, Any] = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise DiedError(str(error)) from error
        return answer

    def kill(self) -> None:
        """Stop the process at once; `ask` then raises in the thread that waits for an answer."""
        self._process.kill()

    def end(self) -> None:
        """Stop the process, and free its resources."""
        self.kill()
        self._process.communicate()


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until there are no more questions."""
    while True:
        try:
            function, arguments = pickle.load(questions)
        except (EOFError, pickle.UnpicklingError):
            return
        try:
            for piece in function(arguments):
                _send((PIECE, piece), answers)
        except Exception as error:
            _send((ERROR, error), answers)
        else:
            _send((END, None), answers)


def _send(message: object, pipe: IO[bytes]) -> None:
    pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the page's own process goes first
    # Text that a function prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # The process that asked may end before the answer.
    with suppress(BrokenPipeError), open(0, "rb") as questions, answers:
        serve(questions, answers)
