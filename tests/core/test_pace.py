"""The pace of playback, and the states that are recorded for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from xorviz.core.pace import DENSE, candidate_epochs, choose, playing_times


@pytest.mark.parametrize("epochs", [1, 100, DENSE, 10_000, 50_000])
def test_candidates_are_close_in_proportion_to_where_they_are(epochs: int) -> None:
    candidates = candidate_epochs(epochs)
    gaps = np.diff(candidates)
    assert (candidates[0], candidates[-1]) == (0, epochs)
    assert gaps.min() >= 1
    assert np.all(gaps <= np.maximum(1, candidates[:-1] / DENSE))
    assert len(candidates) < 4_000


@given(st.data())
def test_as_many_states_as_asked_for_are_chosen_each_once(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 400))
    count = data.draw(st.integers(2, size))
    positive = st.floats(1e-9, 1e3)
    steps = data.draw(arrays(float, size - 1, elements=positive))
    times = np.concatenate([[0], np.cumsum(steps)])
    chosen = choose(times / times[-1], count)
    assert len(chosen) == count
    assert (chosen[0], chosen[-1]) == (0, size - 1)
    assert np.diff(chosen).min() >= 1


def test_states_are_chosen_evenly_in_time() -> None:
    times = np.concatenate([np.linspace(0, 0.5, 101), np.linspace(0.5, 1, 401)[1:]])
    chosen = choose(times, 51)
    np.testing.assert_allclose(times[chosen], np.linspace(0, 1, 51), atol=0.005)


def test_where_candidates_are_too_few_all_are_chosen_and_the_others_share_the_rest() -> None:
    times = np.concatenate([np.linspace(0, 0.9, 10), np.linspace(0.9, 1, 1001)[1:]])
    chosen = choose(times, 110)
    assert chosen[:10].tolist() == [*range(10)]
    np.testing.assert_allclose(np.diff(times[chosen[10:]]), 0.001, atol=1.1e-4)


def test_a_stretch_gets_its_time_by_what_moves_in_it() -> None:
    epochs = np.array([0, 10, 20, 30])
    parameters = np.array([[1.0, 0.0], [2.0, 0.0], [2.0, 0.0], [2.0, 0.0]])
    predictions = np.array([[0.5] * 4, [0.5] * 4, [0.5] * 4, [0.5, 0.5, 0.5, 0.7]])
    times = playing_times(epochs, parameters, predictions)
    np.testing.assert_allclose(np.diff(times), [0.5 + 0.1 / 3, 0.1 / 3, 0.4 + 0.1 / 3])


def test_a_run_in_which_nothing_moves_plays_evenly() -> None:
    epochs, still = np.array([0, 1, 3, 10]), np.zeros((4, 9))
    times = playing_times(epochs, still, still[:, :4])
    np.testing.assert_allclose(times, epochs / 10)


def test_numbers_that_are_not_finite_take_no_time() -> None:
    parameters = np.array([[1.0], [np.inf], [np.nan], [np.nan]])
    times = playing_times(np.arange(4), parameters, np.full((4, 4), np.nan))
    np.testing.assert_allclose(times, np.arange(4) / 3)
