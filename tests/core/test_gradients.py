from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import automatic
from tests.support.differences import central_differences, drawn
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, Network
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import INPUTS, target_column

TARGETS = st.text("01", min_size=4, max_size=4)


def passed(flat: Array, hidden_size: int, biases: bool, targets: Array) -> Network:
    """A network after a forward and a backward pass."""
    network = Network(flat, hidden_size, biases)
    network.forward()
    network.backward(targets)
    return network


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    seed=st.integers(0, 10_000),
    scale=st.floats(0.01, 4),
    targets=TARGETS,
)
def test_every_gradient_is_the_derivative_of_the_loss(
    hidden_size: int, biases: bool, seed: int, scale: float, targets: str
) -> None:
    flat, column = drawn(hidden_size, biases, seed, scale), target_column(targets)
    derivatives = central_differences(flat, hidden_size, biases, column)
    gradients = passed(flat, hidden_size, biases, column).gradients.flat
    np.testing.assert_allclose(gradients, derivatives, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", range(1, 17))
def test_every_hidden_size_has_right_gradients(hidden_size: int, biases: bool) -> None:
    flat, column = drawn(hidden_size, biases, hidden_size, 1.0), target_column("0110")
    derivatives = central_differences(flat, hidden_size, biases, column)
    gradients = passed(flat, hidden_size, biases, column).gradients.flat
    np.testing.assert_allclose(gradients, derivatives, rtol=1e-6, atol=1e-8)
    assert np.abs(gradients).max() > 1e-4


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", range(1, 17))
def test_every_gradient_is_that_of_an_automatic_differentiation(
    hidden_size: int, biases: bool
) -> None:
    for seed, scale, targets in (
        *((3, 1.0, "0110"), (4, 0.01, "0001")),
        *((5, 4.0, "1001"), (6, 1.0, "1111")),
    ):
        flat = drawn(hidden_size, biases, seed, scale)
        gradients = passed(flat, hidden_size, biases, target_column(targets)).gradients.flat
        expected = automatic.gradient(flat, hidden_size, biases, targets)
        np.testing.assert_allclose(gradients, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", [1, 2, 16])
def test_deltas_have_the_shape_of_their_layers_activations(hidden_size: int, biases: bool) -> None:
    flat = drawn(hidden_size, biases, 1, 1.0)
    network = passed(flat, hidden_size, biases, target_column("0110"))
    assert network.hidden.shape == network.delta_hidden.shape == (4, hidden_size)
    assert network.output.shape == network.delta_output.shape == (4, 1)
    assert network.gradients.weights_hidden.shape == (2, hidden_size)
    assert network.gradients.weights_output.shape == (hidden_size, 1)
    assert network.gradients.biases_hidden.shape == ((hidden_size,) if biases else (0,))
    assert network.gradients.biases_output.shape == ((1,) if biases else (0,))


@given(hidden_size=st.integers(1, 16), seed=st.integers(0, 10_000), targets=TARGETS)
def test_a_bias_gradient_is_the_sum_of_its_deltas_over_the_rows(
    hidden_size: int, seed: int, targets: str
) -> None:
    flat = drawn(hidden_size, True, seed, 1.0)
    network = passed(flat, hidden_size, True, target_column(targets))
    for gradients, deltas in (
        (network.gradients.biases_hidden, network.delta_hidden),
        (network.gradients.biases_output, network.delta_output),
    ):
        by_hand = deltas[0] + deltas[1] + deltas[2] + deltas[3]
        np.testing.assert_allclose(gradients, by_hand, rtol=1e-12, atol=1e-16)


def test_without_biases_the_row_of_zeros_teaches_the_hidden_weights_nothing() -> None:
    flat = drawn(3, False, 8, 1.0)
    network = passed(flat, 3, False, target_column("0110"))
    assert network.hidden[0].tolist() == [0.5, 0.5, 0.5]
    without_row_00 = INPUTS[1:].T @ network.delta_hidden[1:]
    assert (network.delta_hidden[0] != 0).all()
    np.testing.assert_allclose(network.gradients.weights_hidden, without_row_00, rtol=1e-12)


def test_one_training_step_is_what_one_works_out_by_hand() -> None:
    # One hidden unit, targets 0 1 1 0, learning rate 0.5, biases at 0. The weights make every
    # activation a fraction, as σ(k · ln 3) = 3ᵏ / (3ᵏ + 1):
    #
    #   w1 = ln 3 = 1.09861229    w2 = -ln 3 = -1.09861229    v = 4 ln 3 = 4.39444915
    #
    # Forward:
    #
    #   x1 x2   x1·w1 + x2·w2   hidden          hidden · v   output
    #   0  0        0           1/2 = 0.5       2 ln 3        9/10 = 0.9
    #   0  1      - ln 3        1/4 = 0.25        ln 3        3/4  = 0.75
    #   1  0        ln 3        3/4 = 0.75      3 ln 3       27/28 = 0.96428571
    #   1  1        0           1/2 = 0.5       2 ln 3        9/10 = 0.9
    #
    # δ_output = (output - target) · output · (1 - output):
    #
    #   00   ( 0.9        - 0) · 0.9        · 0.1        =  0.081
    #   01   ( 0.75       - 1) · 0.75       · 0.25       = -0.046875
    #   10   ( 0.96428571 - 1) · 0.96428571 · 0.03571429 = -0.00122996
    #   11   ( 0.9        - 0) · 0.9        · 0.1        =  0.081
    #
    # δ_hidden = δ_output · v · hidden · (1 - hidden):
    #
    #   00    0.081      · 4.39444915 · 0.5  · 0.5  =  0.08898760
    #   01   -0.046875   · 4.39444915 · 0.25 · 0.75 = -0.03862309
    #   10   -0.00122996 · 4.39444915 · 0.75 · 0.25 = -0.00101343
    #   11    0.081      · 4.39444915 · 0.5  · 0.5  =  0.08898760
    #
    # Gradients:
    #
    #   ∂E/∂v  = 0.5 · 0.081 - 0.25 · 0.046875 - 0.75 · 0.00122996 + 0.5 · 0.081 = 0.06835878
    #   ∂E/∂w1 = δ_hidden of 10 and 11 = -0.00101343 + 0.08898760 = 0.08797416
    #   ∂E/∂w2 = δ_hidden of 01 and 11 = -0.03862309 + 0.08898760 = 0.05036451
    #   ∂E/∂b_hidden = 0.08898760 - 0.03862309 - 0.00101343 + 0.08898760 = 0.13833867
    #   ∂E/∂b_output = 0.081 - 0.046875 - 0.00122996 + 0.081 = 0.11389504
    #
    # New values, old - 0.5 · gradient:
    #
    #   w1 =  1.09861229 - 0.04398708 =  1.05462521    b_hidden = -0.06916933
    #   w2 = -1.09861229 - 0.02518225 = -1.12379454    b_output = -0.05694752
    #   v  =  4.39444915 - 0.03417939 =  4.36026976
    ln_3 = np.log(3)
    start = np.array([ln_3, -ln_3, 4 * ln_3, 0, 0])
    trainer = Trainer(TrainConfig(hidden_size=1, learning_rate=0.5, biases=True), start)
    trainer.step()
    network, new = trainer.network, trainer.network.parameters
    by_hand: list[tuple[Array, Any]] = [
        (network.hidden, [[0.5], [0.25], [0.75], [0.5]]),
        (network.output, [[0.9], [0.75], [0.96428571], [0.9]]),
        (network.delta_output, [[0.081], [-0.046875], [-0.00122996], [0.081]]),
        (network.delta_hidden, [[0.08898760], [-0.03862309], [-0.00101343], [0.08898760]]),
        (network.gradients.weights_output, [[0.06835878]]),
        (network.gradients.weights_hidden, [[0.08797416], [0.05036451]]),
        (network.gradients.biases_hidden, [0.13833867]),
        (network.gradients.biases_output, [0.11389504]),
        (new.weights_hidden, [[1.05462521], [-1.12379454]]),
        (new.weights_output, [[4.36026976]]),
        (new.biases_hidden, [-0.06916933]),
        (new.biases_output, [-0.05694752]),
    ]
    for computed, expected in by_hand:
        np.testing.assert_allclose(computed, expected, rtol=0, atol=1e-8)
