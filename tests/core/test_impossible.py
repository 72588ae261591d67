import numpy as np
import pytest

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import is_impossible
from xorviz.core.network import Array, sigmoid
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import INPUTS

TABLES = [f"{table:04b}" for table in range(16)]
NETWORKS = [(1, False), (1, True), (2, False), (2, True), (3, False), (3, True)]
POSSIBLE = {(1, False): ["0000", "1111"], (1, True): sorted({*TABLES} - {"0110", "1001"})}


def solves(config: TrainConfig) -> bool:
    """Whether real training gets all four right, within 1,200 epochs."""
    trainer = Trainer(config)
    for _ in range(12):
        trainer.run(100)
        outputs = trainer.predict().ravel()
        if all(
            output > 0.5 if target == "1" else output < 0.5
            for output, target in zip(outputs, config.targets, strict=True)
        ):
            return True
    return False


def tables_of(outputs: Array) -> set[str]:
    """The tables that these outputs of many networks give, shape (N, 4)."""
    decided = outputs[(outputs != 0.5).all(axis=1)]
    rows = np.unique(decided > 0.5, axis=0).astype(int).tolist()
    return {"".join(map(str, row)) for row in rows}


@pytest.mark.parametrize(("hidden_size", "biases"), NETWORKS)
def test_a_table_that_is_not_called_impossible_is_learned(hidden_size: int, biases: bool) -> None:
    settings = [(seed, rate) for seed in range(8) for rate in (5.0, 2.0)]
    for targets in TABLES:
        runs = [
            TrainConfig(seed, rate, hidden_size, 1200, biases, targets) for seed, rate in settings
        ]
        possible = targets in POSSIBLE.get((hidden_size, biases), TABLES)
        assert is_impossible(runs[0]) != possible, targets
        assert not possible or any(map(solves, runs)), targets


@pytest.mark.parametrize("biases", [False, True])
def test_a_table_that_is_called_impossible_is_given_by_no_weights_tried(biases: bool) -> None:
    generator = np.random.default_rng(3)
    scale = 10.0 ** generator.uniform(-2, 2, size=(200_000, 1))
    w1, w2, v, b, c = (scale * generator.normal(size=(200_000, 5))).T[:, :, np.newaxis]
    hidden = sigmoid(w1 * INPUTS[:, 0] + w2 * INPUTS[:, 1] + b * biases)
    outputs = sigmoid(v * hidden + c * biases)
    assert sorted(tables_of(outputs)) == POSSIBLE[1, biases]


@pytest.mark.parametrize("targets", ["0110", "1001", "0001"])
@pytest.mark.parametrize("seed", range(3))
def test_a_table_that_is_called_impossible_is_never_learned(targets: str, seed: int) -> None:
    for biases in (False, True):
        config = TrainConfig(seed, 5.0, 1, 1200, biases, targets)
        assert not (is_impossible(config) and solves(config))
