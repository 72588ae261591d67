"""Impossible: truth tables that no weights of a network give, with the proof."""

from xorviz.core.config import TrainConfig
from xorviz.core.truth_table import GATES, ROW_NAMES


def proof(config: TrainConfig) -> tuple[str, ...] | None:
    """Prove in three lines that a network can't give its truth table; None if it may.

    One hidden unit h without biases gives ŷ = σ(v h), h > 0: v's sign alone puts all
    four rows on the same side of 0.5. With biases ŷ = σ(v h + c) is monotone in h, and
    h in w1·x1 + w2·x2 + b, so a straight line parts the ones from the zeros. Of the
    16 truth tables only XOR and XNOR have no such line (Minsky and Papert, "Perceptrons", 1969).

    Two hidden units give every truth table, with or without biases. So do more units, as
    output weights of 0 leave the others out.
    """
    ones = [name for name, target in zip(ROW_NAMES, config.targets, strict=True) if target == "1"]
    zeros = [name for name in ROW_NAMES if name not in ones]
    if config.hidden_size > 1:
        return None
    if config.biases:
        parted = config.targets not in (GATES["XOR"], GATES["XNOR"])
        return None if parted else _no_line(ones, zeros)
    return _one_side(ones[0], zeros[0]) if ones and zeros else None


def _one_side(one: str, zero: str) -> tuple[str, ...]:
    return (
        "ŷ = σ(v·h), and h > 0 for every input, as every σ is.",
        "So v > 0 puts all four ŷ above 0.5, v < 0 all four below, and v = 0 all on 0.5.",
        f"But {one} needs ŷ > 0.5 for its target 1, and {zero} needs ŷ < 0.5 for its target 0.",
    )


def _no_line(ones: list[str], zeros: list[str]) -> tuple[str, ...]:
    of_ones, of_zeros = (" + ".join(f"z({name})" for name in names) for names in (ones, zeros))
    return (
        f"z = w1·x1 + w2·x2 + b gives {of_ones} = w1 + w2 + 2b = {of_zeros}.",
        f"As z grows, ŷ never both rises and falls: {' and '.join(ones)}, whose targets are 1, "
        f"need both z above those of {' and '.join(zeros)}, whose targets are 0, or both below.",
        f"Then {of_ones} is more or less than {of_zeros}, yet they are equal.",
    )
