"""The network as a diagram: its units, and every weight as an edge."""

from typing import Final

import numpy as np

from xorviz.core.decision_surface import unit_surfaces
from xorviz.core.frames import Frames
from xorviz.core.names import CONSTANT, OUTPUT, ends, parameter_names, unit_names
from xorviz.core.network import Array, forward_pass
from xorviz.core.truth_table import ROW_NAMES
from xorviz.figures.chart import Channel, Diagram, Edge, Node
from xorviz.figures.switches import view, views_switch
from xorviz.figures.theme import BLUE, MUTED, ORANGE

BIAS_HINT: Final = "Always 1. The weights on its lines are the biases."


def chart(frames: Frames) -> Diagram:
    """Draw inputs on the left, hidden units in the middle, the output on the right."""
    config = frames.config
    nodes = _nodes(config.hidden_size, config.biases)
    surfaces = unit_surfaces(frames.parameters, config.hidden_size, frames.is_linear)
    return Diagram(
        name="network",
        title="Network",
        hint="A line is a weight, wider for a larger one. The picture in a unit is its output for "
        "every x1 (across) and x2 (up).",
        nodes=nodes,
        edges=_edges(frames, nodes),
        colours=(BLUE, ORANGE),
        muted=MUTED,
        widest=_widest(frames.parameters),
        pictures=[Channel(None, "picture", each, decimals=2) for each in surfaces.swapaxes(0, 1)],
        activations=Channel(None, "activations", _activations(frames), decimals=2),
        input_names=ROW_NAMES,
        switches=[views_switch("Edges", "edges", "weights", view("gradients"), view("updates"))],
    )


def _nodes(hidden_size: int, biases: bool) -> list[Node]:
    """Arrange the nodes in three columns, the constants of the biases lowest."""
    constant = [(CONSTANT, BIAS_HINT, None)] if biases else []
    inputs = [(name, f"Input {name}.", None) for name in ("x1", "x2")]
    units = enumerate(unit_names(hidden_size))
    hidden = [(name, f"Hidden unit {name}", picture) for picture, name in units]
    output = [(OUTPUT, f"Output {OUTPUT}", hidden_size)]
    columns = (0.0, [*inputs, *constant]), (0.5, [*hidden, *constant]), (1.0, output)
    return [
        Node(name, hint, x, (row + 0.5) / len(column), picture)
        for x, column in columns
        for row, (name, hint, picture) in enumerate(column)
    ]


def _edges(frames: Frames, nodes: list[Node]) -> list[Edge]:
    """Connect the nodes by the parameters' names; a bias starts in the column before its unit."""
    names = parameter_names(frames.config.hidden_size, frames.config.biases)
    with np.errstate(over="ignore"):
        weights = frames.parameters.astype(np.float32)
    indices = {(node.x, node.name): index for index, node in enumerate(nodes)}
    edges = []
    for name, values in zip(names, weights.T, strict=True):
        source, target = ends(name)
        left, right = (0.5, 1.0) if target == OUTPUT else (0.0, 0.5)
        edges.append(Edge(name, indices[left, source], indices[right, target], values))
    return edges


def _widest(parameters: Array) -> float:
    """The largest finite weight of the run."""
    sizes = np.abs(parameters[np.isfinite(parameters)])
    return float(sizes.max(initial=1e-9))


def _activations(frames: Frames) -> Array:
    """Activations of the hidden units and, last, the output, on each row; shape (F, H + 1, 4)."""
    hidden = forward_pass(frames.parameters, frames.config.hidden_size).hidden
    outputs = frames.predictions[:, :, np.newaxis]
    return np.concatenate([hidden, outputs], axis=2).transpose(0, 2, 1)
