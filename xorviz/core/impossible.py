"""Impossible: tables that no weights of a network give."""

from xorviz.core.config import TrainConfig
from xorviz.core.truth_table import GATES


def is_impossible(config: TrainConfig) -> bool:
    """Whether no weights of a network give its table.

    One hidden unit h without biases gives ŷ = σ(v h), h > 0: v's sign alone puts all
    four rows on the same side of 0.5. With biases ŷ = σ(v h + c) is monotone in h, and
    h in w1·x1 + w2·x2 + b, so a straight line parts the ones from the zeros. Of the
    16 truth tables only XOR and XNOR have no such line (Minsky and Papert, "Perceptrons", 1969).

    Two hidden units give every truth table, with or without biases. So do more units, as
    output weights of 0 leave the others out.
    """
    if config.hidden_size > 1:
        return False
    if config.biases:
        return config.targets in (GATES["XOR"], GATES["XNOR"])
    return len({*config.targets}) > 1
