"""Sweep: many networks at once, against a loop in C; its workers, its waiting and its memory."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

from tests.bench.table import Row
from xorviz.core.batch import Batch, Networks
from xorviz.sweeps.run import BLOCK, Results, SweepConfig, sweep
from xorviz.sweeps.workers import pool

PAIRS: Final = 9
EPOCHS: Final = 1000
C_BAR: Final = 1

SPEEDUPS: Final = 5
EQUAL_BLOCKS: Final = SweepConfig(range(8 * BLOCK), (0.5,), (2,), 6000)
SPEEDUP_BAR: Final = 1.6

REPETITIONS: Final = 5
THOUSAND: Final = SweepConfig(range(1000), (0.5,), (2,), 10_000)
FIRST_BAR: Final = 1
END_BAR: Final = 3

MEMORY_BAR: Final = 200
# Megabytes that a sweep's process and each of its workers have had at most, by Linux's own
# count: ru_maxrss would include what the process that started them had.
MEASURE_MEMORY: Final = """
from pathlib import Path

from psutil import Process

from xorviz.sweeps.run import Results, SweepConfig, sweep

def peak(process):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kilobytes) / 1024

for _ in sweep(Results(SweepConfig(range(1_000_000), (0.5,), (2,), epochs=2))):
    pass
own = Process()
print(*map(peak, [own, *own.children()]))
"""


def measure_sweep() -> Iterator[Row]:
    yield _against_c()
    yield _speedup()
    yield from _waiting()
    yield _memory()


def _against_c() -> Row:
    """Alternate the two, each on one core, by the processor time that they take."""
    what = "sweep: ours / a loop in C, on one core"
    if shutil.which("gcc") is None:
        return Row(what, "not measured: there is no gcc")
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "sweep"
        source = Path(__file__).with_suffix(".c")
        subprocess.run(["gcc", "-O2", "-o", program, source, "-lm"], check=True)
        pairs = [(_ours(), _in_c(program)) for _ in range(PAIRS)]
    ours, in_c = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(our_time / c_time for our_time, c_time in pairs)
    measured = f"{ratio:.2f} ({ours:.0f} / {in_c:.0f} ns an epoch of a network)"
    return Row(what, measured, f"<= {C_BAR}", ratio <= C_BAR)


def _ours() -> float:
    """Nanoseconds."""
    batch = Batch(Networks(range(BLOCK), [0.5] * BLOCK, 2, False, "0110"))
    start = process_time()
    batch.run(EPOCHS)
    return 1e9 * (process_time() - start) / EPOCHS / BLOCK


def _in_c(program: Path) -> float:
    """Nanoseconds."""
    command = [str(program), str(BLOCK), str(EPOCHS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0])


def _speedup() -> Row:
    with pool(1) as one, pool(2) as two:
        for workers in (one, two):
            _sweep_time(SweepConfig(range(8 * BLOCK), (0.5,), (2,), 100), workers)  # starts them
        pairs = [
            (_sweep_time(EQUAL_BLOCKS, one), _sweep_time(EQUAL_BLOCKS, two))
            for _ in range(SPEEDUPS)
        ]
    of_one, of_two = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(alone / together for alone, together in pairs)
    return Row(
        "sweep: throughput of two workers / of one",
        f"{ratio:.2f} ({of_one:.2f} / {of_two:.2f} s)",
        f">= {SPEEDUP_BAR}",
        ratio >= SPEEDUP_BAR,
    )


def _sweep_time(config: SweepConfig, workers: Executor) -> float:
    """Seconds."""
    start = perf_counter()
    for _ in sweep(Results(config), workers):
        pass
    return perf_counter() - start


def _waiting() -> Iterator[Row]:
    times = [_first_and_end() for _ in range(REPETITIONS)]
    what = f"sweep: {THOUSAND.count:,} networks x {THOUSAND.epochs:,} epochs"
    bars = (("first results", FIRST_BAR), ("its end", END_BAR))
    for (until, bar), seconds in zip(bars, zip(*times, strict=True), strict=True):
        time = median(seconds)
        measured = f"{time:.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
        yield Row(f"{what}, until {until}", measured, f"<= {bar} s", time <= bar)


def _first_and_end() -> tuple[float, float]:
    """Seconds until the first networks are trained, and until all are."""
    results, first = Results(THOUSAND), 0.0
    start = perf_counter()
    for _ in sweep(results):
        if not first and results.trained:
            first = perf_counter() - start
    return first, perf_counter() - start


def _memory() -> Row:
    command = [sys.executable, "-c", MEASURE_MEMORY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    own, *workers = map(float, done.stdout.split())
    total = own + sum(workers)
    return Row(
        "sweep: memory at most, a million networks",
        f"{total:.0f} MB (own {own:.0f}, {len(workers)} workers {sum(workers):.0f})",
        f"<= {MEMORY_BAR} MB",
        total <= MEMORY_BAR,
    )
