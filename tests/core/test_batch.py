import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import runs
from xorviz.core import products
from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.network import Array
from xorviz.core.reference import reference_run
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import GATES

EPOCHS = 300
RATES = (0.01, 0.5, 2.0, 10.0, 30.0, 100.0)
MIXED = [
    TrainConfig(seed, rate, 2, EPOCHS, False, targets)
    for seed, rate, targets in zip((0, 1, 42, 913, 998, 999), RATES, GATES.values(), strict=True)
]
"""Networks of one architecture that have nothing else in common."""


def trained(configs: list[TrainConfig], epochs: int) -> Batch:
    batch = Batch(configs)
    batch.run(epochs)
    return batch


def alone(config: TrainConfig, epochs: int) -> Array:
    trainer = Trainer(config)
    trainer.run(epochs)
    return trainer.parameters


def assert_exact(batch: Batch, configs: list[TrainConfig]) -> None:
    """Whether each network's state has the bits that a trainer gives it alone."""
    for network, config in enumerate(configs):
        if not batch.overflowed[network]:
            ours = np.ascontiguousarray(batch.parameters[:, network])
            assert ours.tobytes() == alone(config, batch.epoch).tobytes(), config


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", range(1, 17))
@pytest.mark.parametrize("together", [True, False], ids=["stacked", "one by one"])
def test_every_network_has_the_bits_of_the_notebooks_loop(
    hidden_size: int, biases: bool, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(products, "agree", lambda: together)
    epochs = EPOCHS if together else 20
    configs = [
        TrainConfig(seed, rate, hidden_size, epochs, biases, targets)
        for seed, rate, targets in zip(range(6), RATES, GATES.values(), strict=True)
    ]
    batch = trained(configs, epochs)
    for network, config in enumerate(configs):
        ours = np.ascontiguousarray(batch.parameters[:, network])
        assert ours.tobytes() == reference_run(config).parameters.tobytes()


@given(st.lists(runs(most_epochs=60), min_size=1, max_size=5), st.integers(0, 60))
def test_any_networks_have_the_bits_they_have_alone(drawn: list[TrainConfig], epochs: int) -> None:
    alike: dict[tuple[int, bool], list[TrainConfig]] = {}
    for config in drawn:
        alike.setdefault((config.hidden_size, config.biases), []).append(config)
    for configs in alike.values():
        assert_exact(trained(configs, epochs), configs)


def test_a_network_is_the_same_whoever_lies_beside_it_and_however_many() -> None:
    many = [TrainConfig(seed, 10.0) for seed in range(70)]
    few = trained(many[33:36], EPOCHS)
    assert few.parameters.tolist() == trained(many, EPOCHS).parameters[:, 33:36].tolist()


def test_networks_of_several_architectures_are_no_batch() -> None:
    for other in (TrainConfig(hidden_size=3), TrainConfig(biases=True)):
        with pytest.raises(ValueError, match="one hidden size"):
            Batch([TrainConfig(), other])
    with pytest.raises(ValueError, match="one hidden size"):
        Batch([])


def test_predictions_are_those_before_each_update_and_of_the_present_state() -> None:
    batch, seen = Batch(MIXED), np.empty((50, 4, len(MIXED)))
    batch.run(50, seen)
    for network, config in enumerate(MIXED):
        trainer, predictions = Trainer(config), np.empty((50, 4, 1))
        trainer.run(50, predictions)
        assert seen[:, :, network].tolist() == predictions[:, :, 0].tolist()
        assert batch.predict()[:, network].tolist() == trainer.predict()[:, 0].tolist()


def test_edits_and_forks_are_each_networks_own() -> None:
    edits = (Edit(0, "x1 → h1", -3.0), Edit(40, "h2 → ŷ", 2.5), Edit(60, "η", 4.0))
    configs = [TrainConfig(edits=edits), TrainConfig(), TrainConfig(edits=(Edit(60, "η", 0.1),))]
    batch = Batch(configs)
    assert_exact(batch, configs)
    for _ in range(3):
        batch.run(30)
        assert_exact(batch, configs)


def test_a_batch_that_was_stored_goes_on_to_the_same_bits() -> None:
    configs = [*MIXED, TrainConfig(edits=(Edit(250, "h1 → ŷ", 9.0),))]
    stored: Batch = pickle.loads(pickle.dumps(trained(configs, 200)))
    assert stored.epoch == 200
    stored.run(100)
    assert_exact(stored, configs)


def test_networks_that_leave_a_batch_leave_the_others_as_they_are() -> None:
    configs = [*MIXED, TrainConfig(edits=(Edit(250, "h1 → ŷ", 9.0),))]
    kept = np.array([False, True, True, False, True, False, True])
    whole = trained(configs, 200)
    rest = whole.only(kept)
    rest.run(100)
    assert_exact(rest, [config for config, stays in zip(configs, kept, strict=True) if stays])
    assert_exact(whole, configs)


FAR_OUT = np.array([0.0, 0.0, 0.0, 0.0, 1e10, -1e10])
"""Weights from which the first update at the largest rate overflows."""


def test_a_network_that_overflows_is_known_and_leaves_its_neighbours_alone() -> None:
    configs = [TrainConfig(seed, rate, targets="0111") for seed, rate in ((0, 0.5), (0, 1e308))]
    configs.append(TrainConfig(1, targets="0111"))
    batch = Batch(configs)
    batch.parameters[:, 1] = FAR_OUT
    batch.run(30)
    trainer = Trainer(configs[1], FAR_OUT)
    trainer.run(30)
    assert not np.isfinite(trainer.parameters).any()
    assert batch.overflowed.tolist() == [False, True, False]
    assert_exact(batch, configs)


def test_an_edit_does_not_hide_that_a_network_overflowed() -> None:
    names = ("x1 → h1", "x1 → h2", "x2 → h1", "x2 → h2", "h1 → ŷ", "h2 → ŷ")
    healed = tuple(Edit(20, name, 0.5) for name in names)
    batch = Batch([TrainConfig(0, 1e308, targets="0111", edits=healed)])
    batch.parameters[:, 0] = FAR_OUT
    batch.run(20)
    assert np.isfinite(batch.parameters).all()
    assert batch.overflowed.tolist() == [True]
