import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import OVERFLOWING, runs, start_far_out, trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.network import Array
from xorviz.core.recording import MAX_FRAMES, Recording, record
from xorviz.core.side_by_side import record_many
from xorviz.core.trainer import Trainer

CONFIG = TrainConfig(epochs=1500, hidden_size=3, biases=True)


def recorded() -> Recording:
    return trained(CONFIG)


def retrained(config: TrainConfig, epoch: int) -> Array:
    trainer = Trainer(config)
    trainer.run(epoch)
    return trainer.parameters


@given(
    data=st.data(),
    epochs=st.integers(1, 600),
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
)
def test_a_recording_gives_back_any_state_exactly(
    data: st.DataObject, epochs: int, hidden_size: int, biases: bool
) -> None:
    config = TrainConfig(epochs=epochs, hidden_size=hidden_size, biases=biases)
    epoch = data.draw(st.integers(0, epochs), label="epoch")
    assert record(config).state(epoch).tobytes() == retrained(config, epoch).tobytes()


def test_a_state_between_two_recorded_ones_is_exact() -> None:
    between = sorted(set(range(1501)) - set(recorded().epochs.tolist()))
    assert len(between) == 1501 - MAX_FRAMES
    for epoch in (between[0], between[600], between[-1]):
        assert recorded().state(epoch).tobytes() == retrained(CONFIG, epoch).tobytes()


def test_the_states_around_forks_are_exact_between_recorded_ones_too() -> None:
    plain = TrainConfig(epochs=3000, biases=True)
    rates = {700: 2.0, 1501: 0.1}
    edits = tuple(Edit(epoch, LEARNING_RATE, rate) for epoch, rate in rates.items())
    recording = record(TrainConfig(epochs=3000, biases=True, edits=edits))
    assert not set(rates) & set(record(plain).epochs.tolist())
    assert set(rates) <= set(recording.epochs.tolist())
    # By hand: each stretch with a trainer of its own rate.
    trainer = Trainer(plain)
    for epoch in range(1520):
        if epoch in rates:
            config = TrainConfig(learning_rate=rates[epoch], biases=True)
            trainer = Trainer(config, trainer.parameters, epoch)
        if min(abs(epoch - fork) for fork in rates) < 15:
            assert recording.state(epoch).tobytes() == trainer.parameters.tobytes()
            frame = recording.around(epoch)
            assert frame.parameters.tobytes() == trainer.parameters.tobytes()
            assert frame.predictions.tobytes() == trainer.predict().tobytes()
        trainer.step()


def test_frames_are_the_recorded_states_and_a_frame_any_one_of_all() -> None:
    recording = recorded()
    for frames in (recording.frames, *map(recording.around, (0, 1, 777, 1500))):
        assert frames.config == CONFIG
        assert frames.parameters.tolist() == [
            recording.state(epoch).tolist() for epoch in frames.epochs
        ]
        for name in ("predictions", "right", "mean_abs_error", "half_squared_error"):
            ours, every = getattr(frames, name), getattr(recording, name)
            assert ours.tobytes() == every[frames.epochs].tobytes()
    assert recording.frames.epochs.tolist() == recording.epochs.tolist()
    assert recording.around(777).epochs.tolist() == [777]


@pytest.mark.parametrize(
    ("epoch", "first", "last"), [(700, 680, 720), (5, 0, 25), (1495, 1475, 1500)]
)
def test_the_states_around_an_epoch_end_where_the_run_does(
    epoch: int, first: int, last: int
) -> None:
    frames = recorded().around(epoch, reach=20)
    assert frames.epochs.tolist() == list(range(first, last + 1))
    exact = [recorded().state(epoch).tobytes() for epoch in frames.epochs]
    assert [state.tobytes() for state in frames.parameters] == exact


def test_the_states_of_any_epochs_are_exact_and_in_their_order() -> None:
    recording = recorded()
    frames = recording.at([871, 0, 1500])
    assert frames.epochs.tolist() == [871, 0, 1500]
    for frame, epoch in enumerate(frames.epochs.tolist()):
        assert frames.parameters[frame].tobytes() == retrained(CONFIG, epoch).tobytes()
        assert (frames.predictions[frame] == recording.predictions[epoch]).all()


def test_every_recorded_state_is_exact() -> None:
    trainer = Trainer(CONFIG)
    for epoch, parameters in zip(recorded().epochs, recorded().parameters, strict=True):
        trainer.run(int(epoch) - trainer.epoch)
        assert recorded().state(int(epoch)).tobytes() == parameters.tobytes()
        assert trainer.parameters.tobytes() == parameters.tobytes()


def test_the_predictions_of_every_state_are_the_trainers() -> None:
    trainer = Trainer(CONFIG)
    for predictions in recorded().predictions:
        assert predictions.tobytes() == trainer.predict().tobytes()
        trainer.run(1)


def test_more_states_are_recorded_where_more_happens() -> None:
    recording = record(TrainConfig())
    assert len(recording.epochs) == MAX_FRAMES
    assert recording.times[recording.epochs < 871].max() >= 0.4
    assert (recording.epochs < 871).mean() >= 0.4


@pytest.mark.parametrize("config", [CONFIG, TrainConfig(epochs=17), TrainConfig(epochs=50_000)])
def test_playback_reaches_the_recorded_states_in_their_order(config: TrainConfig) -> None:
    times = record(config).times
    assert (times[0], times[-1]) == (0, 1)
    assert (np.diff(times) > 0).all()


@pytest.mark.parametrize("epochs", [1, 2, 17, MAX_FRAMES - 1])
def test_a_short_run_has_every_state_recorded(epochs: int) -> None:
    recording = record(TrainConfig(epochs=epochs))
    assert recording.epochs.tolist() == list(range(epochs + 1))


