"""Where the inputs stand on the units' curves, held against the network's own forward pass."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.network import Network
from xorviz.core.trainer import Trainer
from xorviz.doctor.standing import MOST, Standing, stand
from xorviz.step.step import open_step


def standing_of(config: TrainConfig) -> tuple[Standing, Network]:
    """The standing at a run's end, and a network with the same weights that has gone forward."""
    trainer = Trainer(config)
    trainer.run(config.epochs)
    standing = stand(open_step(config, trainer.parameters, config.epochs))
    assert standing is not None
    network = Network(trainer.parameters.copy(), config.hidden_size, config.biases)
    network.forward()
    return standing, network


@given(
    seed=st.integers(0, 999),
    size=st.integers(1, 16),
    biases=st.booleans(),
    rate=st.floats(0.01, 10),
)
def test_activations_are_those_of_the_forward_pass_and_of_the_flattest_units(
    seed: int, size: int, biases: bool, rate: float
) -> None:
    config = TrainConfig(seed, rate, size, epochs=200, biases=biases)
    standing, network = standing_of(config)
    units = np.array(standing.units) - 1
    sums, activations = np.array(standing.sums), np.array(standing.activations)
    assert standing.hidden_size == size
    assert [*standing.units] == sorted({*standing.units})
    assert len(units) == min(size, MOST)
    assert (activations[:, :-1] == network.hidden[:, units]).all()
    assert (activations[:, -1:] == network.output).all()
    assert activations == pytest.approx(1 / (1 + np.exp(-sums)), abs=1e-12)
    reached = network.hidden[0 if biases else 1 :]
    steepest = (reached * (1 - reached)).max(axis=0)
    others = np.delete(steepest, units)
    assert not others.size or steepest[units].max() <= others.min()


def test_numbers_that_are_not_finite_stand_nowhere() -> None:
    config = TrainConfig(epochs=1)
    step = open_step(config, np.full(6, np.nan), 1)
    assert stand(step) is None
