"""Chart and Channel: what a figure module hands to the stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.figures.theme import Spec

DIGIT: Final = 2.0**-24 / 32767
"""What one of a parameter's further digits is worth, as a share of it: see boundary.js."""


@dataclass(frozen=True)
class Channel:
    """One moving part of a chart: an attribute of a trace or of the layout, a value a frame.

    Attributes
    ----------
    trace
        Index of the trace in the chart; None for the layout.
    attribute
        Plotly's name of the attribute, such as ``"z"`` or ``"shapes"``.
    data
        Shape (frames, ...); a frame's slice is the attribute's value.
    decimals
        Where given, the browser gets the data rounded to so many decimals, which
        makes it small to send.
    choices
        Where given, data are indices into these values.
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
    """A heatmap drawn as the layout's first image, which moves at a tenth of the cost.

    Its trace stays below, transparent, for hover.

    Attributes
    ----------
    trace
        Index of the heatmap, whose ``z`` is a channel of values from 0 to 1.
    boundary
        Where given, the picture is smooth, and the layout's first shape is this line.
    marks
        With a boundary: index of the channel whose shapes are drawn over the picture.
    decimals
        Where given, the picture is a table, with every value written into its cell.
    """

    trace: int
    boundary: Boundary | None = None
    marks: int | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class Option:
    """One position of a switch: what it changes in traces and layout; `key` in links."""

    label: str
    traces: Spec
    layout: Spec
    key: str = ""


@dataclass(frozen=True)
class Switch:
    """A choice between ways to look at a chart; `name` in links, which hold none without."""

    label: str
    options: Sequence[Option]
    name: str = ""


@dataclass(frozen=True)
class Chart:
    """A Plotly figure, how to read it, and what moves in it.

    Attributes
    ----------
    name
        What the page calls it, as the value of ``data-chart``.
    title, hint
        Heading, and one sentence on how to read the chart.
    traces, layout
        The figure, NumPy arrays included.
    channels
        What moves.
    picture
        Which channel is drawn as a picture.
    cursor
        Whether the layout's first shape marks the playhead's epoch.
    values
        Where given, the values at the playhead of the traces from this one on are
        listed beside the chart; they are lines then, a point a frame.
    legend
        Name and colour of every pinned run, listed above the chart.
    switches
        Ways to look at it.
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
        What it is called, and a tooltip.
    x, y
        Its place, from 0 (left, top) to 1.
    picture
        Index of its picture in the channel ``pictures``; None for one without.
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
        What it is called.
    source, target
        The nodes' indices.
    values
        Shape (frames,).
    """

    name: str
    source: int
    target: int
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Diagram:
    """A drawing of nodes and edges, and what moves in it.

    Attributes
    ----------
    name, title, hint
        As of a `Chart`.
    nodes, edges
        What is drawn.
    colours
        Of a negative and of a positive edge.
    names
        Colours of a name on a picture, and of what it is read on there.
    muted
        Colour of a node without a picture.
    colorscale
        Of the pictures.
    widest
        The value whose edge is drawn widest.
    channels
        ``pictures``, shape (frames, pictures, values): the nodes' pictures, row by row
        from below; ``activations``, shape (frames, pictures, inputs): numbers for the nodes'
        tooltips.
    input_names
        Names of those inputs.
    """

    name: str
    title: str
    hint: str
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    colours: tuple[str, str]
    names: tuple[str, str]
    muted: str
    colorscale: Sequence[Sequence[Any]]
    widest: float
    channels: Sequence[Channel]
    input_names: Sequence[str]
