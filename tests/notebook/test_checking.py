"""A check of a training of one's own, from Python."""

from typing import Any

import numpy as np
import pytest

import xorviz
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
T = np.array([[0], [1], [1], [0]])


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def deltas(hidden_weights: Any, output_weights: Any) -> tuple[Any, Any, Any]:
    hidden = sigmoid(X @ hidden_weights)
    output = sigmoid(hidden @ output_weights)
    at_output = (T - output) * output * (1 - output)
    return hidden, at_output, at_output @ output_weights.T * hidden * (1 - hidden)


def right(hidden_weights: Any, output_weights: Any) -> None:
    """In place."""
    hidden, at_output, at_hidden = deltas(hidden_weights, output_weights)
    output_weights += hidden.T @ at_output * 0.5
    hidden_weights += X.T @ at_hidden * 0.5


def wrong(hidden_weights: Any, output_weights: Any) -> tuple[Any, Any]:
    """Returns new arrays; the hidden layer has the other sign."""
    hidden, at_output, at_hidden = deltas(hidden_weights, output_weights)
    return hidden_weights - X.T @ at_hidden * 0.5, output_weights + hidden.T @ at_output * 0.5


def test_a_right_function_is_equal_and_a_wrong_one_is_named() -> None:
    assert xorviz.check(right).answer == "equal"
    checked = xorviz.check(wrong, hidden_size=3)
    assert (checked.answer, checked.names) == ("mistake", ("sign-hidden",))
    assert checked.as_object()["names"] == ["sign-hidden"]
    assert len(repr(checked).splitlines()) > 1


def test_a_recorder_is_checked() -> None:
    rng = np.random.RandomState(42)
    weights = rng.uniform(size=(2, 2)), rng.uniform(size=(2, 1))
    recorder = xorviz.Recorder(*weights, learning_rate=0.5)
    for _ in range(50):
        weights = wrong(*weights)
        recorder(*weights)
    assert xorviz.check(recorder).names == ("sign-hidden",)


def test_a_run_is_checked_without_the_mistake_that_it_is_known_to_have() -> None:
    config = TrainConfig(epochs=50, mistake="sign-hidden")
    assert xorviz.check(xorviz.Run(trained(config))).names == ("sign-hidden",)


def test_what_can_not_be_checked_gets_one_sentence() -> None:
    with pytest.raises(ConfigError, match="a recorder, a run, or a function"):
        xorviz.check(3)
    with pytest.raises(ConfigError, match="Updates must be at most 1,000, not 1,001"):
        xorviz.check(right, updates=1001)
    with pytest.raises(ConfigError, match="Learning rate must be"):
        xorviz.check(right, learning_rate=-1)
