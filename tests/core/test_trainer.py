import subprocess
import sys
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.notebook import (
    HALF_A_PRINTED_DIGIT,
    PRINTED_LOSSES,
    PRINTED_PREDICTIONS,
    PRINTED_WEIGHTS_HIDDEN,
    PRINTED_WEIGHTS_OUTPUT,
    notebook_run,
)
from tests.support.paths import ROOT
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.network import Array, Layers, initial_parameters
from xorviz.core.recording import record
from xorviz.core.trainer import Trainer


@lru_cache(maxsize=1)
def trained(config: TrainConfig) -> tuple[Trainer, Array]:
    """A trainer after its run, and the predictions before each update."""
    trainer = Trainer(config)
    predictions = np.empty((config.epochs, 4, 1))
    trainer.run(config.epochs, predictions)
    return trainer, predictions


def test_the_default_run_has_the_notebooks_printed_losses() -> None:
    _, predictions = trained(TrainConfig())
    targets = np.array([[0.0], [1.0], [1.0], [0.0]])
    for epoch, loss in PRINTED_LOSSES.items():
        before_the_update = np.mean(np.abs(targets - predictions[epoch - 1]))
        assert before_the_update == pytest.approx(loss, rel=0, abs=1e-9)


def test_the_default_run_has_the_notebooks_printed_weights_and_predictions() -> None:
    trainer, predictions = trained(TrainConfig())
    layers = trainer.network.parameters
    for ours, printed in (
        (layers.weights_hidden, PRINTED_WEIGHTS_HIDDEN),
        (layers.weights_output, PRINTED_WEIGHTS_OUTPUT),
        (predictions[-1], PRINTED_PREDICTIONS),
    ):
        np.testing.assert_allclose(ours, printed, rtol=0, atol=HALF_A_PRINTED_DIGIT)


def test_the_reference_loop_prints_what_the_notebook_prints() -> None:
    printed, weights_hidden, weights_output, predictions = notebook_run(42, 0.5, 2, 10_000)
    assert dict(printed) == pytest.approx(PRINTED_LOSSES, rel=0, abs=1e-9)
    for ours, theirs in (
        (weights_hidden, PRINTED_WEIGHTS_HIDDEN),
        (weights_output, PRINTED_WEIGHTS_OUTPUT),
        (predictions, PRINTED_PREDICTIONS),
    ):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=HALF_A_PRINTED_DIGIT)


@pytest.mark.parametrize("hidden_size", [1, 2, 3, 5, 16])
@pytest.mark.parametrize(("seed", "learning_rate"), [(42, 0.5), (0, 0.1), (7, 3.7), (2**32 - 1, 9)])
def test_training_gives_the_notebooks_numbers_to_the_last_bit(
    seed: int, learning_rate: float, hidden_size: int
) -> None:
    epochs = 2000
    config = TrainConfig(seed, learning_rate, hidden_size, epochs)
    printed, weights_hidden, weights_output, predicted = notebook_run(
        seed, learning_rate, hidden_size, epochs
    )
    recording = record(config)
    assert recording.final.weights_hidden.tobytes() == weights_hidden.tobytes()
    assert recording.final.weights_output.tobytes() == weights_output.tobytes()
    assert recording.predictions[-2].tobytes() == predicted.tobytes()
    assert recording.printed_losses == printed
    assert [epoch for epoch, _ in printed] == [1000, 2000]


def test_the_default_run_gives_the_notebooks_numbers_to_the_last_bit() -> None:
    printed, weights_hidden, weights_output, predicted = notebook_run(42, 0.5, 2, 10_000)
    recording = record(TrainConfig())
    assert recording.printed_losses == printed
    assert recording.final.weights_hidden.tobytes() == weights_hidden.tobytes()
    assert recording.final.weights_output.tobytes() == weights_output.tobytes()
    assert recording.predictions[-2].tobytes() == predicted.tobytes()


@given(
    seed=st.integers(0, 2**32 - 1),
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    epochs=st.integers(1, 60),
)
def test_running_is_the_same_as_stepping(
    seed: int, hidden_size: int, biases: bool, epochs: int
) -> None:
    config = TrainConfig(seed, hidden_size=hidden_size, biases=biases)
    run, stepped = Trainer(config), Trainer(config)
    run.run(epochs)
    for _ in range(epochs):
        stepped.step()
    assert run.epoch == stepped.epoch == epochs
    assert run.parameters.tobytes() == stepped.parameters.tobytes()


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    before=st.integers(0, 40),
    after=st.integers(0, 40),
)
def test_a_restarted_trainer_goes_on_exactly(
    hidden_size: int, biases: bool, before: int, after: int
) -> None:
    config = TrainConfig(hidden_size=hidden_size, biases=biases, learning_rate=2.0)
    through, first = Trainer(config), Trainer(config)
    through.run(before + after)
    first.run(before)
    restarted = Trainer(config, first.parameters, first.epoch)
    restarted.run(after)
    assert restarted.epoch == through.epoch
    assert restarted.parameters.tobytes() == through.parameters.tobytes()
    assert restarted.predict().tobytes() == through.predict().tobytes()


