"""``check``: which mistake, or which other way, made the weights of a program or a file."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from json import dumps
from pathlib import Path
from typing import Any, Final

import click
import numpy as np
from numpy.typing import NDArray

from xorviz.cli.flags import flag
from xorviz.cli.program.run import Seen, run_program
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import ConfigError, Number, quoted
from xorviz.core.network import Array
from xorviz.core.observed import Observed
from xorviz.core.truth_table import INPUTS
from xorviz.export.contents import MAX_BYTES, READERS
from xorviz.export.reading import Saved, read_file
from xorviz.export.weights import HIDDEN_OUTPUT, INPUT_HIDDEN, Weights, read_weights
from xorviz.mistakes.answer import Answer
from xorviz.mistakes.search import check
from xorviz.sentences.mistakes import report

PROGRAMS: Final = (".py", ".ipynb")
STATUS: Final = {"equal": 0, "another way": 0, "mistake": 1, "not known": 3}
"""The exit status for each answer."""
NAMES: Final = (INPUT_HIDDEN, HIDDEN_OUTPUT)
ARRAYS: Final = (*NAMES, "biases_hidden", "biases_output")
SETTINGS: Final = ("seed", "learning_rate", "epochs", "targets")
TIMEOUT: Final = Number("Timeout", 0.1, 86_400)


@click.command(
    params=[
        *(
            flag(name, FIELDS[name], help=f"{FIELDS[name].allowed}; where FILE does not tell it")
            for name in SETTINGS
        ),
        flag("timeout", TIMEOUT, "60", help="seconds that a program may run"),
    ]
)
@click.option("--initial", metavar="FILE", help="a file with the initial weights")
@click.option(
    "--weights",
    nargs=2,
    metavar="NAME NAME",
    default=NAMES,
    help="the names of the weights from the inputs and to the output",
    show_default="the notebook's",
)
@click.option(
    "--biases",
    nargs=2,
    metavar="NAME NAME",
    help="the names of the biases of the hidden layer and of the output",
)
@click.option("--json", is_flag=True, help="print one JSON object")
@click.argument("file", help="a program (.py, .ipynb), or weights (.npz, .csv, .json)")
def run(
    file: str,
    json: bool,
    timeout: float,
    initial: str | None,
    weights: tuple[str, str],
    biases: tuple[str, str] | None,
    **given: Any,
) -> None:
    """Say which mistake a program of your own has.

    A program runs in a process of its own; what it prints is left out. The exit status is 0 for
    the numbers of the right loop, 1 for a mistake, 3 where none is known, and 2 where the file
    can't be checked.
    """
    path = Path(file)
    settings = {name: value for name, value in given.items() if value is not None}
    start = _start(initial)
    suffix, names = path.suffix.lower(), (*weights, *(biases or ()))
    if suffix in PROGRAMS:
        _readable(path)
        seen = run_program(path, names, timeout)
        every = _watched(seen, settings, start)
        if seen.stopped:
            click.echo(
                f"The program {seen.stopped}. Its updates before that are checked.", err=True
            )
    elif suffix in READERS or path.is_dir():
        every = iter([_filed(path, settings, start, names)])
    else:
        raise ConfigError(
            "FILE", f"one that ends in {', '.join((*PROGRAMS, *READERS))}", quoted(file)
        )
    observed, answer = _first_known(every)
    click.echo(dumps(answer.as_object()) if json else report(observed.config, answer))
    sys.exit(STATUS[answer.answer])


def _first_known(every: Iterator[Observed]) -> tuple[Observed, Answer]:
    """Check what was observed, one loop after the other, until one is known; else the first."""
    first = None
    for observed in every:
        answer = check(observed)
        if answer.answer != "not known":
            return observed, answer
        first = first or (observed, answer)
    assert first is not None
    return first


def _readable(path: Path) -> bytes:
    """Read a file; raises `ConfigError` where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        came = f"{quoted(str(path))}: {error.strerror or error}"
        raise ConfigError("FILE", "a file that can be read", came) from None


def _start(initial: str | None) -> Array | None:
    """The first state in the file of initial weights, shape (1, P)."""
    if initial is None:
        return None
    found = read_file(_readable(Path(initial)), Path(initial).name)
    return (found.weights if isinstance(found, Saved) else found).parameters[:1]


def _filed(
    path: Path, settings: Mapping[str, Any], start: Array | None, names: Sequence[str]
) -> Observed:
    """The states of a file of weights, which may have these names."""
    ours = dict(zip(names, ARRAYS, strict=False))
    found = read_file(_readable(path), path.name, MAX_BYTES, ours)
    if isinstance(found, Saved):
        config = replace(found.config, mistake="", **settings)
        return found.weights.of_run(config)
    return _observed(found, settings, start)


def _watched(seen: Seen, settings: Mapping[str, Any], start: Array | None) -> Iterator[Observed]:
    """The states of each loop of a program, or those at its end."""
    known = {**_settings_of(seen.said), **settings}
    for epochs, arrays in seen.loops:
        yield _observed(_weights(arrays, epochs), {**known, "epochs": int(epochs[-1])}, None)
    if not seen.loops:
        yield _observed(_weights(seen.end, None), known, start)


def _observed(found: Weights, settings: Mapping[str, Any], start: Array | None) -> Observed:
    """States as those of a training with these settings, from these initial weights if given."""
    if start is not None:
        found = _after(start, found, settings)
    config = TrainConfig(hidden_size=found.hidden_size, biases=found.biases, **settings)
    if found.epochs is not None and found.epochs[-1] > config.epochs:
        config = replace(config, epochs=int(found.epochs[-1]))
    return found.of_run(config)


def _after(start: Array, found: Weights, settings: Mapping[str, Any]) -> Weights:
    """The states of a file after the initial ones, which are given apart."""
    if start.shape[1] != found.parameters.shape[1]:
        size = f"{found.parameters.shape[1]} weights and biases, as FILE"
        raise ConfigError("Initial weights", size, str(start.shape[1]))
    last = settings.get("epochs", TrainConfig.epochs)
    epochs = np.array([last]) if found.epochs is None else found.epochs
    later = epochs > 0
    return replace(
        found,
        epochs=np.append(0, epochs[later]),
        parameters=np.vstack([start, found.parameters[later]]),
    )


def _weights(arrays: Sequence[Array], epochs: NDArray[np.int64] | None) -> Weights:
    """Check what was watched, as the arrays of a file are checked."""
    named = dict(zip(ARRAYS, arrays, strict=False))
    if epochs is not None:
        named["epochs"] = epochs.astype(np.float64)
    return read_weights(named, "the program", finite=False)


def _settings_of(said: Mapping[str, Array]) -> dict[str, Any]:
    """The settings that a program has in the notebook's names, as far as they can be used."""
    known: dict[str, Any] = {}
    if (rate := said.get("learning_rate")) is not None and rate.size == 1:
        known["learning_rate"] = float(rate.item())
    if (epochs := said.get("epochs")) is not None and epochs.size == 1 and epochs.item() % 1 == 0:
        known["epochs"] = int(epochs.item())
    outputs, inputs = said.get("outputs"), said.get("inputs", INPUTS)
    if outputs is not None and outputs.size == 4 and inputs.shape == (4, 2):
        rows = {
            (*row,): f"{target:g}"
            for row, target in zip(inputs.tolist(), outputs.ravel().tolist(), strict=True)
        }
        known["targets"] = "".join(rows.get((*row,), "?") for row in INPUTS.tolist())
    return {name: value for name, value in known.items() if FIELDS[name].allows(value)}
