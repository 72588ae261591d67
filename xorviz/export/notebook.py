"""Notebook: the script's code as a Jupyter notebook, with its outputs below the cells."""

from importlib import import_module
from typing import Any, Final

from xorviz.core.recording import Recording
from xorviz.export.card import Card
from xorviz.export.printed import printed_losses, printed_result
from xorviz.export.script import CONFIRMED, DIGEST, write_code

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
    """Write the code of `as_script` in cells, with the outputs that running them gives.

    The outputs are written from the recording: the code is not run.
    """
    nbformat: Any = import_module("nbformat")  # slow to load, and only this function needs it
    new = nbformat.v4
    texts = (ABOUT.format(card=card.as_text()), TRAINING, RESULT, CHECK)
    # A script that is known to give other weights than the run prints another check.
    check = f"{DIGEST}{card.weights_sha256}\n{CONFIRMED}\n" if card.is_confirmed else ""
    printed = ("", printed_losses(recording), printed_result(recording), check)
    cells = []
    for number, text, code, output in zip(
        range(1, 5), texts, write_code(recording, card), printed, strict=True
    ):
        outputs = [new.new_output("stream", name="stdout", text=output)] if output else []
        cells += [
            new.new_markdown_cell(text, id=f"text-{number}"),
            new.new_code_cell(
                code.rstrip("\n"), id=f"code-{number}", execution_count=number, outputs=outputs
            ),
        ]
    notebook = new.new_notebook(cells=cells, metadata=METADATA)
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook))