@given(
    forks=st.dictionaries(st.integers(0, 80), st.floats(0.01, 10), max_size=5),
    biases=st.booleans(),
    before=st.integers(0, 40),
    after=st.integers(0, 40),
)
def test_a_trainer_restarted_in_a_forked_run_goes_on_exactly(
    forks: dict[int, float], biases: bool, before: int, after: int
) -> None:
    edits = tuple(Edit(epoch, LEARNING_RATE, rate) for epoch, rate in forks.items())
    config = TrainConfig(biases=biases, edits=edits)
    through, first = Trainer(config), Trainer(config)
    through.run(before + after)
    first.run(before)
    restarted = Trainer(config, first.parameters, first.epoch)
    restarted.run(after)
    assert restarted.parameters.tobytes() == through.parameters.tobytes()


@pytest.mark.parametrize("start", [5, 6, 9])
def test_a_trainer_started_at_or_after_a_fork_has_its_learning_rate(start: int) -> None:
    parameters = initial_parameters(3, 2, biases=False)
    forked = Trainer(TrainConfig(edits=(Edit(5, LEARNING_RATE, 4.0),)), parameters, start)
    plain = Trainer(TrainConfig(learning_rate=4.0), parameters, start)
    for trainer in (forked, plain):
        trainer.run(20)
    assert forked.parameters.tobytes() == plain.parameters.tobytes()


def test_a_trainer_leaves_the_parameters_it_starts_from_alone() -> None:
    start = initial_parameters(1, 2, biases=True)
    before = start.copy()
    trainer = Trainer(TrainConfig(biases=True), start)
    trainer.run(3)
    np.testing.assert_array_equal(start, before)
    assert not np.array_equal(trainer.parameters, before)


def test_looking_at_the_parameters_or_predictions_changes_nothing() -> None:
    trainer, untouched = Trainer(TrainConfig()), Trainer(TrainConfig())
    for _ in range(5):
        trainer.parameters[:] = 0
        trainer.predict()[:] = 0
        trainer.step()
        untouched.step()
    assert trainer.parameters.tobytes() == untouched.parameters.tobytes()


@pytest.mark.parametrize("hidden_size", [1, 2, 7, 16])
def test_biases_start_at_zero_and_leave_the_drawn_weights_as_they_are(hidden_size: int) -> None:
    plain = Layers(initial_parameters(5, hidden_size, biases=False), hidden_size)
    biased = Layers(initial_parameters(5, hidden_size, biases=True), hidden_size)
    np.testing.assert_array_equal(biased.weights_hidden, plain.weights_hidden)
    np.testing.assert_array_equal(biased.weights_output, plain.weights_output)
    assert biased.biases_hidden.tolist() == [0.0] * hidden_size
    assert biased.biases_output.tolist() == [0.0]
    assert plain.biases_hidden.size == plain.biases_output.size == 0


def test_biases_learn_once_training_starts() -> None:
    trainer = Trainer(TrainConfig(biases=True))
    trainer.step()
    assert (trainer.network.parameters.biases_hidden != 0).all()
    assert (trainer.network.parameters.biases_output != 0).all()


def test_the_drawn_weights_are_those_of_a_seeded_numpy() -> None:
    state = np.random.get_state()
    try:
        np.random.seed(11)
        weights_hidden = np.random.uniform(size=(2, 3))
        weights_output = np.random.uniform(size=(3, 1))
    finally:
        np.random.set_state(state)
    layers = Layers(initial_parameters(11, 3, biases=False), 3)
    np.testing.assert_array_equal(layers.weights_hidden, weights_hidden)
    np.testing.assert_array_equal(layers.weights_output, weights_output)


def test_training_leaves_numpys_global_random_numbers_alone() -> None:
    before = np.random.get_state(legacy=False)
    trained(TrainConfig(seed=3, epochs=20, biases=True))
    after = np.random.get_state(legacy=False)
    assert before["state"]["pos"] == after["state"]["pos"]
    np.testing.assert_array_equal(before["state"]["key"], after["state"]["key"])


@pytest.mark.parametrize("learning_rate", [1e3, 1e6, 1e308])
@pytest.mark.parametrize("biases", [False, True])
def test_a_huge_learning_rate_gives_no_warning(learning_rate: float, biases: bool) -> None:
    for hidden_size in (1, 2, 16):
        config = TrainConfig(1, learning_rate, hidden_size, epochs=50, biases=biases)
        trainer, _ = trained(config)
        assert trainer.epoch == 50
        assert np.abs(trainer.parameters).max() > learning_rate / 1e4


def test_a_huge_learning_rate_gives_no_warning_on_the_command_line() -> None:
    command = [sys.executable, "-W", "error", "-m", "xorviz", "train", "--epochs", "50"]
    done = subprocess.run(
        [*command, "--learning-rate", "1e308"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Predicted outputs after training" in done.stdout
