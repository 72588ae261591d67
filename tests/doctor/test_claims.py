"""The doctor's findings about runs drawn at random, each checked by training on."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

import numpy as np
import pytest

from tests.support.claims import EXPECTED, refuted, unoffered
from tests.support.runs import trained
from tests.support.subject import Subject, random_run
from xorviz.core.config import TrainConfig
from xorviz.doctor.cures import Search
from xorviz.doctor.diagnosis import diagnose

LIMIT: Final = 15_000
"""Runs are looked on up to this epoch, beyond the ends of all of them."""
DRAWN = [random_run(np.random.default_rng(seed)) for seed in range(16)]
CHECKED = {
    TrainConfig(hidden_size=1, epochs=300): {"Impossible"},
    TrainConfig(epochs=1000): {"Solved"},
    TrainConfig(656, 1.0, 2, 1000): {"Plateau", "Count", "StuckAnyhow"},
    TrainConfig(464, 5.8, 2, 200): {"Count", "RateTooLarge"},
    TrainConfig(712, 20.0, 4, 200): {"RateTooLarge", "Count", "Oscillating", "DuplicateUnits"},
    TrainConfig(24, 50.0, 2, 50, True, "1110"): {"SaturatedUnits"},
    TrainConfig(760, 0.5, 2, 1000, True, "1001"): {"TooSlow", "Plateau", "Count"},
}
"""Runs, with findings that they have."""


def others(value: Any) -> Iterator[Any]:
    """Yield the same with one number changed, for each number in it."""
    if is_dataclass(value):
        for field in fields(value):
            for other in others(getattr(value, field.name)):
                yield replace(value, **{field.name: other})  # type: ignore[type-var]
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from ((*value[:index], other, *value[index + 1 :]) for other in others(item))
    elif isinstance(value, bool):
        yield not value
    elif value == "":
        return
    elif isinstance(value, str):
        swapped = value.translate(str.maketrans("01", "10"))
        yield f"no {value}" if swapped == value else swapped
    elif isinstance(value, float):
        yield 1.01 * value + 1e-6
    else:
        yield 7 if value is None else value + 1


@pytest.mark.parametrize("config", DRAWN, ids=repr)
def test_training_on_refutes_no_finding_and_the_epochs_that_solve_a_run_are_offered(
    config: TrainConfig,
) -> None:
    subject, diagnosis = Subject(config, LIMIT), diagnose(trained(config), LIMIT)
    assert refuted(subject, diagnosis.findings) == []
    look = diagnosis.look
    if look is not None:
        with Search(config) as search:
            first = next(search.cures(diagnosis)) if look.solved_at is not None else None
        assert not unoffered(subject, first)


@pytest.mark.parametrize("config", CHECKED, ids=repr)
def test_a_finding_with_any_other_number_is_refuted(config: TrainConfig) -> None:
    subject, findings = Subject(config, LIMIT), diagnose(trained(config), LIMIT).findings
    assert {type(finding).__name__ for finding in findings} >= CHECKED[config]
    assert refuted(subject, findings) == []
    for finding in findings:
        for other in others(finding):
            assert refuted(subject, [other]), other


def test_every_kind_of_finding_is_checked_so() -> None:
    assert {kind.__name__ for kind in EXPECTED} == set().union(*CHECKED.values())
