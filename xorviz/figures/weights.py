"""The trajectory of every weight and bias, against the epoch."""

import numpy as np

from xorviz.figures.chart import Chart
from xorviz.network import parameter_names
from xorviz.recording import Recording
from xorviz.theme import (
    MUTED,
    Spec,
    cursor,
    edit_marks,
    epoch_axis,
    layout,
    unit_colour,
    values_axis,
)


def chart(recording: Recording) -> Chart:
    """Draw a line a parameter: a colour a hidden unit, a dash a kind."""
    config = recording.config
    names = parameter_names(config.hidden_size, config.biases)
    styles = _styles(config.hidden_size, config.biases)
    with np.errstate(over="ignore"):
        values = recording.parameters.astype(np.float32)
    epochs = recording.epochs.astype(np.int32)
    return Chart(
        name="weights",
        title="Weights",
        hint="One line per connection. "
        "Solid: input to hidden; dashed: hidden to output ŷ; dotted: bias.",
        traces=[
            _line(epochs, values[:, index], name, style)
            for index, (name, style) in enumerate(zip(names, styles, strict=True))
        ],
        layout=layout(
            epoch_axis(config.epochs),
            values_axis(config),
            shapes=[cursor(), *edit_marks(config)],
            uirevision=config.epochs,
        ),
        cursor=True,
        values=True,
    )


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
        "line": {"color": colour, "dash": dash, "width": 2},
        "hovertemplate": f"{name}<br>epoch %{{x:,}}: %{{y:.4g}}<extra></extra>",
    }
