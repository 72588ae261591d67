"""Batch: many networks at once, by their bits and their speed."""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from time import perf_counter, process_time
from typing import Final

import numpy as np

from tests.bench.c import c_program, in_c
from tests.bench.table import Row
from tests.support.paths import ROOT
from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.core.reference import reference_run
from xorviz.core.side_by_side import record_many
from xorviz.core.truth_table import GATES
from xorviz.sweeps.run import BLOCK

SPREAD: Final = 2000
KERNELS: Final = ("Haswell", "Sandybridge", "Nehalem")
COMPARE_FEWER: Final = "from tests.bench.batch import exact; print(*exact(256, 2000))"
"""What a process of another kernel of OpenBLAS does."""

PAIRS: Final = 9
EPOCHS: Final = 1000
C_BAR: Final = 1.4
RUNS: Final = [TrainConfig(seed) for seed in range(16)]
RUNS_BAR: Final = 2.5
RUN_BAR: Final = 1.2


def measure_exactness() -> Iterator[Row]:
    """Compare the bits with those of the notebook's loop; this takes minutes."""
    yield _exactness(f"batch: {SPREAD:,} networks, 10,000 epochs", *exact(SPREAD, 10_000))
    for kernel in KERNELS:
        done = subprocess.run(
            [sys.executable, "-c", COMPARE_FEWER],
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_CORETYPE": kernel},
            capture_output=True,
            text=True,
            check=True,
        )
        same, total = map(int, done.stdout.split())
        yield _exactness(f"batch: {total} networks, 2,000 epochs, {kernel}", same, total)


def _exactness(what: str, same: int, total: int) -> Row:
    return Row(f"{what}: the notebook's bits", f"{same:,} of {total:,}", "all", same == total)


def exact(networks: int, epochs: int) -> tuple[int, int]:
    """How many of so many networks, spread over all settings, have the notebook's bits."""
    alike: dict[tuple[int, bool], list[TrainConfig]] = defaultdict(list)
    rates, gates = np.geomspace(0.01, 10, networks).tolist(), list(GATES.values())
    for index in range(networks):
        # 617 has no factor in common with the number of networks, so that rates are spread as well.
        seed, rate = index * 1000 // networks, rates[index * 617 % networks]
        size, biases = index % 16 + 1, index // 16 % 2 == 1
        config = TrainConfig(seed, rate, size, epochs, biases, gates[index % len(gates)])
        alike[size, biases].append(config)
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(_same, alike.values())), networks


def _same(configs: list[TrainConfig]) -> int:
    batch = Batch(configs)
    batch.run(configs[0].epochs)
    ours = np.ascontiguousarray(batch.parameters.T)
    theirs = [reference_run(config).parameters.tobytes() for config in configs]
    return sum(mine.tobytes() == other for mine, other in zip(ours, theirs, strict=True))


def measure_batch() -> Iterator[Row]:
    yield _against_c()
    one, many = RUNS[:1], RUNS
    yield _ratio("record_many: 16 runs / record: one", many, RUNS_BAR)
    yield _ratio("record_many: one run / record: one", one, RUN_BAR)


def _ratio(what: str, runs: list[TrainConfig], bar: float) -> Row:
    """Alternate the two, so that whatever else the machine does slows both."""
    pairs = [
        (_seconds(lambda: record_many(runs)), _seconds(lambda: record(RUNS[0])))
        for _ in range(PAIRS)
    ]
    many, one = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(together / alone for together, alone in pairs)
    measured = f"{ratio:.2f} ({1000 * many:.0f} / {1000 * one:.0f} ms)"
    return Row(what, measured, f"<= {bar}", ratio <= bar)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _against_c() -> Row:
    """Alternate the two, each on one core, by the processor time that they take."""
    what = "batch: ours / a loop in C, on one core"
    if shutil.which("gcc") is None:
        return Row(what, "not measured: there is no gcc")
    with c_program() as program:
        pairs = [(_ours(), in_c(program, BLOCK, EPOCHS)) for _ in range(PAIRS)]
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(our_time / c_time for our_time, c_time in pairs)
    measured = f"{ratio:.2f} ({ours:.0f} / {theirs:.0f} ns an epoch of a network)"
    return Row(what, measured, f"<= {C_BAR}", ratio <= C_BAR)


def _ours() -> float:
    """Nanoseconds."""
    batch = Batch([TrainConfig(seed) for seed in range(BLOCK)])
    start = process_time()
    batch.run(EPOCHS)
    return 1e9 * (process_time() - start) / EPOCHS / BLOCK
