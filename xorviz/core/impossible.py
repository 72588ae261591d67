"""Impossible: tables that no weights of a network give."""

from xorviz.core.config import TrainConfig
from xorviz.core.truth_table import GATES


def is_impossible(config: TrainConfig) -> bool:
    """Whether no weights of a network give its table.

    One hidden unit h without biases gives ŷ = σ(v h), h > 0: v's sign alone puts all
    four rows on the same side of 0.5. With biases ŷ = σ(v h + c) is monotone in h and
    that in w1·x1 + w2·x2 + b, so a straight line parts the ones from the zeros; of the
    16 tables XOR and XNOR alone have none (Minsky and Papert, "Perceptrons", 1969).

    Two hidden units give every table, biases or not; so do more, as weights of 0 leave
    the rest out.
    """
    if config.hidden_size > 1:
        return False
    if config.biases:
        return config.targets in (GATES["XOR"], GATES["XNOR"])
    return len({*config.targets}) > 1
