from hypothesis import given
from hypothesis import strategies as st

from xorviz.doctor.cures import MAX_UNITS, SEEDS
from xorviz.sentences.atlas import MAX_SECONDS
from xorviz.settings.link import MAX_PINS, limits
from xorviz.sweeps.cost import CALLS, epoch_seconds, training_seconds

EPOCHS = int(limits("epochs").high)


@given(st.integers(1, 15), st.booleans(), st.integers(1, 10_000))
def test_more_units_biases_and_networks_cost_more(size: int, biases: bool, networks: int) -> None:
    here = epoch_seconds(size, biases, networks)
    assert here > CALLS
    assert epoch_seconds(size + 1, biases, networks) > here
    assert epoch_seconds(size, biases, networks + 1) > here
    assert epoch_seconds(size, True, networks) >= here


def test_a_sweep_costs_what_its_networks_do() -> None:
    both = training_seconds([2, 4], True, 100, 1000)
    assert both == training_seconds([2], True, 100, 1000) + training_seconds([4], True, 100, 1000)


def test_a_hundred_million_updates_at_two_units_are_allowed_and_fewer_at_sixteen() -> None:
    assert training_seconds([2], False, 10_000, 10_000) <= MAX_SECONDS
    assert training_seconds([16], True, 10_000, 10_000) > 5 * MAX_SECONDS


def test_the_largest_cures_and_pinned_runs_cost_less_than_a_sweep_may() -> None:
    assert training_seconds([MAX_UNITS], True, 2 * len(SEEDS), EPOCHS) < MAX_SECONDS
    assert training_seconds([MAX_UNITS], True, 1 + MAX_PINS, EPOCHS) < MAX_SECONDS
