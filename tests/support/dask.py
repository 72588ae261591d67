"""Dask: a scheduler and workers of a cluster in processes of their own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from tests.support.paths import ROOT

LOCAL = ("--host", "127.0.0.1", "--no-dashboard")
START_SECONDS = 60


@contextmanager
def scheduler(path: str = str(ROOT)) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a scheduler that looks for packages in a folder, too; give its address and process."""
    with _running("scheduler", *LOCAL, "--port", "0", path=path) as program:
        yield program.wait_for(r"Scheduler at: +(tcp://\S+)"), program.process


@contextmanager
def workers(
    address: str, count: int, folder: Path, path: str = str(ROOT), lacks: str = ""
) -> Iterator[list[int]]:
    """Have so many workers of one thread join until the block ends; give their process numbers.

    Parameters
    ----------
    address
        That of the scheduler.
    count
        Their number, each a process.
    folder
        The folder for their files.
    path
        The folder in which they find packages besides the installed ones.
    lacks
        A package that they can't import, if any.
    """
    flags = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    with ExitStack() as stack:
        command = "worker", address, *LOCAL, *flags
        programs = [
            stack.enter_context(_running(*command, path=path, lacks=lacks)) for _ in range(count)
        ]
        for program in programs:
            program.wait_for(r"(Registered to)")
        yield [program.process.pid for program in programs]


@contextmanager
def cluster_of(count: int, folder: Path) -> Iterator[str]:
    """Run a cluster of so many workers until the block ends; give the scheduler's address."""
    with ExitStack() as stack:
        address, _ = stack.enter_context(scheduler())
        stack.enter_context(workers(address, count, folder))
        yield address


class _Program:
    """A process, and the lines that it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines = SimpleQueue[str]()
        self.reader = Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self._lines.put(line)

    def wait_for(self, pattern: str) -> str:
        """Wait for a line with this pattern; return the first group."""
        while True:
            if match := re.search(pattern, self._lines.get(timeout=START_SECONDS)):
                return match[1]


@contextmanager
def _running(*words: str, path: str, lacks: str = "") -> Iterator[_Program]:
    start = f"import sys; sys.modules[{lacks!r}] = None; from dask.__main__ import main; main()"
    command = [sys.executable, *(("-c", start) if lacks else ("-m", "dask")), *words]
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", "OMP_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stderr=pipe, text=True) as process:
        program = _Program(process)
        try:
            yield program
        finally:
            process.kill()
            program.reader.join()
