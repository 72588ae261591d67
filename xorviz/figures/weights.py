"""The curve of every weight and bias against the epoch, over the thin ones of pinned runs."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.names import parameter_names
from xorviz.core.recording import Frames, Recording
from xorviz.figures.chart import Chart
from xorviz.figures.theme import (
    MUTED,
    PIN_COLOURS,
    Spec,
    cursor,
    edit_marks,
    epoch_axis,
    layout,
    pinned_line,
    unit_colour,
    values_axis,
)
from xorviz.settings.text import describe

MAX_POINTS: Final = 6000
"""The most points of all lines of a pinned run; above it frames are left out evenly."""


def chart(frames: Frames, pinned: Sequence[Recording] = ()) -> Chart:
    """Draw a line for each parameter: its colour is its unit or pinned run, its dash its kind."""
    config = frames.config
    below = [
        line
        for run, colour in zip(pinned, PIN_COLOURS, strict=False)
        for line in _pinned(run.frames, colour)
    ]
    return Chart(
        name="weights",
        title="Weights",
        hint="One line per connection. "
        "Solid: input to hidden; dashed: hidden to output ŷ; dotted: bias."
        + (" Thin: pinned runs, in the colours of their losses." if below else ""),
        traces=[*below, *_lines(frames)],
        layout=layout(
            epoch_axis(config.epochs),
            values_axis(config),
            shapes=[cursor(), *edit_marks(config)],
            uirevision=config.epochs,
        ),
        cursor=True,
        values=len(below),
    )


def _pinned(frames: Frames, colour: str) -> Iterator[Spec]:
    """Draw a pinned run's lines, with at most `MAX_POINTS`, so that little is sent."""
    step = -(-frames.parameters.size // MAX_POINTS)
    last = len(frames.epochs) - 1
    name = describe(frames.config)
    for line in _lines(frames, np.append(np.arange(0, last, step), last)):
        yield pinned_line(line, name, colour)


def _lines(frames: Frames, chosen: NDArray[np.intp] | slice = slice(None)) -> list[Spec]:
    """Draw a line for each parameter, with a point at each of the chosen frames."""
    config = frames.config
    names = parameter_names(config.hidden_size, config.biases)
    styles = _styles(config.hidden_size, config.biases)
    with np.errstate(over="ignore"):
        values = frames.parameters[chosen].astype(np.float32)
    epochs = frames.epochs[chosen].astype(np.int32)
    return [
        _line(epochs, values[:, index], name, style)
        for index, (name, style) in enumerate(zip(names, styles, strict=True))
    ]


def _styles(hidden_size: int, biases: bool) -> list[tuple[str, str]]:
    """Colour and dash of every parameter, in the order of `network.Layers.flat`."""
    colours = [unit_colour(unit) for unit in range(hidden_size)]
    styles = [(colour, "solid") for colour in colours * 2]
    styles += [(colour, "dash") for colour in colours]
    if biases:
        styles += [(colour, "dot") for colour in [*colours, MUTED]]
    return styles


def _line(epochs: np.ndarray, values: np.ndarray, name: str, style: tuple[str, str]) -> Spec:
    colour, dash = style
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": epochs,
        "y": values,
        "line": {"color": colour, "dash": dash, "width": 2, "simplify": False},
        "hovertemplate": f"{name}<br>epoch %{{x:,}}: %{{y:.4g}}<extra></extra>",
    }
