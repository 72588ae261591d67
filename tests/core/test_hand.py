"""Weights set by hand: what the moves make of a state, and how gradient descent goes on from it."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.links import moves
from tests.support.runs import trained
from xorviz.core import descent
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.hand import STEP, Move, descending, has_move, hold
from xorviz.core.names import parameter_names
from xorviz.core.network import initial_parameters

RUN = TrainConfig(seed=3, hidden_size=3, epochs=60, biases=True)
NAMES = parameter_names(3, biases=True)


def test_a_move_sets_its_weight_alone_and_leaves_the_state_that_it_was_made_from() -> None:
    state = trained(RUN).state(7)
    before = state.copy()
    held = hold(RUN, state, 7, [Move("x2 → h3", -2.5), Move("1 → ŷ", 4.0), Move("x2 → h3", 1.5)])
    assert state.tobytes() == before.tobytes()
    changed = {NAMES[index]: held[index] for index in np.flatnonzero(held != state)}
    assert changed == {"x2 → h3": 1.5, "1 → ŷ": 4.0}


def test_updates_alone_are_the_states_of_the_run_to_the_last_bit() -> None:
    recording = trained(RUN)
    for count in (1, 2, 5):
        held = hold(RUN, recording.state(7), 7, count * [Move(STEP)])
        assert held.tobytes() == recording.state(7 + count).tobytes()


def test_updates_have_the_learning_rate_of_the_epoch_and_no_edits_of_the_run() -> None:
    edits = (Edit(5, "η", 2.0), Edit(8, "x1 → h1", 9.0), Edit(9, "η", 0.1))
    edited = TrainConfig(**{**vars(RUN), "edits": edits})
    assert descending(edited, 7) == TrainConfig(**{**vars(RUN), "learning_rate": 2.0})
    plain = TrainConfig(**{**vars(RUN), "edits": edits[:1]})
    held = hold(edited, trained(edited).state(7), 7, 4 * [Move(STEP)])
    assert held.tobytes() == trained(plain).state(11).tobytes()


@given(hands=moves(NAMES), more=moves(NAMES))
def test_moves_are_made_one_after_the_other(hands: Sequence[Move], more: Sequence[Move]) -> None:
    start = initial_parameters(3, 3, biases=True)
    first = hold(RUN, start, 0, hands)
    assert hold(RUN, first, 0, more).tobytes() == hold(RUN, start, 0, [*hands, *more]).tobytes()


def test_a_network_has_moves_of_its_own_weights_and_updates() -> None:
    assert has_move(Move(STEP), 1, False)
    assert has_move(Move("h2 → ŷ", 1.0), 2, False)
    assert not has_move(Move("h3 → ŷ", 1.0), 2, False)
    assert not has_move(Move("1 → ŷ", 1.0), 2, False)


@settings(max_examples=8)
@given(seed=st.integers(0, 999), biases=st.booleans())
def test_descent_has_the_losses_of_the_run_that_goes_on_from_a_state(
    seed: int, biases: bool
) -> None:
    config = TrainConfig(seed=seed, learning_rate=1.5, hidden_size=2, epochs=40, biases=biases)
    recording = trained(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(descent, "MOST_UPDATES", 30)
        (losses,) = descent.descend([descent.descent(config, recording.state(10), 10)])
    np.testing.assert_allclose(losses, recording.half_squared_error[10:], rtol=1e-15)


def test_a_run_tells_the_losses_of_descent_up_to_its_next_edit() -> None:
    config = TrainConfig(**{**vars(RUN), "edits": (Edit(5, "η", 2.0), Edit(20, "x1 → h1", 1.0))})
    recording = trained(config)
    losses = recording.half_squared_error
    assert descent.known_losses(recording, 5).tolist() == losses[5:20].tolist()
    assert descent.known_losses(recording, 20).tolist() == losses[20:].tolist()
    assert len(descent.known_losses(recording, 60)) == 1


def test_the_updates_needed_are_the_first_after_which_the_loss_is_no_higher() -> None:
    losses = np.array([0.5, 0.4, 0.45, 0.3, np.nan])
    needed = [descent.updates_needed(losses, loss) for loss in (0.5, 0.41, 0.4, 0.35, 0.2)]
    assert needed == [0, 1, 1, 3, None]


def test_a_run_with_a_mistake_does_not_go_on_by_gradient_descent() -> None:
    run = trained(TrainConfig(epochs=20, mistake="sign-hidden"))
    assert descent.known_losses(run, 5).tolist() == [run.half_squared_error[5]]
    assert descending(run.config, 5).mistake == ""
