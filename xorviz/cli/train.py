"""``train``: one run, printed as the notebook prints it."""

from json import dumps
from typing import Any, Final

import click
import numpy as np

from xorviz.cli.diagnose import examine
from xorviz.cli.flags import setting
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import finite
from xorviz.core.recording import Recording, record

TITLES: Final = {
    "weights_hidden": "Final weights between input and hidden layers",
    "weights_output": "Final weights between hidden and output layers",
    "biases_hidden": "Final biases of the hidden layer",
    "biases_output": "Final bias of the output layer",
    "predictions": "Predicted outputs after training",
}
"""The arrays that are printed: their names in JSON, and their titles in text."""


@click.command(params=[setting(name) for name in FIELDS])
@click.option(
    "--diagnose", is_flag=True, help="also print how the run ended, why, and which changes help"
)
@click.option("--json", is_flag=True, help="print one JSON object")
def run(json: bool, diagnose: bool, **settings: Any) -> None:
    """Train a network and print its losses and weights."""
    recording = record(TrainConfig(**settings))
    report = examine(recording) if diagnose else None
    if json:
        diagnosis = {"diagnosis": report.as_object()} if report else {}
        click.echo(dumps({**as_object(recording), **diagnosis}))
    else:
        click.echo("\n".join([as_text(recording), *([report.as_text()] if report else [])]))


def as_text(recording: Recording) -> str:
    """Write a run as the notebook prints it, in its format; every number in full."""
    lines = [f"Epoch {epoch}, Loss: {loss}" for epoch, loss in recording.printed_losses]
    with np.printoptions(floatmode="unique", linewidth=1000):
        lines += [f"{TITLES[name]}: \n {array}" for name, array in _arrays(recording).items()]
    return "\n".join(lines)


def as_object(recording: Recording) -> dict[str, Any]:
    """The same as an object for JSON; a number that is not finite becomes None."""
    return {
        "config": vars(recording.config),
        "losses": finite(recording.printed_losses),
        **{name: finite(array.tolist()) for name, array in _arrays(recording).items()},
    }


def _arrays(recording: Recording) -> dict[str, Array]:
    """The arrays that are printed, without biases where the network has none.

    The predictions are those before the last update, as in the notebook.
    """
    predictions = recording.predictions[-2].reshape(4, 1)
    arrays = {**vars(recording.final), "predictions": predictions}
    return {name: arrays[name] for name in TITLES if arrays[name].size}
