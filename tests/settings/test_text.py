import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import runs
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.settings.text import describe, file_stem

RATE_2 = Edit(500, LEARNING_RATE, 2)
RATE_5 = Edit(1500, LEARNING_RATE, 5)
WEIGHT = Edit(7, "x1 → h1", 2.5)


@pytest.mark.parametrize(
    ("config", "name"),
    [
        (TrainConfig(), "seed 42, rate 0.5"),
        (TrainConfig(seed=7, learning_rate=2), "seed 7, rate 2"),
        (TrainConfig(learning_rate=0.1 + 0.2), "seed 42, rate 0.3"),
        (TrainConfig(learning_rate=0.123), "seed 42, rate 0.123"),
        (TrainConfig(hidden_size=1), "seed 42, rate 0.5, 1 unit"),
        (TrainConfig(biases=True), "seed 42, rate 0.5, biases"),
        (TrainConfig(targets="0010"), "seed 42, rate 0.5, targets 0010"),
        (TrainConfig(epochs=1), "seed 42, rate 0.5, 1 epoch"),
        (TrainConfig(edits=(RATE_2,)), "seed 42, rate 0.5, from epoch 500 rate 2"),
        (TrainConfig(edits=(RATE_2, RATE_5)), "seed 42, rate 0.5, 2 forks"),
        (TrainConfig(edits=(RATE_5,)), "seed 42, rate 0.5, from epoch 1,500 rate 5"),
        (TrainConfig(edits=(WEIGHT,)), "seed 42, rate 0.5, edited"),
        (
            TrainConfig(edits=(WEIGHT, RATE_2)),
            "seed 42, rate 0.5, from epoch 500 rate 2, edited",
        ),
        (
            TrainConfig(7, 2, 3, 5000, biases=True, targets="0001", edits=(WEIGHT,)),
            "seed 7, rate 2, 3 units, biases, AND, 5,000 epochs, edited",
        ),
    ],
)
def test_a_run_is_named_by_seed_rate_and_what_differs_from_the_notebooks(
    config: TrainConfig, name: str
) -> None:
    assert describe(config) == name


unedited_runs = st.builds(
    TrainConfig,
    seed=st.integers(0, 999),
    learning_rate=st.integers(1, 1000).map(lambda hundredths: hundredths / 100),
    hidden_size=st.integers(1, 16),
    epochs=st.integers(100, 50_000),
    biases=st.booleans(),
    targets=st.text("01", min_size=4, max_size=4),
)


@given(one=unedited_runs, other=unedited_runs)
def test_runs_of_other_settings_have_other_names(one: TrainConfig, other: TrainConfig) -> None:
    assert (describe(one) == describe(other)) == (one == other)


def test_forks_are_the_learning_rates_set_on_the_way_by_epoch() -> None:
    assert TrainConfig(edits=(RATE_5, WEIGHT, RATE_2)).forks == [RATE_2, RATE_5]
    assert not TrainConfig(edits=(WEIGHT,)).forks


@pytest.mark.parametrize(
    ("config", "stem"),
    [
        (TrainConfig(), "xorviz-seed-42-rate-0.5"),
        (TrainConfig(learning_rate=2), "xorviz-seed-42-rate-2"),
        (TrainConfig(learning_rate=1e-6), "xorviz-seed-42-rate-1e-06"),
        (TrainConfig(learning_rate=1e308), "xorviz-seed-42-rate-1e308"),
        (TrainConfig(hidden_size=1, epochs=1), "xorviz-seed-42-rate-0.5-1-unit-1-epoch"),
        (
            TrainConfig(7, 0.1, 3, 5000, biases=True, targets="0001"),
            "xorviz-seed-7-rate-0.1-3-units-biases-targets-0001-5000-epochs",
        ),
        (TrainConfig(edits=(WEIGHT,)), "xorviz-seed-42-rate-0.5-edited-2e6c0911"),
    ],
)
def test_files_are_named_by_what_differs_from_the_notebooks_run(
    config: TrainConfig, stem: str
) -> None:
    assert file_stem(config) == stem


@given(one=runs(), other=runs())
def test_files_of_other_runs_have_other_names_that_any_disk_takes(
    one: TrainConfig, other: TrainConfig
) -> None:
    assert (file_stem(one) == file_stem(other)) == (one == other)
    assert re.fullmatch(r"[A-Za-z0-9.-]{1,110}", file_stem(one))


@given(config=runs())
def test_a_file_is_renamed_by_any_one_setting(config: TrainConfig) -> None:
    for change in (
        {"seed": config.seed ^ 1},
        {"learning_rate": math.nextafter(config.learning_rate, 1.0)},
        {"targets": config.targets[::-1].translate({48: 49, 49: 48})},
        {"edits": ()},
        {"edits": (Edit(0, "x1 → h1", 0.1),)},
    ):
        other = replace(config, **change)
        assert (file_stem(other) == file_stem(config)) == (other == config)
