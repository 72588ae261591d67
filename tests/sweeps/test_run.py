import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest

from tests.support.paths import ROOT
from tests.support.runs import ALL_OTHER, OVERFLOWING, start_far_out, trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import ConfigError
from xorviz.core.recording import record
from xorviz.core.verdict import KINDS, judge
from xorviz.pool.pool import Pool, shared_pool
from xorviz.sweeps.config import MAX_NETWORKS, SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import BLOCK, SMALL_BLOCK, sweep
from xorviz.sweeps.solving import Solving

WORKERS = shared_pool().size
ARRAYS = ("mean_abs_error", "half_squared_error", "correct", "solved_at", "verdict")


def swept(config: SweepConfig) -> Results:
    results = Results(config)
    for _ in sweep(results):
        pass
    return results


def arrays(results: Results, where: Any = slice(None)) -> list[list[Any]]:
    """The results of some networks, as lists; a NaN is None there."""
    found = [getattr(results, name)[where].tolist() for name in ARRAYS]
    return [[None if value != value else value for value in array] for array in found]


@pytest.mark.parametrize(
    ("sizes", "biases", "targets"),
    [
        ((1, 2, 3, 16), False, "0110"),
        ((1, 4, 16), True, "0110"),
        ((1, 2), True, "0001"),
        ((2, 5), False, "0111"),
    ],
)
def test_each_network_ends_as_its_own_run_does_to_the_last_bit(
    sizes: tuple[int, ...], biases: bool, targets: str
) -> None:
    config = SweepConfig(
        TrainConfig(epochs=700, biases=biases, targets=targets),
        (0, 2**32 - 1),
        (0.1, 10.0),
        sizes,
    )
    results = swept(config)
    for index in range(config.count):
        run = trained(config.config(index))
        verdict = judge(run)
        epoch = -1 if verdict.epoch is None else verdict.epoch
        assert KINDS[results.verdict[index]] == verdict.kind
        assert (results.correct[index], results.solved_at[index]) == (verdict.correct, epoch)
        for name in ("mean_abs_error", "half_squared_error"):
            assert getattr(results, name)[index] == getattr(run, name)[-1]
    assert len(set(results.verdict)) > 1


def test_the_seed_runs_fastest_then_the_learning_rate() -> None:
    config = SweepConfig(
        TrainConfig(epochs=50, biases=True, targets="0111"), (3, 1), (0.5, 0.1, 2.0), (4, 2)
    )
    assert (config.shape, config.count) == ((2, 3, 2), 12)
    expected = [
        TrainConfig(seed, rate, size, 50, True, "0111")
        for size in (4, 2)
        for rate in (0.5, 0.1, 2.0)
        for seed in (3, 1)
    ]
    assert [config.config(index) for index in range(12)] == expected
    assert config.setting(3) == (4, 0.1, 1)


def test_a_setting_that_is_not_swept_is_that_of_the_base_in_every_network() -> None:
    config = SweepConfig(ALL_OTHER, (42, 43), (0.5,), (2, 3))
    expected = [
        replace(ALL_OTHER, seed=seed, learning_rate=0.5, hidden_size=size, edits=(), mistake="")
        for size in (2, 3)
        for seed in (42, 43)
    ]
    assert [config.config(index) for index in range(4)] == expected
    assert [config.index(run) for run in expected] == [0, 1, 2, 3]
    assert config.index(ALL_OTHER) is None


def test_a_sweep_of_a_run_is_that_of_a_run_with_other_swept_settings_and_edits() -> None:
    swept_settings = (42, 43), (0.5,), (2, 3)
    config = SweepConfig(ALL_OTHER, *swept_settings)
    other = replace(ALL_OTHER, seed=1, learning_rate=1.0, hidden_size=1, edits=(), mistake="")
    assert SweepConfig(other, *swept_settings) == config
    assert SweepConfig(replace(other, epochs=1), *swept_settings) != config


def test_results_stand_in_the_order_of_their_config() -> None:
    config = SweepConfig(TrainConfig(epochs=300), range(30), (0.5, 10.0), (2, 1, 3))
    results = swept(config)
    for index in (0, 29, 30, 59, 60, 119, 120, 179):
        size, rate, seed = config.setting(index)
        lone = swept(SweepConfig(TrainConfig(epochs=300), (seed,), (rate,), (size,)))
        assert arrays(results, slice(index, index + 1)) == arrays(lone)


@pytest.mark.parametrize(
    "config",
    [
        SweepConfig(TrainConfig(epochs=1), (7,), (0.5,), (2,)),
        SweepConfig(TrainConfig(epochs=10_000), (7,), (0.5,), (2,)),
        SweepConfig(TrainConfig(epochs=10), range(5), (0.5, 1.0), range(1, 17)),
        SweepConfig(TrainConfig(epochs=3), range(2 * BLOCK * WORKERS + 1), (0.5,), (2,)),
    ],
    ids=lambda config: f"{config.count} x {config.base.epochs}",
)
def test_the_shares_ascend_to_the_whole(config: SweepConfig) -> None:
    results = Results(config)
    shares = list(sweep(results))
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] == 1.0
    assert (results.verdict >= 0).all()


def test_the_share_of_one_long_run_grows_as_it_trains() -> None:
    shares = list(sweep(Results(SweepConfig(TrainConfig(epochs=15_000), (7,), (0.5,), (2,)))))
    assert len({share for share in shares if 0 < share < 1}) >= 3


