"""Flow: the gradients or updates of a step at the network's edges, and its deltas at the units."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array
from xorviz.figures.chart import Channel
from xorviz.step.step import Step


@dataclass(frozen=True)
class Flow:
    """Numbers that a diagram shows in place of its edges' values, and at its nodes.

    Widths go by powers of ten: from `largest`, drawn widest, over six decades.

    Attributes
    ----------
    symbol
        What an edge's number is, in the field's notation.
    hint
        How to read the diagram; ``{widest}`` stands for the number of the widest line.
    edges
        The number of each edge in each frame, shape (frames,).
    largest, largest_node
        The largest of all edges' numbers, and of all nodes'.
    nodes
        The deltas of each node with a picture on each input, shape (frames, pictures, inputs).
    """

    symbol: str
    hint: str
    edges: Sequence[NDArray[np.float32]]
    largest: float
    largest_node: float
    nodes: Channel


def gradients(steps: Sequence[Step]) -> Flow:
    """Show the gradient of every weight and bias."""
    return _flow(steps, [step.gradients for step in steps], "∂E/∂w", "its gradient ∂E/∂w")


def updates(steps: Sequence[Step]) -> Flow:
    """Show the update of every weight and bias."""
    return _flow(steps, [step.updates for step in steps], "update", "its update −η · ∂E/∂w")


def _flow(steps: Sequence[Step], rows: Sequence[Array], symbol: str, words: str) -> Flow:
    deltas = [np.column_stack([step.delta_hidden, step.delta_output]).T for step in steps]
    with np.errstate(over="ignore"):
        edges, nodes = np.array(rows, np.float32), np.array(deltas, np.float32)
    return Flow(
        symbol=symbol,
        hint=f"A line's width is {words}, {{widest}} at the widest. Widths are logarithmic: a line "
        "half as wide stands for a number 1,000 times smaller. A ring is a unit's largest |δ|.",
        edges=list(edges.T),
        largest=_largest(edges),
        largest_node=_largest(nodes),
        nodes=Channel(None, "deltas", nodes),
    )


def _largest(values: NDArray[np.float32]) -> float:
    sizes = np.abs(values[np.isfinite(values)])
    return float(sizes.max(initial=1e-30))
