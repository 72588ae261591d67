"""Training: runs and sweeps made by a call in Python, and runs that come back from files."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from xorviz.core.config import FIELDS, SWEPT, TrainConfig
from xorviz.core.fields import ConfigError, Field, quoted
from xorviz.core.observed_recording import record_observed
from xorviz.core.recording import record
from xorviz.export.reading import Saved, compare, read_file
from xorviz.notebook.run import Run
from xorviz.settings.lists import Numbers
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep as train_all
from xorviz.sweeps.table import COLUMNS, rows

if TYPE_CHECKING:
    import pandas as pd

LARGEST: Final = 64 * 2**20
"""Bytes of the largest file that `load` takes: a run of a million epochs has less."""
DEFAULT: Final = TrainConfig()


def train(
    *,
    seed: int = DEFAULT.seed,
    learning_rate: float = DEFAULT.learning_rate,
    hidden_size: int = DEFAULT.hidden_size,
    epochs: int = DEFAULT.epochs,
    biases: bool = DEFAULT.biases,
    targets: str = DEFAULT.targets,
    edits: str = "",
    mistake: str = DEFAULT.mistake,
) -> Run:
    """Train a network; without any settings it is the notebook's run.

    Parameters
    ----------
    seed
        Of the generator that draws the initial weights.
    learning_rate
        Factor of the gradient in every update.
    hidden_size
        Number of hidden units, from 1 to 16.
    epochs
        Number of updates; each looks at all four inputs.
    biases
        Whether hidden units and output have a bias, which starts at 0.
    targets
        Targets of the inputs 00, 01, 10, 11: four digits, or the name of a gate such as AND.
    edits
        Weights and learning rates set by hand on the way, as links spell them, such as
        ``0_x1_h1_2.5~500_lr_2``.
    mistake
        The mistake of the catalogue that the training has on purpose.

    Raises
    ------
    ConfigError
        Where a setting can't be used: a ValueError with the sentence of the command line.
    """
    return Run(record(_config({name: value for name, value in locals().items() if name in FIELDS})))


def load(path: str | Path) -> Run:
    """Read a run back from CSV, JSON or NPZ: trained anew, and compared with the file.

    `Run.note` says how exactly the file has its numbers. A file of weights that another program
    has trained becomes a run of its known states; see `Run`.

    Raises
    ------
    ConfigError
        Where the file can't be used.
    OSError
        Where it can't be opened.
    """
    file = Path(path)
    if file.stat().st_size > LARGEST:
        size = f"one of {file.stat().st_size / 2**20:,.1f} MB"
        raise ConfigError(quoted(file.name), f"a file of at most {LARGEST / 2**20:.0f} MB", size)
    held = read_file(file.read_bytes(), file.name, LARGEST)
    if isinstance(held, Saved):
        recording = record(held.config)
        return Run(recording, compare(held, recording))
    name = f"weights from the file {file.name}"
    return Run(record_observed(held.shown(DEFAULT.targets), name))


def sweep(
    *,
    seeds: Iterable[int] | int | str = range(100),
    learning_rates: Iterable[float] | float | str = DEFAULT.learning_rate,
    hidden_sizes: Iterable[int] | int | str = DEFAULT.hidden_size,
    epochs: int = DEFAULT.epochs,
    biases: bool = DEFAULT.biases,
    targets: str = DEFAULT.targets,
) -> "pd.DataFrame":
    """Train every seed with every learning rate and hidden size, on all cores.

    Parameters
    ----------
    seeds, learning_rates, hidden_sizes
        The values of each: one, several, or a text as the command line takes it, such as
        ``"0:100"``.
    epochs, biases, targets
        What all networks have in common; see `train`.

    Returns
    -------
    A row a network, with the columns of ``xorviz sweep --csv``: `solved_at` is missing where a
    network does not solve its truth table.

    Raises
    ------
    ConfigError
        Where a setting can't be used: a ValueError with the sentence of the command line.
    """
    import pandas as pd  # slow to load, and only this function needs it

    base = _config({"epochs": epochs, "biases": biases, "targets": targets})
    given = zip(SWEPT.items(), (seeds, learning_rates, hidden_sizes), strict=True)
    lists = [_values(f"{field.label}s", field, values) for (_, field), values in given]
    results = Results(SweepConfig(base, *lists))
    for _ in train_all(results):
        pass  # each share of the networks is in the results once it is trained
    networks = np.arange(results.config.count)
    ended = rows(results.config, networks.tolist(), results.at(networks))
    table = pd.DataFrame(ended, columns=list(COLUMNS))
    table["solved_at"] = pd.to_numeric(table["solved_at"]).astype("Int64")
    return table


def _config(settings: dict[str, Any]) -> TrainConfig:
    """Check settings; a text is read as the command line reads it."""
    return TrainConfig(**{name: _value(FIELDS[name], value) for name, value in settings.items()})


def _value(field: Field, value: Any) -> Any:
    """Read a text, and make a number of NumPy one of Python."""
    if isinstance(value, str):
        return field.parse(value)
    return field.check(value.item() if isinstance(value, np.generic) else value)


def _values(label: str, field: Any, values: Any) -> Any:
    """The values of a swept setting, at least one."""
    numbers = Numbers(label, field)
    if isinstance(values, str):
        return numbers.parse(values)
    if isinstance(values, range) and values:
        return values
    several = values if isinstance(values, Iterable) else [values]
    listed = [_value(field, value) for value in several]
    if not numbers.allows(listed):
        raise ConfigError(label, numbers.allowed, quoted(values))
    return listed
