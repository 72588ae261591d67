"""The command line: the same core without a browser."""

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn

import numpy as np

from xorviz.config import FIELDS, ConfigError, Field, TrainConfig
from xorviz.network import Array
from xorviz.recording import Recording, record

MAX_ERROR: Final = 260
"""Characters of an error; it may repeat what a stranger wrote."""


class _Parser(argparse.ArgumentParser):
    """Tells an error in one short line, whatever it repeats of the command, without the usage."""

    def error(self, message: str) -> NoReturn:
        line = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in message)
        self.exit(2, f"xorviz: {line[:MAX_ERROR]}{'…' if len(line) > MAX_ERROR else ''}.\n")


class _Once(argparse.Action):
    """Takes a flag's value, and refuses a second one."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        _flag: str | None = None,
    ) -> None:
        if self.dest in vars(namespace):
            raise argparse.ArgumentError(self, "must be given once")
        setattr(namespace, self.dest, values)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``python -m xorviz``; exits with status 2 where a flag can't be used."""
    parser = _parser()
    flags = vars(parser.parse_args(arguments))
    del flags["command"]
    as_json = flags.pop("json")
    try:
        config = TrainConfig(**flags)
    except ConfigError as error:
        parser.error(str(error))
    recording = record(config)
    try:
        print(json.dumps(as_object(recording)) if as_json else as_text(recording), flush=True)
    except BrokenPipeError:
        # Who reads has gone, as `head` does; Python must not try again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
        "losses": _finite(recording.printed_losses),
        **{name: _finite(array.tolist()) for name, array in arrays.items()},
    }


def _last_predictions(recording: Recording) -> Array:
    predictions: Array = recording.predictions[-2].reshape(4, 1)
    return predictions


def _finite(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value if math.isfinite(value) else None


def _parser() -> _Parser:
    parser = _Parser(prog="python -m xorviz", description="Backpropagation on a truth table.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    train = commands.add_parser(
        "train", help="train a network and print its losses and weights", allow_abbrev=False
    )
    for name, field in FIELDS.items():
        _add_flag(train, name, field)
    train.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_flag(parser: argparse.ArgumentParser, name: str, field: Field) -> None:
    flag = f"--{name.replace('_', '-')}"
    if field.kind is bool:
        parser.add_argument(flag, action="store_true", help=f"with {field.label.lower()}")
        return
    default = getattr(TrainConfig, name)
    parser.add_argument(
        flag,
        action=_Once,
        type=_reader(field),
        default=argparse.SUPPRESS,
        metavar=name.rsplit("_", 1)[-1].upper(),
        help=f"{field.allowed} (default: {default})",
    )


def _reader(field: Field) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return field.parse(text)
        except ConfigError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read
