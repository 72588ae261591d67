"""Functions that pools are asked for in tests: another process finds them here by name."""

import os
import signal
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import cast

Address = tuple[str, int]


class Door:
    """Where works wait, in other processes, until it is opened."""

    def __init__(self) -> None:
        self._listener = Listener(("127.0.0.1", 0))
        self.address = cast("Address", self._listener.address)

    def open(self, text: str = "open") -> None:
        """Tell this to the work that waits here, or comes to wait."""
        with self._listener, self._listener.accept() as line:
            line.send(text)


def sizes(arguments: Sequence[object]) -> list[int]:
    """How many arguments are computed together, for each of them."""
    return [len(arguments)] * len(arguments)


def process_of(arguments: Sequence[object]) -> list[int]:
    """The number of the process that computes, for each argument."""
    return [os.getpid()] * len(arguments)


def wait_for(addresses: Sequence[Address]) -> Iterator[str]:
    """Give what is told at each door, one after the other, once it is opened.

    Raise where nobody can open it any more: the program that asked is gone.
    """
    for address in addresses:
        with Client(address) as line:
            yield line.recv()


def die_once(paths: Sequence[str]) -> list[str]:
    """Kill this process, unless a file is there that it makes before."""
    for path in paths:
        if not Path(path).exists():
            Path(path).write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)
    return [Path(path).read_text() for path in paths]


def die_on(arguments: Sequence[int]) -> Iterator[int]:
    """Give each number, but kill this process where one is negative."""
    for number in arguments:
        if number < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        print("What a function prints is in nobody's way.")
        yield number


def fail_on(arguments: Sequence[int]) -> Iterator[int]:
    """Give each number, but raise an error of the system's where one is negative."""
    for number in arguments:
        if number < 0:
            raise FileNotFoundError(number)
        yield number


def fail(arguments: Sequence[str]) -> list[object]:
    """Raise what a function may raise."""
    raise ValueError(", ".join(arguments))
