"""Sweeps by any pool: the same bits, whatever becomes of its processes."""

from functools import cache

import numpy as np
import psutil
import pytest

from xorviz.core.config import TrainConfig
from xorviz.pool.pool import Pool
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep

CONFIG = SweepConfig(TrainConfig(epochs=500), range(40), (0.5, 10.0), (1, 3))
SLOW = SweepConfig(TrainConfig(epochs=2000), range(128), (0.5, 10.0), (2,))


def swept(config: SweepConfig, pool: Pool) -> list[bytes]:
    results = Results(config)
    *_, last = sweep(results, pool)
    assert last == 1.0
    return bits(results)


def bits(results: Results) -> list[bytes]:
    return [array.tobytes() for array in vars(results).values() if isinstance(array, np.ndarray)]


@cache
def expected(config: SweepConfig) -> list[bytes]:
    """The bits of a sweep that this process does alone."""
    with Pool(1) as pool:
        pool._can_start = False
        return swept(config, pool)


def running() -> set[psutil.Process]:
    """The processes of all pools of this one."""
    return {
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and "xorviz.pool.process" in child.cmdline()
    }


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_processes_gives_the_same_bits(count: int) -> None:
    with Pool(count) as pool:
        assert swept(CONFIG, pool) == expected(CONFIG)
        assert swept(CONFIG, pool) == expected(CONFIG)


@pytest.mark.parametrize("count", [1, 2])
def test_the_results_are_right_whichever_process_is_killed(count: int) -> None:
    before, killed = running(), 0
    results = Results(SLOW)
    with Pool(count) as pool:
        for share in sweep(results, pool):
            if killed < 2 and 0 < share < 1:
                for process in running() - before:
                    process.kill()
                    killed += 1
    assert killed >= 2
    assert running() == before
    assert bits(results) == expected(SLOW)


def test_a_sweep_that_is_stopped_leaves_nothing_waiting() -> None:
    with Pool(1) as pool:
        shares = sweep(Results(SLOW), pool, soon=True)
        next(shares)
        shares.close()
        assert not pool._waiting
