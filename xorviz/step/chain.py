"""Chain: the factors of the chain rule, whose product is a parameter's gradient."""

from dataclasses import dataclass

import numpy as np

from xorviz.core.names import CONSTANT, OUTPUT, ends, node_index
from xorviz.core.network import Array
from xorviz.core.truth_table import INPUTS
from xorviz.step.step import Step


@dataclass(frozen=True)
class Factor:
    """One factor of the chain rule for a parameter.

    Attributes
    ----------
    derivative
        The quantities above and below: ``("ŷ", "z_ŷ")`` for ∂ŷ/∂z_ŷ.
    values
        The value of the factor on each row, shape (4,).
    """

    derivative: tuple[str, str]
    values: Array


def chain(step: Step, name: str) -> list[Factor]:
    """Take one parameter's gradient apart: on each row it is the product of these factors.

    For an edge into the output, from a hidden unit h or the constant 1::

        ∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂z_ŷ · ∂z_ŷ/∂w        (= error · σ′ · h)

    and for an edge into hidden unit h, from an input x or the constant 1::

        ∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂z_ŷ · ∂z_ŷ/∂h · ∂h/∂z_h · ∂z_h/∂w
                                               (= error · σ′ · w_h · σ′ · x)

    Raises
    ------
    ValueError
        Where the network has no parameter of this name.
    """
    if name not in step.names:
        raise ValueError(f"the network has no weight {name}")
    source, target = ends(name)
    factors = [Factor(("E", "ŷ"), step.error), Factor(("ŷ", "z_ŷ"), step.derivative_output)]
    if target != OUTPUT:
        unit = node_index(target)
        weight = step.layers.weights_output[unit, 0]
        factors += [
            Factor(("z_ŷ", target), np.full(4, weight)),
            Factor((target, f"z_{target}"), step.derivative_hidden[:, unit]),
        ]
    return [*factors, Factor((f"z_{target}", "w"), source_values(step, source))]


def source_values(step: Step, source: str) -> Array:
    """The factor of a weight: the value at its source on each row; shape (4,)."""
    if source == CONSTANT:
        return np.ones(4)
    sources = INPUTS if source[0] == "x" else step.hidden
    return sources[:, node_index(source)]