def test_a_sweep_that_is_stopped_keeps_whole_blocks_and_can_go_on() -> None:
    config = SweepConfig(TrainConfig(epochs=2000), range(512), (0.5,), (2,))
    results, empty = Results(config), Results(config)
    shares: Iterator[float] = iter(sweep(results, soon=True))
    while not (results.verdict >= 0).any():
        assert next(shares) < 1
    shares.close()  # type: ignore[attr-defined]

    done = results.verdict >= 0
    assert 0 < done.sum() < config.count
    first = done[: WORKERS * SMALL_BLOCK].reshape(-1, SMALL_BLOCK)
    assert (first.all(axis=1) == first.any(axis=1)).all()
    assert arrays(results, ~done) == arrays(empty, ~done)
    whole = swept(config)
    assert arrays(results, done) == arrays(whole, done)
    assert not results.is_whole

    share, rest = results.trained / config.count, list(sweep(results, soon=True))
    assert share <= rest[0]
    assert (rest, rest[-1]) == (sorted(rest), 1.0)
    assert results.is_whole
    assert arrays(results) == arrays(whole)


def test_results_come_before_the_sweep_is_at_its_end() -> None:
    results = Results(SweepConfig(TrainConfig(epochs=2000), range(512), (0.5,), (2,)))
    counts = [results.trained for _ in sweep(results, soon=True)]
    assert len({count for count in counts if 0 < count < 512}) >= 2


def test_a_network_that_overflows_is_told_as_its_run_is(monkeypatch: pytest.MonkeyPatch) -> None:
    start_far_out(monkeypatch)
    start = np.array([0.0, 0.0, 0.0, 0.0, 1e10, -1e10])
    monkeypatch.setattr("xorviz.core.batch.initial_parameters", lambda *_: start.copy())
    run = record(OVERFLOWING)
    epochs, targets = run.config.epochs, run.config.targets
    config = SweepConfig(TrainConfig(epochs=epochs, targets=targets), (42,), (1e308,), (2,))
    results = Results(config)
    with Pool(1) as pool:
        pool._starts_from = inf  # this process trains, as it alone has that start
        assert list(sweep(results, pool))[-1] == 1
    assert KINDS[results.verdict[0]] == judge(run).kind == "diverged"
    assert arrays(results)[:4] == [[None], [None], [0], [-1]]


def test_runs_that_are_solved_are_told_with_the_epoch_from_which_they_are() -> None:
    configs = [
        *(TrainConfig(seed, 2.0, epochs=600) for seed in range(12)),
        *(TrainConfig(seed, hidden_size=3, epochs=900, biases=True) for seed in range(3)),
        TrainConfig(epochs=900, edits=(Edit(500, "η", 100.0),)),
        TrainConfig(epochs=900),
    ]
    verdicts = {config: judge(trained(config)) for config in configs}
    expected = {
        config: verdict.epoch for config, verdict in verdicts.items() if verdict.kind == "solved"
    }
    assert Solving(configs).solved(configs) == expected
    assert 0 < len(expected) < len(configs)
    assert Solving([]).solved([]) == {}


NETWORKS = "The number of networks must be from 1 to 100,000,000"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seeds": ()}, f"{NETWORKS}, not 0"),
        ({"learning_rates": ()}, f"{NETWORKS}, not 0"),
        (
            {"hidden_sizes": range(3, 3)},
            f"{NETWORKS}, not 0",
        ),
        (
            {"seeds": range(4_000_000_000)},
            f"{NETWORKS}, not 4,000,000,000",
        ),
        (
            {"seeds": range(MAX_NETWORKS), "hidden_sizes": (1, 2)},
            f"{NETWORKS}, not 200,000,000",
        ),
        ({"seeds": (1, -5, 2)}, "Seed must be a whole number from 0 to 4,294,967,295, not -5"),
        (
            {"seeds": range(2**32 - 2, 2**32 + 1)},
            "Seed must be a whole number from 0 to 4,294,967,295, not 4294967296",
        ),
        (
            {"learning_rates": (0.5, float("nan"), 1.0)},
            "Learning rate must be a number from 1e-06 to 1e+308, not nan",
        ),
        (
            {"hidden_sizes": (1, 17, 2)},
            "Hidden size must be a whole number from 1 to 16, not 17",
        ),
    ],
)
def test_settings_that_can_not_be_swept_are_one_sentence(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        replace(SweepConfig(TrainConfig(), (1,), (0.5,), (2,)), **changes)
    assert str(caught.value) == said


def test_the_largest_sweep_allowed_is_allowed() -> None:
    assert SweepConfig(TrainConfig(), range(MAX_NETWORKS), (0.5,), (2,)).count == MAX_NETWORKS


MEASURE_MEMORY = """
import sys
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from xorviz.core.config import TrainConfig
from xorviz.pool.pool import Pool
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.run import sweep
from xorviz.sweeps.stream import RowStream

def peak(who):
    return getrusage(who).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)

with Pool(2) as pool:
    for count in (10_000, 210_000):
        config = SweepConfig(TrainConfig(epochs=2), range(count), (0.5,), (2,))
        for _ in sweep(RowStream(config, lambda rows: None), pool):
            pass
        print(peak(RUSAGE_SELF))
print(peak(RUSAGE_CHILDREN))
"""
# A process's peak has that of the one that started it as well: here that is a small one.
NOISE = 2.0
"""Megabytes that memory grows by itself; with 200,000 results kept it grows by 5."""
SMALL_PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


def test_a_hundred_million_networks_need_at_most_200_megabytes() -> None:
    # Two sweeps tell what a further network needs; the workers see one block at a time.
    command = [sys.executable, "-c", SMALL_PARENT, MEASURE_MEMORY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    few, many, worker = map(float, done.stdout.split())
    assert worker > 10
    each = max(0, many - few - NOISE) / 200_000
    assert many + 100_000_000 * each + 2 * worker <= 200
