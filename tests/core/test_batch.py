import pickle

import numpy as np
import pytest

from xorviz.core.batch import Batch, Networks
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, initial_parameters
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import GATES, target_column
from xorviz.core.verdict import KINDS, classify

EPOCHS = 1000
TOLERANCE = 1e-9
RATES = [1e-6, 0.5, 0.7]
"""Rates at which no network of up to 16 units makes more of a rounding within 1,000 epochs."""
SEEDS = [42, 2**32 - 1]


def each_with_each(
    seeds: list[int], rates: list[float], hidden_size: int, biases: bool, targets: str
) -> Networks:
    pairs = [(seed, rate) for rate in rates for seed in seeds]
    return Networks(*zip(*pairs, strict=True), hidden_size, biases, targets)


def trained(networks: Networks, epochs: int = EPOCHS) -> Batch:
    batch = Batch(networks)
    batch.run(epochs)
    return batch


def alone(networks: Networks, epochs: int = EPOCHS) -> Array:
    """Parameters of the same networks, each from a trainer of its own; shape (P, N)."""
    found = []
    for seed, rate in zip(networks.seeds, networks.learning_rates, strict=True):
        config = TrainConfig(
            seed, rate, networks.hidden_size, epochs, networks.biases, networks.targets
        )
        trainer = Trainer(config)
        trainer.run(epochs)
        found.append(trainer.parameters)
    return np.stack(found, axis=1)


def kinds(parameters: Array, networks: Networks) -> list[str]:
    predictions = Batch(networks, EPOCHS, parameters).predict()
    finite = np.isfinite(parameters).all(axis=0)
    found = classify(predictions, target_column(networks.targets), finite, possible=True)
    return [KINDS[kind] for kind in found]


@pytest.mark.parametrize(
    ("hidden_size", "biases", "targets"),
    [
        *((size, False, "0110") for size in (1, 2, 3, 5, 8, 16)),
        *((size, True, "0110") for size in (1, 2, 7, 16)),
        (2, False, "0111"),
        (2, True, "0001"),
        (3, False, "1111"),
        (4, True, "1001"),
        (16, True, "1001"),
    ],
)
def test_every_network_gets_the_weights_it_gets_alone(
    hidden_size: int, biases: bool, targets: str
) -> None:
    networks = each_with_each(SEEDS, RATES, hidden_size, biases, targets)
    np.testing.assert_allclose(trained(networks).parameters, alone(networks), rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("hidden_size", "biases", "rate"), [(2, False, 1.2), (3, False, 1.2), (4, True, 1.2)]
)
def test_small_networks_bear_a_larger_rate(hidden_size: int, biases: bool, rate: float) -> None:
    networks = each_with_each(list(range(8)), [rate], hidden_size, biases, "0110")
    np.testing.assert_allclose(trained(networks).parameters, alone(networks), rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("seed", "rate", "hidden_size", "kind"),
    [(7, 10.0, 2, "3 of 4"), (18, 10.0, 2, "3 of 4"), (22, 5.0, 16, "solved")],
)
def test_a_large_rate_makes_other_weights_of_a_rounding_but_not_another_verdict(
    seed: int, rate: float, hidden_size: int, kind: str
) -> None:
    # However they are rounded: any two of 150 runs moved by 1e-15 part by 0.001 and more, and all
    # have this verdict.
    networks = each_with_each([seed], [rate], hidden_size, False, "0110")
    ours, theirs = trained(networks).parameters, alone(networks)
    assert np.abs(ours - theirs).max() > TOLERANCE
    assert kinds(ours, networks) == kinds(theirs, networks) == [kind]

    nearly = initial_parameters(seed, hidden_size, biases=False)[:, np.newaxis] * (1 + 1e-15)
    moved = Batch(networks, parameters=nearly)
    moved.run(EPOCHS)
    assert np.abs(ours - moved.parameters).max() > TOLERANCE
    assert kinds(moved.parameters, networks) == [kind]


def test_the_initial_weights_are_the_trainers() -> None:
    batch = Batch(each_with_each(SEEDS, [0.5], 3, True, "0110"))
    drawn = [Trainer(TrainConfig(seed, hidden_size=3, biases=True)).parameters for seed in SEEDS]
    assert batch.parameters.T.tolist() == np.array(drawn).tolist()


@pytest.mark.parametrize("biases", [False, True])
def test_predictions_are_those_of_the_present_state(biases: bool) -> None:
    networks = each_with_each(SEEDS, [0.1, 0.5], 3, biases, "0110")
    batch = trained(networks, 200)
    for index, parameters in enumerate(batch.parameters.T):
        config = TrainConfig(hidden_size=3, biases=biases)
        predictions = Trainer(config, parameters.copy()).predict()[:, 0]
        np.testing.assert_allclose(batch.predict()[:, index], predictions, rtol=0, atol=1e-14)


def test_a_network_is_the_same_whoever_lies_beside_it() -> None:
    many = each_with_each(list(range(50)), [0.1, 5.0], 2, False, "0110")
    few = Networks(many.seeds[70:77], many.learning_rates[70:77], 2, False, "0110")
    assert trained(few).parameters.tolist() == trained(many).parameters[:, 70:77].tolist()


@pytest.mark.parametrize("biases", [False, True])
def test_a_batch_that_was_stored_goes_on_to_the_same_bits(biases: bool) -> None:
    networks = each_with_each(SEEDS, [0.5, 2.0, 10.0], 2, biases, "0110")
    stored: Batch = pickle.loads(pickle.dumps(trained(networks, 400)))
    assert stored.epoch == 400
    stored.run(600)
    whole = trained(networks)
    assert stored.epoch == whole.epoch == EPOCHS
    assert stored.parameters.tolist() == whole.parameters.tolist()
    assert stored.wrong_until.tolist() == whole.wrong_until.tolist()


def test_wrong_until_is_the_last_state_in_which_not_all_four_were_right() -> None:
    networks = each_with_each(list(range(12)), [0.5, 2.0], 2, True, "0111")
    batch, wrong_until = Batch(networks), np.full(24, -1)
    for epoch in range(100):
        right = np.abs(batch.predict() - target_column("0111")) < 0.5
        wrong_until[~right.all(axis=0)] = epoch
        batch.run(1)
    assert batch.wrong_until.tolist() == wrong_until.tolist()
    assert -1 < wrong_until.min() < 99 == wrong_until.max()


def test_what_was_never_wrong_says_so() -> None:
    solved = np.array([[10.0, -10, 10, -10, 10, 10, -5, 15, -15]]).T
    batch = Batch(Networks([0], [0.5], 2, True, GATES["XOR"]), parameters=solved)
    batch.run(5)
    assert batch.wrong_until.tolist() == [-1]


@pytest.mark.parametrize("biases", [False, True])
def test_a_network_that_overflows_leaves_its_neighbours_alone(biases: bool) -> None:
    far_out = [0.0, 0, 0, 0, 1e10, -1e10, *([0.0] * 3 if biases else [])]
    networks = Networks([0, 0, 1], [0.5, 1e308, 0.5], 2, biases, "0111")
    parameters = Batch(networks).parameters
    parameters[:, 1] = far_out
    batch = Batch(networks, parameters=parameters)
    batch.run(30)
    assert np.isfinite(batch.parameters).all(axis=0).tolist() == [True, False, True]
    lone = trained(Networks([0, 1], [0.5, 0.5], 2, biases, "0111"), 30)
    assert batch.parameters[:, ::2].tolist() == lone.parameters.tolist()
