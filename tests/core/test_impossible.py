import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import proof
from xorviz.core.network import Array, sigmoid
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import INPUTS, ROW_NAMES

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
@pytest.mark.parametrize("targets", TABLES)
def test_a_table_that_is_not_called_impossible_is_learned(
    hidden_size: int, biases: bool, targets: str
) -> None:
    possible = targets in POSSIBLE.get((hidden_size, biases), TABLES)
    config = TrainConfig(0, 5.0, hidden_size, 1200, biases, targets)
    assert (proof(config) is None) == possible
    if possible:
        settings = [(seed, rate) for seed in range(8) for rate in (5.0, 2.0)]
        assert any(
            solves(TrainConfig(seed, rate, hidden_size, 1200, biases, targets))
            for seed, rate in settings
        )


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
        assert proof(config) is None or not solves(config)


@given(
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=st.sampled_from(TABLES),
    seed=st.integers(0, 999),
    learning_rate=st.floats(0.01, 10),
)
def test_a_proof_is_three_short_lines_and_the_same_for_every_rate_and_seed(
    hidden_size: int, biases: bool, targets: str, seed: int, learning_rate: float
) -> None:
    config = TrainConfig(seed, learning_rate, hidden_size, biases=biases, targets=targets)
    lines = proof(config)
    assert lines == proof(TrainConfig(hidden_size=hidden_size, biases=biases, targets=targets))
    if lines is not None:
        assert hidden_size == 1
        assert len(lines) == 3
        assert all(line.isprintable() and 0 < len(line) < 160 for line in lines)


@pytest.mark.parametrize("targets", sorted({*TABLES} - {"0000", "1111"}))
def test_a_proof_without_biases_names_a_row_of_either_target(targets: str) -> None:
    lines = proof(TrainConfig(hidden_size=1, targets=targets))
    assert lines is not None
    last = lines[2]
    (one,) = (name for name in ROW_NAMES if f"{name} needs ŷ > 0.5" in last)
    (zero,) = (name for name in ROW_NAMES if f"{name} needs ŷ < 0.5" in last)
    assert (targets[ROW_NAMES.index(one)], targets[ROW_NAMES.index(zero)]) == ("1", "0")


def test_the_proofs_read_as_they_should() -> None:
    assert proof(TrainConfig(hidden_size=1)) == (
        "ŷ = σ(v·h), and h > 0 for every input, as every σ is.",
        "So v > 0 puts all four ŷ above 0.5, v < 0 all four below, and v = 0 all on 0.5.",
        "But 01 needs ŷ > 0.5 for its target 1, and 00 needs ŷ < 0.5 for its target 0.",
    )
    assert proof(TrainConfig(hidden_size=1, biases=True, targets="1001")) == (
        "z = w1·x1 + w2·x2 + b gives z(00) + z(11) = w1 + w2 + 2b = z(01) + z(10).",
        "As z grows, ŷ never both rises and falls: 00 and 11, whose targets are 1, need both z "
        "above those of 01 and 10, whose targets are 0, or both below.",
        "Then z(00) + z(11) is more or less than z(01) + z(10), yet they are equal.",
    )