@pytest.mark.parametrize("epochs", [MAX_FRAMES, 1000, 3210])
def test_a_long_run_has_at_most_so_many_states_recorded(epochs: int) -> None:
    recording = record(TrainConfig(epochs=epochs))
    assert len(recording.epochs) == len(recording.parameters) == MAX_FRAMES
    assert len(recording.predictions) == epochs + 1


@pytest.mark.parametrize("name", ["epochs", "parameters", "predictions"])
def test_a_recording_can_not_be_changed(name: str) -> None:
    with pytest.raises(ValueError, match="read-only"):
        getattr(recorded(), name)[0] = 1
    with pytest.raises(AttributeError):
        setattr(recorded(), name, None)


def test_the_final_weights_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        recorded().final.weights_hidden[0, 0] = 1


def test_changing_a_state_one_was_given_leaves_the_recording_alone() -> None:
    before = recorded().state(0)
    recorded().state(0)[:] = 7
    assert recorded().state(0).tobytes() == before.tobytes()


@pytest.mark.parametrize("epoch", [-1, 1501, 10**9])
def test_a_state_the_run_never_had_is_an_index_error(epoch: int) -> None:
    with pytest.raises(IndexError, match=rf"{epoch} is not in 0\.\.1500"):
        recorded().state(epoch)


@pytest.mark.parametrize("targets", ["0110", "0001", "1111"])
def test_both_losses_are_what_their_formulas_say(targets: str) -> None:
    recording = record(TrainConfig(epochs=300, targets=targets))
    wanted = [int(digit) for digit in targets]
    for epoch in range(301):
        errors = [
            target - float(prediction)
            for target, prediction in zip(wanted, recording.predictions[epoch], strict=True)
        ]
        mean_abs = sum(abs(error) for error in errors) / 4
        half_squared = sum(error * error for error in errors) / 2
        assert recording.mean_abs_error[epoch] == pytest.approx(mean_abs, rel=1e-14)
        assert recording.half_squared_error[epoch] == pytest.approx(half_squared, rel=1e-14)


def test_the_last_recorded_state_is_the_final_one() -> None:
    final = recorded().final
    again = retrained(CONFIG, 1500)
    assert final.flat.tobytes() == again.tobytes()
    assert final.weights_hidden.ravel().tolist() == again[:6].tolist()
    assert final.weights_output.ravel().tolist() == again[6:9].tolist()
    assert final.biases_hidden.tolist() == again[9:12].tolist()
    assert final.biases_output.tolist() == again[12:].tolist()


def test_equal_settings_give_equal_recordings() -> None:
    def arrays(recording: Recording) -> list[bytes]:
        return [
            array.tobytes()
            for array in (recording.epochs, recording.parameters, recording.predictions)
        ]

    assert arrays(record(TrainConfig(epochs=400))) == arrays(record(TrainConfig(epochs=400)))
    assert arrays(record(TrainConfig(epochs=400))) != arrays(record(TrainConfig(7, epochs=400)))


def assert_same(one: Recording, other: Recording) -> None:
    """Whether two recordings have equal settings, and arrays alike to the last bit."""
    assert one.config == other.config
    for name in ("epochs", "parameters", "predictions"):
        ours, theirs = getattr(one, name), getattr(other, name)
        assert (ours.dtype, ours.shape) == (theirs.dtype, theirs.shape)
        assert ours.tobytes() == theirs.tobytes()
        assert not ours.flags.writeable


@given(st.lists(runs(), min_size=1, max_size=4))
def test_runs_recorded_at_once_are_those_recorded_alone_to_the_last_bit(
    configs: list[TrainConfig],
) -> None:
    for config, recording in zip(configs, record_many(configs), strict=True):
        assert_same(recording, record(config))


def test_runs_of_any_length_and_architecture_are_recorded_at_once_in_the_order_asked() -> None:
    configs = [
        TrainConfig(seed, rate, size, epochs, biases)
        for seed, rate, size, epochs, biases in (
            *((7, 10.0, 2, 700, False), (8, 0.5, 2, 1, False), (9, 100.0, 2, 700, False)),
            *((7, 10.0, 3, 250, True), (7, 0.01, 3, 251, True), (7, 10.0, 2, 700, False)),
            (7, 5.0, 16, 300, False),
        )
    ]
    for config, recording in zip(configs, record_many(configs), strict=True):
        assert_same(recording, record(config))
    assert record_many([]) == []


def test_a_run_that_diverges_is_recorded_as_it_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    start_far_out(monkeypatch)
    monkeypatch.setattr(
        "xorviz.core.batch.initial_parameters",
        lambda *_: np.array([0.0, 0.0, 0.0, 0.0, 1e10, -1e10]),
    )
    others = [TrainConfig(seed, epochs=30) for seed in (1, 2)]
    configs = [others[0], OVERFLOWING, others[1]]
    for config, recording in zip(configs, record_many(configs), strict=True):
        assert_same(recording, record(config))
    assert not np.isfinite(record_many(configs)[1].parameters[-1]).any()


def test_a_run_is_halfway_where_its_loss_is_first_between_its_first_and_its_last() -> None:
    recording = trained(TrainConfig())
    losses = recording.half_squared_error
    middle = (losses[0] + losses[-1]) / 2
    assert losses[recording.halfway] <= middle
    assert (losses[: recording.halfway] > middle).all()
    assert 0 < recording.halfway < 10_000


@given(runs())
def test_a_run_is_halfway_before_its_end(config: TrainConfig) -> None:
    assert 0 <= trained(config).halfway < config.epochs
