"""Functions that pools are asked for in tests: another process finds them here by name."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path


def sizes(arguments: Sequence[object]) -> list[int]:
    """How many arguments are computed together, for each of them."""
    return [len(arguments)] * len(arguments)


def process_of(arguments: Sequence[object]) -> list[int]:
    """The number of the process that computes, for each argument."""
    return [os.getpid()] * len(arguments)


def wait_for(paths: Sequence[str]) -> list[str]:
    """Wait until a file is there, and give its content.

    Raise where there is none after a while, or nobody waits for it: the asking process is gone.
    """
    end, asking = time.monotonic() + 20, os.getppid()
    while not all(Path(path).exists() for path in paths):
        if time.monotonic() > end or os.getppid() != asking:
            raise TimeoutError(paths)
        time.sleep(0.005)
    return [Path(path).read_text() for path in paths]


def wait_one_by_one(paths: Sequence[str]) -> Iterator[str]:
    """Wait for one file after the other, and give each one's content."""
    for path in paths:
        yield from wait_for([path])


def die_once(paths: Sequence[str]) -> list[str]:
    """Kill this process, unless a file is there that it makes before."""
    for path in paths:
        if not Path(path).exists():
            Path(path).write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)
    return [Path(path).read_text() for path in paths]


def die(_: Sequence[object]) -> list[object]:
    """Kill this process."""
    os.kill(os.getpid(), signal.SIGKILL)
    return []


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
