"""Proof: why no weights of one hidden unit give a table, in three lines."""

from collections.abc import Sequence

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import is_impossible
from xorviz.core.truth_table import ROW_NAMES


def proof(config: TrainConfig) -> Sequence[str]:
    """Prove that a network can't give its table; empty where it may. See `is_impossible`."""
    if not is_impossible(config):
        return ()
    ones = [name for name, target in zip(ROW_NAMES, config.targets, strict=True) if target == "1"]
    zeros = [name for name in ROW_NAMES if name not in ones]
    return _no_line(ones, zeros) if config.biases else _one_side(ones[0], zeros[0])


def _one_side(one: str, zero: str) -> Sequence[str]:
    return (
        "ŷ = σ(v·h), and h > 0 for every input, as every σ is.",
        "So v > 0 puts all four ŷ above 0.5, v < 0 all four below, and v = 0 all on 0.5.",
        f"But {one} needs ŷ > 0.5 for its target 1, and {zero} needs ŷ < 0.5 for its target 0.",
    )


def _no_line(ones: Sequence[str], zeros: Sequence[str]) -> Sequence[str]:
    of_ones, of_zeros = (" + ".join(f"z({name})" for name in names) for names in (ones, zeros))
    return (
        f"z = w1·x1 + w2·x2 + b gives {of_ones} = w1 + w2 + 2b = {of_zeros}.",
        f"As z grows, ŷ never both rises and falls: {' and '.join(ones)}, whose targets are 1, "
        f"need both z above those of {' and '.join(zeros)}, whose targets are 0, or both below.",
        f"Then {of_ones} is more or less than {of_zeros}, yet they are equal.",
    )
