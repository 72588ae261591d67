import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import is_impossible
from xorviz.core.truth_table import ROW_NAMES
from xorviz.sentences.proof import proof

TABLES = [f"{table:04b}" for table in range(16)]


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
    assert len(lines) == (3 if is_impossible(config) else 0)
    assert all(line.isprintable() and 0 < len(line) < 160 for line in lines)


@pytest.mark.parametrize("targets", sorted({*TABLES} - {"0000", "1111"}))
def test_a_proof_without_biases_names_a_row_of_either_target(targets: str) -> None:
    *_, last = proof(TrainConfig(hidden_size=1, targets=targets))
    (one,) = (name for name in ROW_NAMES if f"{name} needs ŷ > 0.5" in last)
    (zero,) = (name for name in ROW_NAMES if f"{name} needs ŷ < 0.5" in last)
    assert (targets[ROW_NAMES.index(one)], targets[ROW_NAMES.index(zero)]) == ("1", "0")


def test_the_proofs_read_as_they_should() -> None:
    assert proof(TrainConfig(hidden_size=1)) == (
        "The output is ŷ = σ(v·h), where v is the weight from h1 to ŷ. h is a sigmoid's output, so "
        "it is above 0 for every input.",
        "So all four ŷ are above 0.5 if v > 0, below 0.5 if v < 0, and exactly 0.5 if v = 0.",
        "But 01 needs ŷ > 0.5 for its target 1, and 00 needs ŷ < 0.5 for its target 0.",
    )
    assert proof(TrainConfig(hidden_size=1, biases=True, targets="1001")) == (
        "The hidden unit's sum is z = w1·x1 + w2·x2 + b, so "
        "z(00) + z(11) = w1 + w2 + 2b = z(01) + z(10).",
        "As z grows, ŷ only rises, only falls or stays the same. So for the targets z(00) and "
        "z(11) would both have to be larger than z(01) and z(10), or both smaller.",
        "Then the two sums would differ. But line 1 says that they are equal.",
    )
