"""Process: one that computes what it is asked for, over its standard input and output.

`concurrent.futures` and `loky` won't do here. Their new processes import the main module
of this one, which on the page is Streamlit: half a second and 60 MB each. Forked ones
inherit the locks of its threads. And where one process dies all that waits is lost.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

import xorviz

PACKAGE: Final = Path(xorviz.__file__).parent
DEAD: Final = (OSError, EOFError, pickle.PickleError)
"""What `Process.ask` raises where the process has died, or can't be started."""


class Process:
    """A process that computes until it is ended, or the process that made it has ended."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", __name__]
        # It finds this package wherever it is, and no module in the present folder.
        path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
        pipe = subprocess.PIPE
        # In a session of its own, as an interrupt at the terminal is meant for the program.
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, env=environment, start_new_session=True
        )

    def ask(self, function: Callable[..., Sequence[Any]], arguments: Sequence[Any]) -> Any:
        """Call a function, which the process finds by its module and name, with a list.

        Raises
        ------
        OSError, EOFError, pickle.PickleError
            Where the process has died.
        Exception
            Whatever the function raises.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump((function, arguments), self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()
        is_answer, answer = pickle.load(self._process.stdout)
        if not is_answer:
            raise answer
        return answer

    def kill(self) -> None:
        """Stop it, whatever it is at; `ask` then raises in the thread that waits for an answer."""
        self._process.kill()

    def end(self) -> None:
        """Stop it, and give back what it takes here."""
        self.kill()
        self._process.communicate()


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until there are no more questions."""
    while True:
        try:
            function, arguments = pickle.load(questions)
        except (EOFError, pickle.UnpicklingError):
            return
        answer: tuple[bool, Any]
        try:
            answer = True, function(arguments)
        except Exception as error:
            answer = False, error
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # what is shown already, and who asks next, goes first
    # The process that asked may be gone before the answer.
    with suppress(BrokenPipeError), open(0, "rb") as questions, open(1, "wb") as answers:
        serve(questions, answers)
