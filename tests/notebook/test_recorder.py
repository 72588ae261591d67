"""The recorder of a reader's own loop: what it copies, tells apart, keeps and refuses."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.network import Layers
from xorviz.core.recording import Recording
from xorviz.notebook import recorder as module
from xorviz.notebook.recorder import Recorder
from xorviz.notebook.track import BLOCK, Track


class Tensor:
    """A tensor as PyTorch has it, which makes no array of one with a gradient."""

    def __init__(self, array: Any, needs_gradient: bool = True) -> None:
        self.array, self.needs_gradient = array, needs_gradient

    def detach(self) -> "Tensor":
        return Tensor(self.array, needs_gradient=False)

    def cpu(self) -> "Tensor":
        return self

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        if self.needs_gradient:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad.")
        return np.asarray(self.array, dtype=dtype)


class Parameterless:
    """Has no numbers in it."""


AS_GIVEN: dict[str, Callable[[Layers], list[Any]]] = {
    "the notebook's arrays": lambda layers: [layers.weights_hidden, layers.weights_output],
    "lists": lambda layers: [layers.weights_hidden.tolist(), layers.weights_output.tolist()],
    "transposed": lambda layers: [layers.weights_hidden.T, layers.weights_output.T],
    "tensors": lambda layers: [Tensor(layers.weights_hidden.T), Tensor(layers.weights_output.T)],
}


def watched(recording: Recording, given: Callable[[Layers], list[Any]]) -> Recorder:
    """A recorder that was called for every state of a run, with arrays updated in place."""
    config = recording.config
    arrays = Layers(recording.state(0).copy(), config.hidden_size)

    def biases() -> list[Any]:
        return [arrays.biases_hidden, arrays.biases_output] if config.biases else []

    settings = {"learning_rate": config.learning_rate, "targets": config.targets}
    recorder = Recorder(*given(arrays), *biases(), **settings)  # type: ignore[arg-type]
    for state in recording.around(0, config.epochs).parameters[1:]:
        arrays.flat[:] = state
        recorder(*given(arrays), *biases())
    return recorder


@pytest.mark.parametrize("given", AS_GIVEN.values(), ids=AS_GIVEN)
@pytest.mark.parametrize(
    "config",
    [
        TrainConfig(7, 2.0, 2, 30),
        TrainConfig(3, 0.5, 3, 20, biases=True, targets="0111"),
        TrainConfig(0, 0.5, 1, 10),
    ],
)
def test_every_state_of_a_loop_is_recorded_to_the_last_bit_with_its_settings(
    config: TrainConfig, given: Callable[[Layers], list[Any]]
) -> None:
    recording = trained(config)
    recorder = watched(recording, given)
    observed = recorder.observed
    assert observed.config == config
    assert observed.epochs.tolist() == list(range(config.epochs + 1))
    assert observed.parameters.tobytes() == recording.around(0, config.epochs).parameters.tobytes()
    assert observed.resolution == 0
    assert recorder.losses == pytest.approx(recording.half_squared_error, rel=1e-12)


def test_initial_weights_of_no_seed_are_edits_at_epoch_0() -> None:
    recorder = Recorder([[0.25, -3], [1, 2]], [[4], [0.5]])
    recorder([[0, 0], [0, 0]], [[0], [0]])
    config = recorder.observed.config
    edits = {edit.parameter: edit.value for edit in config.edits}
    assert edits == {
        "x1 → h1": 0.25,
        "x1 → h2": -3.0,
        "x2 → h1": 1.0,
        "x2 → h2": 2.0,
        "h1 → ŷ": 4.0,
        "h2 → ŷ": 0.5,
    }
    assert {edit.epoch for edit in config.edits} == {0}


def test_biases_that_do_not_start_at_0_are_edits_of_the_seeds_start() -> None:
    layers = Layers(trained(TrainConfig(5, hidden_size=2, epochs=100)).state(0), 2)
    recorder = Recorder(layers.weights_hidden, layers.weights_output, [[0.5], [0]], 1.5)
    recorder(layers.weights_hidden, layers.weights_output, [[1], [1]], 1)
    config = recorder.observed.config
    assert (config.seed, config.biases) == (5, True)
    assert config.edits == (Edit(0, "1 → h1", 0.5), Edit(0, "1 → ŷ", 1.5))


ONES = {shape: np.ones(shape) for shape in [(2, 2), (2, 1), (2, 3), (3, 1), (2,), (3, 3), (2, 17)]}
REFUSED: dict[str, tuple[tuple[Any, ...], str]] = {
    "swapped": ((ONES[3, 1], ONES[2, 3]), "weights_input_hidden comes first"),
    "of two layouts": ((ONES[2, 2], ONES[(2,)]), r"as \(2, 1\) for the first or \(1, 2\)"),
    "of two sizes": ((ONES[2, 3], ONES[2, 1]), r"not \(2, 3\) and \(2, 1\)"),
    "of three inputs": ((ONES[3, 3], ONES[3, 1]), r"must be \(2, H\)"),
    "too many units": ((ONES[2, 17], np.ones((17, 1))), "Hidden size must be"),
    "words": (([["a", "b"], ["c", "d"]], ONES[2, 1]), "weights_input_hidden must hold real"),
    "complex": ((ONES[2, 2] * 1j, ONES[2, 1]), "must hold real numbers, not complex128"),
    "ragged": (([[1, 2], [3]], ONES[2, 1]), "weights_input_hidden must be an array of numbers"),
    "an object": ((Parameterless(), ONES[2, 1]), "weights_input_hidden must hold real numbers"),
    "missing": ((None, ONES[2, 1]), "both layers' weights must be given"),
    "one layer's biases": ((ONES[2, 2], ONES[2, 1], [0, 0]), "both biases or neither"),
    "too few biases": ((ONES[2, 2], ONES[2, 1], [0], [0]), "biases_hidden must have a number"),
    "not finite": ((ONES[2, 2] * np.nan, ONES[2, 1]), "initial weights must be from -1000 to 1000"),
}


@pytest.mark.parametrize(("given", "sentence"), REFUSED.values(), ids=REFUSED)
def test_arrays_that_are_no_networks_get_one_sentence(
    given: tuple[Any, ...], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        Recorder(*given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [({"learning_rate": 0}, "Learning rate must be"), ({"targets": "012"}, "Targets must be")],
)
def test_settings_that_cant_be_used_get_the_command_lines_sentence(
    settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        Recorder(ONES[2, 2], ONES[2, 1], **settings)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((ONES[2, 2], ONES[(2,)]), r"weights_hidden_output had the shape \(2, 1\) at first"),
        ((ONES[2, 2], np.array([["a"], ["b"]])), "must hold real numbers"),
        ((ONES[2, 2], ONES[2, 1], [0, 0], [0]), "biases must be given to the recorder before"),
    ],
)
def test_another_array_on_the_way_is_refused_and_leaves_no_trace(
    given: tuple[Any, ...], sentence: str
) -> None:
    recorder = Recorder(ONES[2, 2], ONES[2, 1])
    with pytest.raises(ValueError, match=sentence):
        recorder(*given)
    assert recorder.updates == 0
    recorder(2 * ONES[2, 2], 2 * ONES[2, 1])
    assert recorder.observed.parameters.tolist() == [[1] * 6, [2] * 6]


def test_biases_that_are_left_out_on_the_way_are_missed() -> None:
    recorder = Recorder(ONES[2, 2], ONES[2, 1], [0, 0], [0])
    with pytest.raises(ValueError, match="biases_hidden must be given after each update"):
        recorder(ONES[2, 2], ONES[2, 1])


def test_a_loop_that_never_calls_the_recorder_is_told_so() -> None:
    with pytest.raises(ValueError, match="no update was recorded"):
        _ = Recorder(ONES[2, 2], ONES[2, 1]).observed


def test_what_comes_after_the_most_updates_is_left_out_with_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_UPDATES", 2)
    recorder = Recorder(ONES[2, 2], ONES[2, 1])
    recorder(2 * ONES[2, 2], ONES[2, 1])
    recorder(3 * ONES[2, 2], ONES[2, 1])
    with pytest.warns(UserWarning, match="the recorder keeps the first 2 updates"):
        recorder(4 * ONES[2, 2], ONES[2, 1])
    assert recorder.updates == 2
    assert recorder.observed.parameters[-1, 0] == 3


@pytest.mark.parametrize("count", [1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK, 5 * BLOCK + 7])
@pytest.mark.parametrize("fitting", [2, 1000, 3000, 10_000])
def test_states_beyond_the_bound_are_left_out_evenly_and_their_losses_stay(
    count: int, fitting: int
) -> None:
    track = Track(6, 2, "0110", room=fitting * 6 * 8)
    for number in range(count):
        track.next[:] = number / count
        track.add()
    epochs, parameters = track.states
    assert (epochs[0], epochs[-1]) == (0, count - 1)
    assert parameters[:, 0] * count == pytest.approx(epochs)
    assert len(np.unique(np.diff(epochs[:-1]))) <= 1
    assert min(count, fitting // 2) <= len(epochs) <= fitting + BLOCK + 1
    assert track.losses.shape == (count,)
    assert track.losses[0] == 0.5  # all predictions are 0.5


def test_a_recorder_takes_no_more_than_its_bound() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        recorder = Recorder(np.ones((2, 16)), np.ones((16, 1)))
    kept = recorder._track._kept
    assert kept.nbytes + 8 * (module.MOST_UPDATES + 1) <= module.BOUND
