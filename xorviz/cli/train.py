"""``train``: one run, and what the notebook prints of it."""

import json
from typing import Any

import numpy as np

from xorviz.cli.diagnose import Consultation, consult
from xorviz.cli.flags import Commands, add_setting
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import finite
from xorviz.core.recording import Recording, record


def add_command(commands: Commands) -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "train", help="train a network and print its losses and weights", allow_abbrev=False
    )
    parser.set_defaults(run=run)
    for name, field in FIELDS.items():
        add_setting(parser, name, field)
    parser.add_argument(
        "--diagnose", action="store_true", help="also tell what became of it, why, and what helps"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(json: bool, diagnose: bool, **settings: Any) -> None:
    """Train and print; raises `ConfigError` where a setting can't be used."""
    recording = record(TrainConfig(**settings))
    found = consult(recording) if diagnose else None
    print(as_json(recording, found) if json else as_text(recording))
    if found and not json:
        print(found.as_text())


def as_text(recording: Recording) -> str:
    """What the notebook prints, in its format; every number in full.

    The predictions are those before the last update, as in the notebook.
    """
    final = recording.final
    lines = [f"Epoch {epoch}, Loss: {loss}" for epoch, loss in recording.printed_losses]
    arrays = {
        "Final weights between input and hidden layers": final.weights_hidden,
        "Final weights between hidden and output layers": final.weights_output,
    }
    if recording.config.biases:
        arrays["Final biases of the hidden layer"] = final.biases_hidden
        arrays["Final bias of the output layer"] = final.biases_output
    arrays["Predicted outputs after training"] = _last_predictions(recording)
    with np.printoptions(floatmode="unique", linewidth=1000):
        lines += [f"{title}: \n {array}" for title, array in arrays.items()]
    return "\n".join(lines)


def as_json(recording: Recording, found: Consultation | None) -> str:
    """The same as one object, with what the doctor says."""
    diagnosis = {} if found is None else {"diagnosis": found.as_object()}
    return json.dumps({**as_object(recording), **diagnosis})


def as_object(recording: Recording) -> dict[str, Any]:
    """The same as an object for JSON; a number that is not finite becomes None."""
    final = recording.final
    arrays = {"weights_hidden": final.weights_hidden, "weights_output": final.weights_output}
    if recording.config.biases:
        arrays["biases_hidden"] = final.biases_hidden
        arrays["biases_output"] = final.biases_output
    arrays["predictions"] = _last_predictions(recording)
    return {
        "config": vars(recording.config),
        "losses": finite(recording.printed_losses),
        **{name: finite(array.tolist()) for name, array in arrays.items()},
    }


def _last_predictions(recording: Recording) -> Array:
    predictions: Array = recording.predictions[-2].reshape(4, 1)
    return predictions
