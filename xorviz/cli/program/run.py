"""Run: a program in a process of its own, with a time limit and nothing to read or to print to."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import xorviz
from xorviz.core.fields import ConfigError

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Seen:
    """What was seen of a program.

    Attributes
    ----------
    loops
        For each loop that updated, the outer ones first: numbers of the states, and the arrays
        of each, which have a leading axis of states.
    end
        The arrays at the end; none where they are gone.
    said
        The notebook's names of settings that the program has: its values of them.
    stopped
        The end of the sentence "The program …", where it stopped with an error; else empty.
    """

    loops: Sequence[tuple[NDArray[np.int64], Sequence[NDArray[np.float64]]]]
    end: Sequence[NDArray[np.float64]]
    said: Arrays
    stopped: str = ""


def run_program(path: Path, names: Sequence[str], timeout: float) -> Seen:
    """Run a program, and see what becomes of its weights.

    Raises
    ------
    ConfigError
        Where it can't be run, takes too long, or has no such weights.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "seen.npz"
        code = _wait(path, [str(result), *names], timeout)
        if not result.exists():
            raise _failure(f"one that ends its process with status {code}")
        with np.load(result, allow_pickle=False) as arrays:
            seen = {name: arrays[name] for name in arrays.files}
    kind, line, text = json.loads(str(seen.pop("problem"))) or (None, None, "")
    at = f" in line {line}" if line else ""
    if kind == "syntax":
        raise _failure(f"one with a syntax error{at}: {text}")
    if kind == "unreadable":
        raise _failure(f"one that can't be read: {text}")
    stopped = f"stops{at} with {text}" if kind else ""
    found = Seen(_loops(seen, len(names)), _numbered(seen, "end"), seen, stopped)
    if stopped and not found.loops:
        raise _failure(f"one that {stopped}")
    if not found.loops and not found.end:
        allowed = f"a program with {' and '.join(names)} (other names by --weights and --biases)"
        raise ConfigError("FILE", allowed, "one that ends without them")
    return found


def _failure(came: str) -> ConfigError:
    return ConfigError("FILE", "a program that runs", came)


def _loops(seen: Arrays, count: int) -> list[Any]:
    """The loops that have a state before an update and one after it."""
    loops = []
    for loop in range(len(seen)):
        epochs = seen.get(f"epochs_{loop}")
        if epochs is not None and len(epochs) > 1:
            arrays = [seen[f"arrays_{loop}_{place}"] for place in range(count)]
            if all(len(array) == len(epochs) for array in arrays):
                loops.append((epochs.astype(np.int64), arrays))
    return loops


def _numbered(seen: Arrays, name: str) -> list[NDArray[np.float64]]:
    return [seen[key] for key in sorted(seen) if key.startswith(f"{name}_")]


def _wait(path: Path, arguments: Sequence[str], timeout: float) -> int:
    """Wait for the program's end, or end it, and all that it started, after the time limit."""
    environment = {**os.environ, "PYTHONPATH": _search_path(), "MPLBACKEND": "Agg"}
    with _process(path, arguments, environment) as process:
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise ConfigError(
                "FILE",
                f"a program that ends within {timeout:g} seconds (see --timeout)",
                "this one",
            ) from None


@contextmanager
def _process(
    path: Path, arguments: Sequence[str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the program in a group of processes, which is gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "xorviz.cli.program.child", str(path.resolve()), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=path.resolve().parent,
        env=environment,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _search_path() -> str:
    """Where Python finds this package, before what the environment adds."""
    here = str(Path(xorviz.__file__).parent.parent)
    return os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
