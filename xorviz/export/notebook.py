"""Notebook: the script's code as a Jupyter notebook, with its outputs below the cells."""

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from xorviz.core.recording import Recording
from xorviz.export import script
from xorviz.export.card import Card

if TYPE_CHECKING:
    from nbformat import NotebookNode

ABOUT: Final = """\
# A run of xorviz

A small sigmoid network learns a truth table by backpropagation. These cells train exactly this \
run again, and need NumPy alone. The outputs are those of the run. Its card:

```text
{card}
```

## Data and initial weights"""
TRAINING: Final = """\
## Training

Every epoch is one forward pass, one backward pass and one update. A printed loss is the mean \
|error| before that epoch's update."""
RESULT: Final = """\
## Result

The predictions are those before the last update."""
CHECK: Final = """\
## Check

On the machine that the card names the final weights are the same to the last bit. The last \
digits may differ on another processor or with another NumPy. Then the largest difference is \
printed."""

METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def as_notebook(recording: Recording, card: Card) -> str:
    """Write the code of `script.as_script` in cells, with the outputs that running them gives.

    The outputs are written from the recording: the code is not run.
    """
    # nbformat is slow to load, and only this function needs it.
    import nbformat

    code = script.write_code(recording, card)
    text = (ABOUT.format(card=card.as_text()), TRAINING, RESULT, CHECK)
    source = (code.setup, code.training, code.result, code.check)
    printed = ("", _losses(recording), _result(recording), _check(card))
    cells = []
    for number, part in enumerate(zip(text, source, printed, strict=True), start=1):
        cells += _cells(number, *part)
    untyped: Any = nbformat
    notebook = untyped.v4.new_notebook(cells=cells, metadata=METADATA)
    untyped.validate(notebook)
    written: str = untyped.writes(notebook)
    return written


def _cells(number: int, text: str, source: str, printed: str) -> "list[NotebookNode]":
    """Build a part of the notebook: its text, its code, and the output of the code."""
    from nbformat import v4

    untyped: Any = v4
    outputs = [untyped.new_output("stream", name="stdout", text=printed)] if printed else []
    return [
        untyped.new_markdown_cell(text, id=f"text-{number}"),
        untyped.new_code_cell(
            source.rstrip("\n"), id=f"code-{number}", execution_count=number, outputs=outputs
        ),
    ]


def _losses(recording: Recording) -> str:
    lines = [f"Epoch {epoch}, Loss: {loss}\n" for epoch, loss in recording.printed_losses]
    return "".join(lines)


def _result(recording: Recording) -> str:
    final = recording.final
    arrays = {
        script.WEIGHTS_HIDDEN: final.weights_hidden,
        script.WEIGHTS_OUTPUT: final.weights_output,
    }
    if recording.config.biases:
        arrays[script.BIASES_HIDDEN] = final.biases_hidden
        arrays[script.BIASES_OUTPUT] = final.biases_output
    arrays[script.PREDICTIONS] = recording.predictions[-2].reshape(4, 1)
    with np.printoptions(floatmode="unique", linewidth=1000):
        return "".join(f"{title}\n {array}\n" for title, array in arrays.items())


def _check(card: Card) -> str:
    """Output of the check; none where the script is known to give other weights than the run."""
    return (
        f"{script.DIGEST}{card.weights_sha256}\n{script.CONFIRMED}\n" if card.is_confirmed else ""
    )
