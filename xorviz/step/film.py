"""Film: one training step as beats, from the first input to the new weights.

A beat has the numbers that its edges and units show. Edges and units are named as in
`core.names`. The film computes nothing but the products on the edges.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from xorviz.core.names import OUTPUT, edge, ends, node_index
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.chain import source_values
from xorviz.step.step import Step

Kind = Literal[
    "hidden", "output", "error", "delta_output", "delta_hidden", "shares", "sum", "update"
]
OF_INPUT: Final[Sequence[Kind]] = (
    "hidden",
    "output",
    "error",
    "delta_output",
    "delta_hidden",
    "shares",
)
"""The beats of one input, in their order."""
KINDS: Final[Sequence[Kind]] = (*OF_INPUT, "sum", "update")
COUNT: Final = len(OF_INPUT) * len(ROW_NAMES) + 2
"""Beats of a film: those of each input, the sum and the update."""


@dataclass(frozen=True)
class Beat:
    """One beat of a film.

    Attributes
    ----------
    kind
        What happens in it.
    row
        Index of its input; None where all inputs count.
    edges
        By edge: source, weight and product (`hidden`, `output`); δ of the output, weight and
        product (`delta_hidden`); source, δ of the target and share (`shares`); the inputs'
        shares and the gradient (`sum`); old value, update and new value (`update`).
    units
        By unit: the value of an input; z and activation (`hidden`, `output`); output, target and
        error (`error`); error, σ′ and δ (`delta_output`); δ times the weight, σ′ and the unit's
        δ (`delta_hidden`).
    """

    kind: Kind
    row: int | None
    edges: Mapping[str, Sequence[float]] = field(default_factory=dict)
    units: Mapping[str, Sequence[float]] = field(default_factory=dict)


def film(step: Step) -> list[Beat]:
    """Lay a step out in beats: each input's forward and backward pass, the sum, the update."""
    beats = [beat for row in range(len(ROW_NAMES)) for beat in _passes(step, row)]
    return [*beats, _sum(step), _update(step)]


def kind_at(beat: int) -> Kind:
    """The kind of a film's beat, by its index."""
    return KINDS[beat - COUNT] if row_at(beat) is None else OF_INPUT[beat % len(OF_INPUT)]


def row_at(beat: int) -> int | None:
    """Index of the input that a film's beat is about; None where all inputs count."""
    row = beat // len(OF_INPUT)
    return row if row < len(ROW_NAMES) else None


def _passes(step: Step, row: int) -> Iterator[Beat]:
    hidden = {
        unit: (step.z_hidden[row, index], step.hidden[row, index])
        for index, unit in enumerate(step.units)
    }
    inputs = {name: (source_values(step, name)[row],) for name in ("x1", "x2")}
    yield Beat("hidden", row, _products(step, row, is_output=False), {**inputs, **hidden})
    output = step.z_output[row], step.output[row]
    yield Beat("output", row, _products(step, row, is_output=True), {OUTPUT: output})
    error = step.output[row], float(step.config.targets[row]), step.error[row]
    yield Beat("error", row, units={OUTPUT: error})
    delta = step.error[row], step.derivative_output[row], step.delta_output[row]
    yield Beat("delta_output", row, units={OUTPUT: delta})
    yield _delta_hidden(step, row)
    yield Beat("shares", row, _shares(step, row), inputs)


def _products(step: Step, row: int, *, is_output: bool) -> Mapping[str, Sequence[float]]:
    """Source, weight and product of every edge into the output, or into the hidden units."""
    products = {}
    for name, weight in zip(step.names, step.old, strict=True):
        source, target = ends(name)
        if (target == OUTPUT) == is_output:
            value = source_values(step, source)[row]
            products[name] = value, weight, value * weight
    return products


def _delta_hidden(step: Step, row: int) -> Beat:
    edges, units = {}, {}
    delta = step.delta_output[row]
    for index, unit in enumerate(step.units):
        weight = step.layers.weights_output[index, 0]
        edges[edge(unit, OUTPUT)] = delta, weight, delta * weight
        derivative = step.derivative_hidden[row, index]
        units[unit] = delta * weight, derivative, step.delta_hidden[row, index]
    return Beat("delta_hidden", row, edges, units)


def _shares(step: Step, row: int) -> Mapping[str, Sequence[float]]:
    """Source, δ of the target, and their product: this input's share of each gradient."""
    shares = {}
    for name, share in zip(step.names, step.row_gradients[row], strict=True):
        source, target = ends(name)
        shares[name] = source_values(step, source)[row], _delta(step, row, target), share
    return shares


def _delta(step: Step, row: int, unit: str) -> float:
    if unit == OUTPUT:
        return float(step.delta_output[row])
    return float(step.delta_hidden[row, node_index(unit)])


def _sum(step: Step) -> Beat:
    columns = zip(step.names, step.row_gradients.T, step.gradients, strict=True)
    return Beat("sum", None, {name: (*shares, total) for name, shares, total in columns})


def _update(step: Step) -> Beat:
    columns = zip(step.names, step.old, step.updates, step.new, strict=True)
    return Beat("update", None, {name: (old, update, new) for name, old, update, new in columns})
