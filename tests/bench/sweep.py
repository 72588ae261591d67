"""Sweep: many networks at once, against a loop in C; its workers, its waiting and its memory."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from tests.bench.c import c_program
from tests.bench.table import Row
from tests.support.paths import ROOT
from xorviz.core.config import TrainConfig
from xorviz.pool.pool import Pool
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import BLOCK, sweep

WHOLE: Final = 2000
WHOLE_BAR: Final = 0.95

SPEEDUPS: Final = 5
EQUAL_BLOCKS: Final = SweepConfig(TrainConfig(epochs=2000), range(4 * BLOCK), (0.5,), (2,))
SPEEDUP_BAR: Final = 1.6

REPETITIONS: Final = 5
THOUSAND: Final = SweepConfig(TrainConfig(epochs=10_000), range(1000), (0.5,), (2,))
FIRST_BAR: Final = 1
END_BAR: Final = 3

MEMORY_BAR: Final = 200
# Megabytes that a sweep's process and each of its workers have had at most, by Linux's own
# count: ru_maxrss would include what the process that started them had.
MEASURE_MEMORY: Final = """
from pathlib import Path

from psutil import Process

from xorviz.core.config import TrainConfig
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep

def peak(process):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
    return int(kilobytes) / 1024

for _ in sweep(Results(SweepConfig(TrainConfig(epochs=2), range(1_000_000), (0.5,), (2,)))):
    pass
own = Process()
print(*map(peak, [own, *own.children()]))
"""


def measure_sweep() -> Iterator[Row]:
    yield _whole_process()
    yield _speedup()
    yield from _waiting()
    yield _memory()


def _whole_process() -> Row:
    """Alternate the command, on all cores, and the loop in C on one: seconds of the clock."""
    what = f"xorviz sweep: {WHOLE:,} networks x 10,000 epochs, whole process / C on one core"
    if shutil.which("gcc") is None:
        return Row(what, "not measured: there is no gcc")
    command = [sys.executable, "-m", "xorviz", "sweep", "--seeds", f"0:{WHOLE}", "--csv", "-"]
    with c_program() as program:
        pairs = [(_time(command), _time([program, str(WHOLE), "10000"])) for _ in range(SPEEDUPS)]
    ours, in_c = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(our_time / c_time for our_time, c_time in pairs)
    measured = f"{ratio:.2f} ({ours:.2f} / {in_c:.2f} s)"
    return Row(what, measured, f"<= {WHOLE_BAR}", ratio <= WHOLE_BAR)


def _time(command: Sequence[str | Path]) -> float:
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return perf_counter() - start


def _speedup() -> Row:
    with Pool(1) as one, Pool(2) as two:
        for workers in (one, two):
            _sweep_time(replace(EQUAL_BLOCKS, base=TrainConfig(epochs=100)), workers)  # starts them
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


def _sweep_time(config: SweepConfig, workers: Pool) -> float:
    """Seconds."""
    start = perf_counter()
    for _ in sweep(Results(config), workers):
        pass
    return perf_counter() - start


def _waiting() -> Iterator[Row]:
    times = [_first_and_end() for _ in range(REPETITIONS)]
    what = f"sweep: {THOUSAND.count:,} networks x {THOUSAND.base.epochs:,} epochs"
    bars = (("first results", FIRST_BAR), ("its end", END_BAR))
    for (until, bar), seconds in zip(bars, zip(*times, strict=True), strict=True):
        time = median(seconds)
        measured = f"{time:.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
        yield Row(f"{what}, until {until}", measured, f"<= {bar} s", time <= bar)


def _first_and_end() -> tuple[float, float]:
    """Seconds until the first networks are trained, and until all are."""
    results, first = Results(THOUSAND), 0.0
    start = perf_counter()
    for _ in sweep(results, soon=True):
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
