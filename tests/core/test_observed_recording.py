from dataclasses import replace

import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.milestones import milestones
from xorviz.core.observed import Observed
from xorviz.core.observed_recording import ObservedRecording, record_observed
from xorviz.core.recording import MAX_FRAMES
from xorviz.core.verdict import judge

CONFIG = TrainConfig(epochs=3000, learning_rate=2, hidden_size=3, biases=True)
GAPS = [0, 1, 2, 500, 1000, 2999, 3000]


def observed(epochs: list[int], config: TrainConfig = CONFIG) -> ObservedRecording:
    numbers = np.array(epochs, dtype=np.int64)
    states = np.array([trained(config).state(epoch) for epoch in epochs])
    return record_observed(Observed(config, numbers, states))


def test_known_states_are_those_that_were_seen() -> None:
    recording, own = observed(GAPS), trained(CONFIG)
    for index, epoch in enumerate(GAPS):
        assert recording.state(epoch).tobytes() == own.state(epoch).tobytes()
        np.testing.assert_allclose(recording.predictions[index], own.predictions[epoch], rtol=1e-12)
    assert recording.epochs.tolist() == recording.known.tolist() == GAPS
    assert recording.frames.predictions.tobytes() == recording.predictions.tobytes()


@pytest.mark.parametrize("epoch", [3, 499, 3001, -1])
def test_a_state_that_is_not_known_is_never_made_up(epoch: int) -> None:
    with pytest.raises(IndexError, match=f"state {epoch} is not known"):
        observed(GAPS).state(epoch)
    with pytest.raises(IndexError, match=f"state {epoch} is not known"):
        observed(GAPS).at([0, epoch])


def test_around_an_epoch_are_known_states_alone() -> None:
    recording = observed(GAPS)
    assert recording.around(1, 5).epochs.tolist() == [0, 1, 2]
    assert recording.around(2990, 20).epochs.tolist() == [2999, 3000]
    assert recording.around(700, 20).epochs.tolist() == [500], "the nearest"
    np.testing.assert_array_equal(recording.around(700).parameters, [recording.state(500)])


def test_a_step_is_laid_open_where_both_states_are_known() -> None:
    recording = observed(GAPS)
    assert [epoch for epoch in GAPS if recording.has_next(epoch)] == [0, 1, 2999]


def test_losses_exist_at_known_states_alone() -> None:
    recording, own = observed(GAPS), trained(CONFIG)
    assert recording.has_gaps
    assert not own.has_gaps
    np.testing.assert_allclose(recording.half_squared_error, own.half_squared_error[GAPS])
    assert [epoch for epoch, _ in recording.printed_losses] == [3000]
    assert recording.printed_losses[0][1] == pytest.approx(own.mean_abs_error[2999])


def test_verdict_and_milestones_name_known_epochs() -> None:
    recording, own = observed(GAPS), trained(CONFIG)
    solved = judge(own).epoch
    assert solved
    assert judge(recording).epoch == next(epoch for epoch in GAPS if epoch >= solved)
    outputs = recording.frames.predictions
    assert {milestone.epoch for milestone in milestones(recording, outputs)} <= {*GAPS}
    assert recording.halfway in GAPS[:-1]


def test_of_many_states_frames_are_chosen_as_of_a_run() -> None:
    config = replace(CONFIG, epochs=1500)
    recording = observed(list(range(1501)), config)
    assert len(recording.epochs) == MAX_FRAMES
    assert not recording.has_gaps
    assert len(recording.predictions) == 1501
    assert recording.around(700, 20).epochs.tolist() == list(range(680, 721))


def test_a_single_state_is_a_recording() -> None:
    recording = observed([0])
    assert recording.times.tolist() == [0]
    assert recording.around(7).epochs.tolist() == [0]
    assert recording.halfway == 0
    assert judge(recording).kind != "solved"


def test_other_weights_of_the_same_settings_have_another_identity() -> None:
    one, other = observed([0, 1]), observed([0, 2])
    assert one.identity == observed([0, 1]).identity
    assert len({one.identity, other.identity, trained(CONFIG).identity}) == 3
