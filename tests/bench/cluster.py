"""Cluster: a sweep on two workers of Dask, against two own processes; and the client's memory."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import numpy as np

from tests.bench.table import Row
from tests.support.dask import cluster_of
from tests.support.paths import ROOT
from xorviz.core.config import TrainConfig
from xorviz.pool.any_pool import AnyPool
from xorviz.pool.cluster import cluster
from xorviz.pool.pool import Pool
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import BLOCK, sweep

PAIRS: Final = 5
CONFIG: Final = SweepConfig(TrainConfig(epochs=5000), range(4 * BLOCK), (0.5,), (2,))
TIME_BAR: Final = 1.15
NETWORKS: Final = 10_000_000
MEMORY_BAR: Final = 200
# Megabytes that a sweep's own process has had at most, by Linux's count.
MEASURE_MEMORY: Final = """
import sys
from pathlib import Path

from xorviz.cli import main

main(sys.argv[1:])
lines = Path("/proc/self/status").read_text().splitlines()
(kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
print(int(kilobytes) / 1024)
"""


def measure_cluster() -> Iterator[Row]:
    with TemporaryDirectory() as folder, cluster_of(2, Path(folder)) as address:
        yield from _time(address)
        yield _memory(address)


def _time(address: str) -> Iterator[Row]:
    """Alternate the two, each on two workers: seconds of the clock."""
    with Pool(2) as processes, cluster(address) as workers:
        _swept(processes)
        pairs = [(_swept(processes), _swept(workers)) for _ in range(PAIRS)]
    own, theirs = ([time for time, _ in runs] for runs in zip(*pairs, strict=True))
    ratio = median(there / here for here, there in zip(own, theirs, strict=True))
    what = f"cluster: {CONFIG.count:,} networks x {CONFIG.base.epochs:,} epochs, two workers"
    yield Row(
        f"{what} / two own processes",
        f"{ratio:.2f} ({median(theirs):.2f} / {median(own):.2f} s)",
        f"<= {TIME_BAR}",
        ratio <= TIME_BAR,
    )
    others = sum(bits != pairs[0][0][1] for pair in pairs for _, bits in pair)
    yield Row(f"{what}: sweeps with other results", str(others), "0", not others)


def _swept(pool: AnyPool) -> tuple[float, list[bytes]]:
    """Seconds, and the bits of all results."""
    start, results = perf_counter(), Results(CONFIG)
    for _ in sweep(results, pool):
        pass
    seconds = perf_counter() - start
    return seconds, [array.tobytes() for array in results.at(np.arange(CONFIG.count))]


def _memory(address: str) -> Row:
    with TemporaryDirectory() as folder:
        flags = ["--seeds", f"0:{NETWORKS}", "--epochs", "1", "--scheduler", address]
        output = ["--output", str(Path(folder) / "rows.parquet")]
        command = [sys.executable, "-c", MEASURE_MEMORY, "sweep", *flags, *output]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    most = float(done.stdout)
    return Row(
        f"cluster: memory of the client at most, {NETWORKS:,} networks",
        f"{most:.0f} MB",
        f"<= {MEMORY_BAR} MB",
        most <= MEMORY_BAR,
    )
