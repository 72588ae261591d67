"""The curve of every weight and bias against the epoch, over the thin ones of other runs."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.frames import Frames
from xorviz.core.names import parameter_names
from xorviz.figures.beside import THIN, Beside
from xorviz.figures.chart import Chart, Spec
from xorviz.figures.lines import layout_by_epoch, line, pinned_line
from xorviz.figures.switches import view, views_switch
from xorviz.figures.theme import MUTED, UNIT_COLOURS, unit_colour

MAX_POINTS: Final = 6000
"""The most points of all lines of another run; above it frames are left out evenly."""


def chart(frames: Frames, others: Sequence[Beside] = ()) -> Chart:
    """Draw a line for each parameter, coloured by unit or other run, dashed by start or end."""
    config = frames.config
    below = [weight for other in others for weight in _thin(other)]
    return Chart(
        name="weights",
        title="Weights",
        hint=_hint([config, *(other.recording.config for other in others)]),
        traces=[*below, *_lines(frames)],
        layout=layout_by_epoch(config),
        cursor=True,
        values=len(below),
        switches=[views_switch("Lines", "lines", "weights", view("gradients"), view("pull"))],
    )


def _hint(shown: Sequence[TrainConfig]) -> str:
    """Explain colours and dashes of these runs, the page's first."""
    colours = len(UNIT_COLOURS)
    parts = [
        "A colour for each hidden unit. Solid: from x1; dashes and dots: from x2; dashed: to ŷ",
        "; dotted: bias." if any(config.biases for config in shown) else ".",
    ]
    if shown[0].hidden_size > colours:
        repeated = f" From h{colours + 1} on colours repeat"
        parts.append(f"{repeated}: the page names a line you point at.")
    if len(shown) > 1:
        parts.append(THIN)
    return "".join(parts)


def _thin(other: Beside) -> Iterator[Spec]:
    """Draw another run's lines, with at most `MAX_POINTS`, so that little is sent."""
    frames = other.recording.frames
    step = -(-frames.parameters.size // MAX_POINTS)
    last = len(frames.epochs) - 1
    for weight in _lines(frames, np.append(np.arange(0, last, step), last)):
        yield pinned_line(weight, other.name, other.colour)


def _lines(frames: Frames, chosen: NDArray[np.intp] | slice = slice(None)) -> list[Spec]:
    """Draw a line for each parameter, with a point at each of the chosen frames."""
    config, epochs = frames.config, frames.epochs[chosen]
    names = parameter_names(config.hidden_size, config.biases)
    styles = _styles(config.hidden_size, config.biases)
    return [
        line(epochs, values, style, f"{name}<br>epoch %{{x:,}}: %{{y:.4g}}", name=name)
        for name, values, style in zip(names, frames.parameters[chosen].T, styles, strict=True)
    ]


def _styles(hidden_size: int, biases: bool) -> list[Spec]:
    """Colour and dash of every parameter, in the order of `network.Layers.flat`."""
    colours = [unit_colour(unit) for unit in range(hidden_size)]
    kinds = [("solid", colours), ("dashdot", colours), ("dash", colours)]
    if biases:
        kinds.append(("dot", [*colours, MUTED]))
    return [{"color": colour, "dash": dash} for dash, colours in kinds for colour in colours]
