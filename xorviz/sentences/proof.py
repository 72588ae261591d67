"""Proof: why no weights of one hidden unit give a table, in three lines."""

from collections.abc import Sequence

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import is_impossible
from xorviz.core.truth_table import ROW_NAMES


def proof(config: TrainConfig) -> Sequence[str]:
    """Prove that a network can't give its targets; empty where it may. See `is_impossible`."""
    if not is_impossible(config):
        return ()
    ones = [name for name, target in zip(ROW_NAMES, config.targets, strict=True) if target == "1"]
    zeros = [name for name in ROW_NAMES if name not in ones]
    return _no_line(ones, zeros) if config.biases else _one_side(ones[0], zeros[0])


def _one_side(one: str, zero: str) -> Sequence[str]:
    return (
        "The output is ŷ = σ(v·h), where v is the weight from h1 to ŷ. h is a sigmoid's output, so "
        "it is above 0 for every input.",
        "So all four ŷ are above 0.5 if v > 0, below 0.5 if v < 0, and exactly 0.5 if v = 0.",
        f"But {one} needs ŷ > 0.5 for its target 1, and {zero} needs ŷ < 0.5 for its target 0.",
    )


def _no_line(ones: Sequence[str], zeros: Sequence[str]) -> Sequence[str]:
    both_ones, both_zeros = (" and ".join(map("z({})".format, names)) for names in (ones, zeros))
    of_ones, of_zeros = (both.replace("and", "+") for both in (both_ones, both_zeros))
    return (
        "The hidden unit's sum is z = w1·x1 + w2·x2 + b, so "
        f"{of_ones} = w1 + w2 + 2b = {of_zeros}.",
        "As z grows, ŷ only rises, only falls or stays the same. So for the targets "
        f"{both_ones} would both have to be larger than {both_zeros}, or both smaller.",
        "Then the two sums would differ. But line 1 says that they are equal.",
    )
