"""Data: a run's numbers as CSV, JSON and NPZ, none of them rounded."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.names import parameter_names, spelled, unit_names
from xorviz.core.network import Layers, forward_pass
from xorviz.core.numbers import csv_text, finite
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES
from xorviz.export.card import Card
from xorviz.export.foreign import ForeignCard

ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest date a zip file can hold, in place of today's: the same run is the same file."""


def as_csv(recording: Recording, card: Card | ForeignCard) -> str:
    """Write one row a recorded epoch.

    The columns are epoch, both losses, the predictions (``y_01`` is that of input 01), the
    hidden activations (``h1_01``) and the weights, spelled as in links (``x1_h1``, a bias
    ``1_h1``). The last columns are the run's settings and its card in short. They are the
    same in every row, so that the files of several runs can be joined. The targets are
    written as ``0 1 1 0`` and versions as ``v2.4.6``, so that a spreadsheet takes none for
    a number or a date.

    A number is the shortest text that reads back to the last bit. pandas before 3.1 reads
    it so only with ``float_precision="round_trip"``.
    """
    columns, rows = table(recording, card)
    return csv_text([columns, *rows])


def table(recording: Recording, card: Card | ForeignCard) -> tuple[list[str], list[list[Any]]]:
    """Names of the columns of `as_csv`, and its rows."""
    constant = _run_columns(card)
    rows = [[*row, *constant.values()] for row in _rows(recording)]
    return [*_columns(recording), *constant], rows


def as_json(recording: Recording, card: Card | ForeignCard) -> str:
    """Write one object: config as `TrainConfig` has it, versions, card, and all `arrays` as lists.

    JSON has no number that is not finite: such a number becomes null.
    """
    lists = {name: finite(array.tolist()) for name, array in arrays(recording).items()}
    content = {
        "config": {name: getattr(recording.config, name) for name in card.settings},
        "versions": dict(card.versions),
        "card": card.as_object(),
        "arrays": lists,
    }
    return json.dumps(content, allow_nan=False)


def as_npz(recording: Recording, card: Card | ForeignCard) -> bytes:
    """Write all `arrays` and, as ``card``, the card as JSON text; for ``np.load``.

    ``np.savez`` leaves the date to the zip library, so the file is put together here.
    """
    named: dict[str, NDArray[Any]] = {
        **arrays(recording),
        "card": np.array(json.dumps(card.as_object(), allow_nan=False)),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in named.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", ZIP_DATE), content.getvalue())
    return file.getvalue()


def arrays(recording: Recording) -> dict[str, NDArray[Any]]:
    """Collect every array of a run by name.

    With F recorded epochs, N epochs and H hidden units::

        epochs, mean_abs_error, half_squared_error               (F,)
        mean_abs_error_every_epoch, half_squared_error_...       (N + 1,)
        predictions, hidden_activations                          (F, 4), (F, 4, H)
        weights_hidden, weights_output                           (F, 2, H), (F, H, 1)
        biases_hidden, biases_output, where there are biases     (F, H), (F, 1)

    All are arrays of states: the state at epoch k is the one after k updates.
    """
    config, frames = recording.config, recording.frames
    return {
        "epochs": frames.epochs,
        "mean_abs_error": frames.mean_abs_error,
        "half_squared_error": frames.half_squared_error,
        "mean_abs_error_every_epoch": recording.mean_abs_error,
        "half_squared_error_every_epoch": recording.half_squared_error,
        "predictions": frames.predictions,
        "hidden_activations": forward_pass(recording.parameters, config.hidden_size).hidden,
        **Layers(recording.parameters, config.hidden_size).named,
    }


def _columns(recording: Recording) -> list[str]:
    """Names of the columns of `_rows`."""
    config = recording.config
    return [
        *("epoch", "mean_abs_error", "half_squared_error"),
        *(f"y_{row}" for row in ROW_NAMES),
        *(f"{unit}_{row}" for unit in unit_names(config.hidden_size) for row in ROW_NAMES),
        *map(spelled, parameter_names(config.hidden_size, config.biases)),
    ]


def _rows(recording: Recording) -> Iterator[list[float]]:
    """Yield the numbers of each recorded epoch."""
    named = arrays(recording)
    by_unit = named["hidden_activations"].swapaxes(1, 2).reshape(len(recording.epochs), -1)
    losses = (named["mean_abs_error"], named["half_squared_error"])
    numbers = np.column_stack([*losses, named["predictions"], by_unit, recording.parameters])
    for epoch, row in zip(recording.epochs.tolist(), numbers.tolist(), strict=True):
        yield [epoch, *row]


def _run_columns(card: Card | ForeignCard) -> dict[str, Any]:
    """The run's settings and its card in short, by column."""
    settings = dict(card.settings)
    return {
        **settings,
        "biases": str(settings["biases"]).lower(),
        "targets": " ".join(settings["targets"]),
        "xorviz": f"v{card.versions['xorviz']}",
        "numpy": f"v{card.versions['NumPy']}",
        "weights_sha256": card.weights_sha256,
        "checked": card.checked,
    }
