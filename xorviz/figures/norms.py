"""The size of each layer's gradient against the epoch."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from xorviz.core.network import Array, Layers
from xorviz.figures.beside import THIN, Beside
from xorviz.figures.chart import Chart, Spec
from xorviz.figures.lines import layout_by_epoch, line, pinned_line
from xorviz.figures.theme import CURVE
from xorviz.step.step import Step

LAYERS: Final = ("x → h", "h → ŷ")
STYLES: Final = ({"color": CURVE}, {"color": CURVE, "dash": "dash"})


def chart(steps: Sequence[Step], others: Sequence[tuple[Beside, Sequence[Step]]] = ()) -> Chart:
    """Draw a line for each of the two layers, on a logarithmic axis, over those of other runs."""
    below = [
        pinned_line(norms, other.name, other.colour)
        for other, its_steps in others
        for norms in _lines(its_steps)
    ]
    return Chart(
        name="weights",
        title="Gradients",
        hint="How large the gradient of each layer is, from the inputs x to the hidden units h and "
        "from these to ŷ: the root of the sum of its squares. Where it is 0, the line breaks off."
        + (THIN if others else ""),
        traces=[*below, *_lines(steps)],
        layout=layout_by_epoch(steps[0].config, type="log", exponentformat="power", nticks=6),
        cursor=True,
        values=len(below),
    )


def _lines(steps: Sequence[Step]) -> list[Spec]:
    """Draw a line for each of a run's two layers."""
    epochs = np.array([step.epoch for step in steps])
    return [
        line(epochs, norms, style, f"{name}<br>epoch %{{x:,}}: %{{y:.4g}}", name=name)
        for name, norms, style in zip(LAYERS, layer_norms(steps).T, STYLES, strict=True)
    ]


def layer_norms(steps: Sequence[Step]) -> Array:
    """Euclidean norms of the gradients of both layers, biases included; shape (steps, 2).

    Squares are taken of shares of the largest gradient, as those of tiny numbers would be 0.
    """
    size = steps[0].config.hidden_size
    gradients = Layers(np.array([step.gradients for step in steps]), size)
    layers = (
        np.hstack([gradients.flat[:, : 2 * size], gradients.biases_hidden]),
        np.hstack([gradients.weights_output[..., 0], gradients.biases_output]),
    )
    return np.column_stack([_norms(layer) for layer in layers])


def _norms(gradients: Array) -> Array:
    largest = np.abs(gradients).max(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        shares = gradients / np.where(largest > 0, largest, 1)
        norms: Array = largest[:, 0] * np.linalg.norm(shares, axis=1)
    return norms
