"""Printed: a run as the notebook prints it, in its words and its format."""

from typing import Final

import numpy as np

from xorviz.core.network import Array
from xorviz.core.recording import Recording

TITLES: Final = {
    "weights_hidden": "Final weights between input and hidden layers",
    "weights_output": "Final weights between hidden and output layers",
    "biases_hidden": "Final biases of the hidden layer",
    "biases_output": "Final bias of the output layer",
    "predictions": "Predicted outputs after training",
}
"""Titles of the arrays that are printed, by name; the notebook has no biases."""


def printed_losses(recording: Recording) -> str:
    """Write a line for each loss that the notebook prints."""
    lines = [f"Epoch {epoch}, Loss: {loss}\n" for epoch, loss in recording.printed_losses]
    return "".join(lines)


def printed_arrays(recording: Recording) -> dict[str, Array]:
    """The arrays that are printed: final weights, and predictions before the last update."""
    return {**recording.final.named, "predictions": recording.predictions[-2].reshape(4, 1)}


def printed_result(recording: Recording) -> str:
    """Write each of the arrays below its title, every number in full."""
    arrays = printed_arrays(recording)
    with np.printoptions(floatmode="unique", linewidth=1000):
        return "".join(f"{TITLES[name]}: \n {array}\n" for name, array in arrays.items())
