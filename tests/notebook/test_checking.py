import numpy as np
import pytest

import xorviz
from xorviz.core.loop import sigmoid
from xorviz.core.network import Array
from xorviz.notebook.recorder import Recorder

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
T = np.array([[0], [1], [1], [0]])


def step(w: Array, v: Array) -> tuple[Array, Array]:
    """One right update."""
    h = sigmoid(X @ w)
    y = sigmoid(h @ v)
    delta = (T - y) * y * (1 - y)
    return w + 0.5 * X.T @ (delta @ v.T * h * (1 - h)), v + 0.5 * h.T @ delta


def test_a_function_that_makes_an_update_is_checked() -> None:
    checked = xorviz.check(step, hidden_size=3)
    assert (checked.answer, checked.names) == ("equal", ())
    assert repr(checked).startswith("Right: these are the numbers of correct backprop.\n")


def test_so_is_one_that_changes_its_arrays() -> None:
    def backwards(w: Array, v: Array) -> None:
        new_w, new_v = step(w, v)
        w += w - new_w
        v[:] = new_v

    checked = xorviz.check(backwards)
    assert (checked.answer, checked.names) == ("mistake", ("sign-hidden",))
    assert "As it should be:\n    weights_input_hidden += " in repr(checked)


def test_a_recorder_is_checked_over_every_update() -> None:
    w, v = np.full((2, 2), 0.3), np.array([[0.4], [-0.2]])
    recorder = Recorder(w, v)
    for _ in range(30):
        w, v = step(w, v)
        recorder(w, v)
    checked = xorviz.check(recorder)
    assert (checked.answer, checked.details.updates) == ("equal", 30)


def test_nothing_to_check_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="no update was recorded"):
        xorviz.check(Recorder(np.ones((2, 2)), np.ones((2, 1))))


@pytest.mark.parametrize("training", ["mine.py", 3, None])
def test_what_is_no_training_is_a_sentence(training: object) -> None:
    with pytest.raises(ValueError, match="Training must be a recorder, or a function"):
        xorviz.check(training)  # type: ignore[arg-type]
