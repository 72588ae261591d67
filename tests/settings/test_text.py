import math
import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given

from tests.support.runs import runs, runs_of_links
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import ConfigError
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
        (TrainConfig(edits=(RATE_2, RATE_5)), "seed 42, rate 0.5, rate changed 2 times"),
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


def plain(run: TrainConfig) -> TrainConfig:
    """The run without its edits, at a learning rate of few digits."""
    return replace(run, learning_rate=round(run.learning_rate, 2), edits=())


PLAIN_RUNS = runs_of_links().map(plain)


def changed_in_one_setting(one: TrainConfig, other: TrainConfig) -> list[TrainConfig]:
    """The one run with each of the other's settings in turn, where they fit."""
    changed = []
    for name in FIELDS:
        with suppress(ConfigError):  # a mistake may not fit the other network
            changed.append(replace(one, **{name: getattr(other, name)}))
    return changed


@given(one=PLAIN_RUNS, other=PLAIN_RUNS)
def test_runs_of_other_settings_have_other_names(one: TrainConfig, other: TrainConfig) -> None:
    for changed in (other, *changed_in_one_setting(one, other)):
        assert (describe(one) == describe(changed)) == (one == changed)


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


LONGEST_STEM = 200
"""Disks take names of 255 bytes: a chart's name, its epoch and an ending must have room as well."""


@given(one=runs(), other=runs())
def test_files_of_other_runs_have_other_names_that_any_disk_takes(
    one: TrainConfig, other: TrainConfig
) -> None:
    assert (file_stem(one) == file_stem(other)) == (one == other)
    assert re.fullmatch(r"[A-Za-z0-9.-]+", file_stem(one))
    assert len(file_stem(one)) <= LONGEST_STEM


@given(one=runs(), other=runs())
def test_a_file_is_renamed_by_any_one_setting(one: TrainConfig, other: TrainConfig) -> None:
    unedited = replace(one, edits=())
    nearly = replace(unedited, learning_rate=math.nextafter(one.learning_rate, 1.0))
    edited = replace(unedited, edits=(Edit(0, "x1 → h1", 0.1),))
    for changed in (
        nearly,
        edited,
        one,
        *changed_in_one_setting(unedited, replace(other, edits=())),
    ):
        assert (file_stem(changed) == file_stem(unedited)) == (changed == unedited)
