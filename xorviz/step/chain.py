"""Chain: the factors of the chain rule, whose product is a parameter's gradient."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from xorviz.core.names import CONSTANT, OUTPUT, edge, ends, node_index, parameter_names, unit_names
from xorviz.core.network import Array
from xorviz.core.truth_table import INPUTS
from xorviz.step.step import Step

Kind = Literal["error", "output", "weight", "hidden", "source"]
ROUNDING: Final = 1e-12
"""The relative difference that the order of the factors makes."""
KINDS: Final[Sequence[Kind]] = ("error", "output", "weight", "hidden", "source")
"""What a factor is: the error, the derivative of the output's sigmoid, a weight to the output,
the derivative of a hidden unit's sigmoid, or the value where the weight starts."""


@dataclass(frozen=True)
class Part:
    """What a factor belongs to.

    Attributes
    ----------
    kind
        The kind of the factor.
    at
        Its unit or edge of the network. The constant of a bias belongs to the bias's edge.
    """

    kind: Kind
    at: str

    @property
    def noun(self) -> str:
        """The factor in a word or two, without its unit or edge."""
        match self.kind:
            case "error" | "weight":
                return self.kind
            case "source":
                return {"x": "input", "h": "activation", CONSTANT: "constant"}[self.at[0]]
        return "derivative at"

    @property
    def words(self) -> str:
        """The factor in words."""
        if self.noun == "constant":
            return f"constant {CONSTANT}"
        return self.noun if self.kind == "error" else f"{self.noun} {self.at}"


@dataclass(frozen=True)
class Factor:
    """One factor of the chain rule for a parameter.

    Attributes
    ----------
    part
        What it belongs to.
    derivative
        The quantities above and below: ``("ŷ", "z_ŷ")`` for ∂ŷ/∂z_ŷ.
    values
        The value of the factor on each row, shape (4,).
    """

    part: Part
    derivative: tuple[str, str]
    values: Array


@lru_cache
def parts(hidden_size: int, biases: bool) -> Sequence[Part]:
    """Every part of a network that a factor belongs to."""
    units = unit_names(hidden_size)
    return (
        Part("error", OUTPUT),
        Part("output", OUTPUT),
        *(Part("weight", edge(unit, OUTPUT)) for unit in units),
        *(Part("hidden", unit) for unit in units),
        *dict.fromkeys(source(name) for name in parameter_names(hidden_size, biases)),
    )


def source(name: str) -> Part:
    """Where a parameter starts."""
    start, _ = ends(name)
    return Part("source", name if start == CONSTANT else start)


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
    start, target = ends(name)
    factors = [
        Factor(Part("error", OUTPUT), ("E", "ŷ"), step.error),
        Factor(Part("output", OUTPUT), ("ŷ", "z_ŷ"), step.derivative_output),
    ]
    if target != OUTPUT:
        unit = node_index(target)
        weight = np.full(4, step.layers.weights_output[unit, 0])
        derivative = step.derivative_hidden[:, unit]
        factors += [
            Factor(Part("weight", edge(target, OUTPUT)), ("z_ŷ", target), weight),
            Factor(Part("hidden", target), (target, f"z_{target}"), derivative),
        ]
    last = Factor(source(name), (f"z_{target}", "w"), source_values(step, start))
    return [*factors, last]


def chain_products(step: Step, name: str) -> Array:
    """The products of a parameter's factors on each row: its gradients, but for a mistake; (4,)."""
    if step.by_right_lines is None:
        return step.row_gradients[:, step.names.index(name)]
    products: Array = np.prod([factor.values for factor in chain(step, name)], axis=0)
    values = step.row_gradients[:, step.names.index(name)]
    return np.where(np.isclose(products, values, rtol=ROUNDING, atol=0), values, products)


def source_values(step: Step, source: str) -> Array:
    """The factor of a weight: the value at its source on each row; shape (4,)."""
    if source == CONSTANT:
        return np.ones(4)
    sources = INPUTS if source[0] == "x" else step.hidden
    return sources[:, node_index(source)]


def largest_share(step: Step, name: str = "") -> int:
    """Index of the row with the largest part in a parameter's gradient.

    Without a name, it is the row with the largest error.
    """
    values = step.row_gradients[:, step.names.index(name)] if name else step.error
    return int(np.nan_to_num(np.abs(values)).argmax())
