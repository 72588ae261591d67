"""The curve of every weight and bias against the epoch, over the thin ones of pinned runs."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.names import parameter_names
from xorviz.core.recording import Frames, Recording
from xorviz.figures.chart import Chart, Spec, views_switch
from xorviz.figures.lines import layout_by_epoch, line, pinned_line
from xorviz.figures.theme import MUTED, PIN_COLOURS, UNIT_COLOURS, unit_colour
from xorviz.settings.text import describe

MAX_POINTS: Final = 6000
"""The most points of all lines of a pinned run; above it frames are left out evenly."""


def chart(frames: Frames, pinned: Sequence[Recording] = ()) -> Chart:
    """Draw a line for each parameter, coloured by unit or pinned run, dashed by start or end."""
    config = frames.config
    below = [
        weight
        for run, colour in zip(pinned, PIN_COLOURS, strict=False)
        for weight in _pinned(run.frames, colour)
    ]
    return Chart(
        name="weights",
        title="Weights",
        hint=_hint([run.config for run in (frames, *pinned)]),
        traces=[*below, *_lines(frames)],
        layout=layout_by_epoch(config),
        cursor=True,
        values=len(below),
        switches=[views_switch("Lines", "lines", "weights", "gradients", "pull")],
    )


def _hint(shown: Sequence[TrainConfig]) -> str:
    """Explain colours and dashes of these runs, the pinned ones last."""
    colours = len(UNIT_COLOURS)
    parts = [
        "A colour for each hidden unit. Solid: from x1; dashes and dots: from x2; dashed: to ŷ",
        "; dotted: bias." if any(config.biases for config in shown) else ".",
    ]
    if shown[0].hidden_size > colours:
        repeated = f" From h{colours + 1} on colours repeat"
        parts.append(f"{repeated}: the page names a line you point at.")
    if len(shown) > 1:
        parts.append(" Thin: pinned runs, in the same colours as in the Loss chart.")
    return "".join(parts)


def _pinned(frames: Frames, colour: str) -> Iterator[Spec]:
    """Draw a pinned run's lines, with at most `MAX_POINTS`, so that little is sent."""
    step = -(-frames.parameters.size // MAX_POINTS)
    last = len(frames.epochs) - 1
    name = describe(frames.config)
    for weight in _lines(frames, np.append(np.arange(0, last, step), last)):
        yield pinned_line(weight, name, colour)


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
