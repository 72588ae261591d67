"""Script: a run as code that needs NumPy alone, to be read beside the notebook.

Names and order of lines are the notebook's. The code of biases, of values set by hand, and of a
mistake is left out for a run without them.
"""

import math
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from string import Template
from textwrap import TextWrapper, indent
from typing import Final

from xorviz.core.edit import Edit
from xorviz.core.loop import KEPT, change_of, keeps_gradients, write
from xorviz.core.names import LEARNING_RATE
from xorviz.core.recording import Recording
from xorviz.core.reference import array_entry
from xorviz.export.card import Card
from xorviz.export.printed import TITLES

WIDTH: Final = 100
"""The most characters of a line of the header."""

NEEDS: Final = "  #? "
"""In a template, starts the name of the feature that a run must have to keep the line."""

DIGEST: Final = "SHA-256 of the final weights: "
CONFIRMED: Final = "These are the page's weights to the last bit."

SETUP: Final = """\
import numpy as np
  #? overflows
# Of a saturated unit e**-x overflows, on the way to a correct 0  #? overflows
np.seterr(over="ignore")  #? overflows

# Activation function: Sigmoid
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# Derivative of the sigmoid function
def sigmoid_derivative(x):
    return x * (1 - x)

# Training data
inputs = np.array([[0, 0],
                   [0, 1],
                   [1, 0],
                   [1, 1]])

outputs = np.array($outputs)

# Set random seed for reproducibility
np.random.seed($seed)

# Initialize weights randomly with mean 0
input_layer_neurons = 2
hidden_layer_neurons = $hidden_size
output_neurons = 1

weights_input_hidden = np.random.uniform(size=(input_layer_neurons, hidden_layer_neurons))
weights_hidden_output = np.random.uniform(size=(hidden_layer_neurons, output_neurons))
biases_hidden = np.zeros(hidden_layer_neurons)  #? biases
biases_output = np.zeros(output_neurons)  #? biases
  #? kept
# The mistake keeps the gradients from one update to the next  #? kept
$kept  #? kept

# Learning rate
learning_rate = $learning_rate

# Number of iterations
epochs = $epochs
"""

TRAINING: Final = """\
# Training process
for epoch in range(epochs):
    # Values set by hand  #? edits
$edits  #? edits
  #? edits
$body

    if (epoch + 1) % 1000 == 0:
        loss = np.mean(np.abs($error))
        print(f'Epoch {epoch + 1}, Loss: {loss}')
  #? last edits
# Values set by hand after the last update  #? last edits
$last_edits  #? last edits
"""

RESULT: Final = f"""\
# Testing the trained neural network
np.set_printoptions(floatmode="unique", linewidth=1000)  # every number in full
print("{TITLES["weights_hidden"]}: \\n", weights_input_hidden)
print("{TITLES["weights_output"]}: \\n", weights_hidden_output)
print("{TITLES["biases_hidden"]}: \\n", biases_hidden)  #? biases
print("{TITLES["biases_output"]}: \\n", biases_output)  #? biases
# As in the notebook, those before the last update
print("{TITLES["predictions"]}: \\n", predicted_output)
"""

CHECK: Final = f"""\
# Comparing with the page's final weights, here to the last bit
import hashlib

page_weights = np.array([
$page_weights
])
final_weights = np.concatenate([
    weights_input_hidden.ravel(),
    weights_hidden_output.ravel(),
    biases_hidden,  #? biases
    biases_output,  #? biases
])
digest = hashlib.sha256(final_weights.astype("<f8").tobytes()).hexdigest()
print(f"{DIGEST}{{digest}}")
if np.array_equal(final_weights, page_weights, equal_nan=True):
    print("{CONFIRMED}")
else:
    difference = np.max(np.abs(final_weights - page_weights))
    print(f"Not the page's weights to the last bit: they differ by up to {{difference}}")
"""


def as_script(recording: Recording, card: Card) -> str:
    """Write a program that trains exactly this run again, with the card on top.

    It prints the lines that ``python -m xorviz train`` prints about the run, then the SHA-256
    of its final weights and whether they are the recording's.
    """
    return "\n".join([_header(card), *write_code(recording, card)])


def write_code(recording: Recording, card: Card) -> list[str]:
    """Write the code of a run in four parts: setup, training, result and check.

    Only numbers enter the templates, so no setting becomes code.
    """
    config = recording.config
    before_the_end = [edit for edit in config.edits if edit.epoch < config.epochs]
    at_the_end = [edit for edit in config.edits if edit.epoch == config.epochs]
    has = {
        "overflows": card.overflows,
        "biases": config.biases,
        "edits": bool(before_the_end),
        "last edits": bool(at_the_end),
        "kept": keeps_gradients(change_of(config.mistake)),
    }
    values = {
        **vars(config),
        "outputs": [[int(target)] for target in config.targets],
        "body": indent("\n".join(write(change_of(config.mistake), config.biases)), "    "),
        # A mistake may change the error that is trained by, but not the loss that is printed.
        "error": "outputs - predicted_output" if config.mistake else "error",
        "edits": "\n".join(_by_epoch(before_the_end)),
        "kept": "\n".join(_kept(config.biases)),
        "last_edits": "\n".join(map(_assignment, at_the_end)),
        "page_weights": "\n".join(f"    {_number(w)}," for w in recording.final.flat.tolist()),
    }
    templates = (SETUP, TRAINING, RESULT, CHECK)
    return [Template(_chosen(text, has)).substitute(values) for text in templates]


def _kept(biases: bool) -> Iterator[str]:
    """Yield the lines that start the kept gradients at 0."""
    for gradient, parameters in KEPT.items():
        if biases or "biases" not in parameters:
            yield f"{gradient} = np.zeros_like({parameters})"


def _chosen(template: str, has: dict[str, bool]) -> str:
    """Keep the lines whose feature the run has, and those that need none."""
    lines = [line.partition(NEEDS) for line in template.splitlines()]
    return "".join(f"{line}\n" for line, _, needed in lines if not needed or has[needed])


def _by_epoch(edits: list[Edit]) -> Iterator[str]:
    """Yield the lines that set values by hand before the last update."""
    for epoch, together in groupby(edits, key=attrgetter("epoch")):
        yield f"    if epoch == {epoch!r}:"
        yield from (f"        {_assignment(edit)}" for edit in together)


def _assignment(edit: Edit) -> str:
    if edit.parameter == LEARNING_RATE:
        return f"learning_rate = {edit.value!r}"
    name, index = array_entry(edit.parameter)
    return f"{name}[{', '.join(map(repr, index))}] = {edit.value!r}"


def _number(value: float) -> str:
    return repr(value) if math.isfinite(value) else f'float("{value!r}")'


def _header(card: Card) -> str:
    """Write the card as a comment."""
    title = "One run of xorviz, line by line as in its notebook; it needs NumPy alone."
    lines = [title, "", *card.as_text().splitlines()]
    wrapper = TextWrapper(
        WIDTH,
        initial_indent="# ",
        subsequent_indent="#   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{part}\n" for line in lines for part in wrapper.wrap(line) or ["#"])
