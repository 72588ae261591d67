"""Chart and Diagram: the figures that the stage shows, with their moving parts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.figures.switches import Switch

Spec = dict[str, Any]
"""A piece of a Plotly figure."""

DIGIT: Final = 2.0**-24 / 32767
"""Value of one unit in a parameter's further digits, as a share of it; see boundary.js."""


@dataclass(frozen=True)
class Channel:
    """One moving part of a chart: an attribute of a trace or of the layout, with a value per frame.

    Attributes
    ----------
    trace
        Index of the trace in the chart; None for the layout.
    attribute
        Plotly's name of the attribute, such as ``"z"`` or ``"shapes"``.
    data
        Shape (frames, ...); a frame's slice is the attribute's value.
    decimals
        Decimals that the data are rounded to before they are sent, which makes them
        small; None for no rounding.
    choices
        Values that the data are indices into; None where the data are the values.
    """

    trace: int | None
    attribute: str
    data: NDArray[Any]
    decimals: int | None = None
    choices: Sequence[Spec] | None = None


@dataclass(frozen=True)
class Boundary:
    """The weights from which the stage computes where a network's output is 0.5.

    Attributes
    ----------
    hidden_size
        Number of hidden units.
    weights
        Each parameter's values, shape (frames,), in the order of `network.Layers`.
    frames
        Frames that need more than single precision, ascending; shape (K,).
    digits
        Their parameters' further digits: a parameter is its rounded value times
        1 + digits · `DIGIT`; shape (K, P).
    """

    hidden_size: int
    weights: Sequence[NDArray[np.float32]]
    frames: NDArray[np.int32]
    digits: NDArray[np.int16]


@dataclass(frozen=True)
class Picture:
    """A heatmap drawn as a picture, which moves at a tenth of the cost.

    The page draws it on a canvas behind the plot; a file has a surface as the layout's first image.
    The trace stays, transparent, for hover.

    Attributes
    ----------
    trace
        Index of the heatmap, whose ``z`` is a channel of values from 0 to 1.
    boundary
        The line where the output is 0.5, drawn as the layout's first shape over a smooth
        picture; None for a picture of cells.
    marks
        With a boundary, the index of the channel whose shapes are drawn over the picture.
    decimals
        Decimals of the value written into each cell; None for no values.
    """

    trace: int
    boundary: Boundary | None = None
    marks: int | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class Chart:
    """A Plotly figure, how to read it, and its moving parts.

    Attributes
    ----------
    name
        The chart's name on the page, as the value of ``data-chart``.
    title, hint
        Heading, and one sentence on how to read the chart.
    traces, layout
        The figure, NumPy arrays included.
    channels
        The moving parts.
    picture
        The heatmap that is drawn as a picture.
    cursor
        Whether the layout's first shape marks the playhead's epoch.
    values
        Index of the first trace whose value at the playhead is listed beside the chart.
        It and all later ones are lines with a point for each frame. None for no list.
    legend
        Name and colour of every pinned run, listed above the chart.
    switches
        The switches between views.
    """

    name: str
    title: str
    hint: str
    traces: Sequence[Spec]
    layout: Spec
    channels: Sequence[Channel] = ()
    picture: Picture | None = None
    cursor: bool = False
    values: int | None = None
    legend: Sequence[tuple[str, str]] = ()
    switches: Sequence[Switch] = ()


@dataclass(frozen=True)
class Node:
    """A node of a diagram.

    Attributes
    ----------
    name, hint
        Its name, and a tooltip.
    x, y
        Its coordinates, from 0 (left, top) to 1.
    picture
        Index of its picture in the diagram's; None for a node without picture.
    """

    name: str
    hint: str
    x: float
    y: float
    picture: int | None = None


@dataclass(frozen=True)
class Edge:
    """A connection from one node's index to another's, drawn as wide as its value is large.

    Attributes
    ----------
    name
        Its name.
    source, target
        The nodes' indices.
    values
        Its value in each frame, shape (frames,).
    """

    name: str
    source: int
    target: int
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Diagram:
    """A drawing of nodes and edges, and its moving parts.

    Attributes
    ----------
    name, title, hint
        As in `Chart`.
    nodes, edges
        The nodes and edges.
    colours
        Of a negative and of a positive edge.
    muted
        Colour of a node without a picture.
    widest
        The value whose edge is drawn widest.
    pictures
        The nodes' pictures, in the order of the nodes, each of shape (frames, rows, columns),
        the lowest row first.
    activations
        Numbers for the nodes' tooltips, shape (frames, pictures, inputs).
    input_names
        Names of those inputs.
    switches
        As in `Chart`.
    """

    name: str
    title: str
    hint: str
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    colours: tuple[str, str]
    muted: str
    widest: float
    pictures: Sequence[Channel]
    activations: Channel
    input_names: Sequence[str]
    switches: Sequence[Switch] = ()


def moving(chart: Chart | Diagram) -> Chart | Diagram:
    """Keep what of a chart changes with the epoch, where the rest is known from the whole run."""
    if isinstance(chart, Diagram):
        return replace(chart, switches=())
    listed = chart.traces[chart.values :] if chart.values is not None else ()
    values = None if chart.values is None else 0
    return replace(chart, traces=listed, layout={}, switches=(), values=values)
