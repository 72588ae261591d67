import csv
import io
import json
import math
import time
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any, NoReturn

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray

from tests.support.runs import trained
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.network import Layers
from xorviz.core.recording import Recording, record
from xorviz.export.card import Card, write_card
from xorviz.export.data import arrays, as_csv, as_json, as_npz

EDITS = (Edit(0, "x1 → h1", 2.5), Edit(100, LEARNING_RATE, 0.1 + 0.2), Edit(300, "1 → ŷ", -3.0))
RUNS = {
    "default": TrainConfig(),
    "edited": TrainConfig(7, 2.0, 3, 300, biases=True, targets="0111", edits=EDITS),
    "one epoch": TrainConfig(hidden_size=1, epochs=1, targets="0000"),
    "saturated": TrainConfig(learning_rate=1e6, epochs=300, hidden_size=16),
    "diverged": TrainConfig(hidden_size=1, epochs=4),
}
every_run = pytest.mark.parametrize("run", RUNS, indirect=True)


@cache
def recorded(name: str) -> Recording:
    run = trained(RUNS[name])
    return overflowing(run) if name == "diverged" else run


@cache
def carded(name: str) -> Card:
    return write_card(recorded(name))


@pytest.fixture
def run(request: pytest.FixtureRequest) -> Recording:
    return recorded(request.param)


def overflowing(run: Recording) -> Recording:
    """A made-up run that overflows on the way."""
    parameters, predictions = run.parameters.copy(), run.predictions.copy()
    parameters[2:] = [[np.inf, -np.inf, 1e300], [np.nan] * 3, [np.nan] * 3]
    predictions[3:] = np.nan
    return replace(run, parameters=parameters, predictions=predictions)


def card(run: Recording) -> Card:
    """The run's card, made once where it is one of `RUNS`."""
    kept = [name for name in RUNS if recorded(name) is run]
    return carded(kept[0]) if kept else write_card(run)


def read_csv(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text))


def read_npz(content: bytes) -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return dict(file)


def strict_json(text: str) -> Any:
    def refuse(token: str) -> NoReturn:
        raise AssertionError(f"{token} is not JSON")

    return json.loads(text, parse_constant=refuse)


def assert_same_numbers(ours: Any, theirs: Any) -> None:
    """The same shape and the same bits, whatever the bits of what is no number."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    np.testing.assert_array_equal(ours, theirs, strict=True)
    assert np.array_equal(np.signbit(ours[~np.isnan(ours)]), np.signbit(theirs[~np.isnan(theirs)]))


@every_run
def test_the_csv_has_every_recorded_number_to_the_last_bit(run: Recording) -> None:
    frame = read_csv(as_csv(run, card(run)))
    layers = Layers(run.parameters, run.config.hidden_size)
    assert frame["epoch"].tolist() == run.epochs.tolist()
    for column, expected in {
        "mean_abs_error": run.mean_abs_error[run.epochs],
        "half_squared_error": run.half_squared_error[run.epochs],
        "y_00": run.predictions[run.epochs, 0],
        "y_10": run.predictions[run.epochs, 2],
        "x1_h1": layers.weights_hidden[:, 0, 0],
        f"x2_h{run.config.hidden_size}": layers.weights_hidden[:, 1, -1],
        "h1_y": layers.weights_output[:, 0, 0],
    }.items():
        assert_same_numbers(frame[column].to_numpy(dtype=float), expected)


@every_run
def test_a_row_is_an_epoch_and_every_column_is_named_once(run: Recording) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(run, card(run)))))
    hidden_size = run.config.hidden_size
    assert len(rows) == 1 + len(run.epochs)
    assert len({len(row) for row in rows}) == 1
    assert len(set(rows[0])) == len(rows[0])
    numbers = 3 + 4 + 4 * hidden_size + run.parameters.shape[1]
    assert rows[0][numbers:] == [*FIELDS, "xorviz", "numpy", "weights_sha256", "checked"]


def test_the_columns_are_named_as_links_spell_edges() -> None:
    run = recorded("edited")
    header = as_csv(run, card(run)).partition("\n")[0].split(",")
    expected = (
        "epoch mean_abs_error half_squared_error y_00 y_01 y_10 y_11 "
        "h1_00 h1_01 h1_10 h1_11 h2_00 h2_01 h2_10 h2_11 h3_00 h3_01 h3_10 h3_11 "
        "x1_h1 x1_h2 x1_h3 x2_h1 x2_h2 x2_h3 h1_y h2_y h3_y 1_h1 1_h2 1_h3 1_y "
        "seed learning_rate hidden_size epochs biases targets edits mistake "
        "xorviz numpy weights_sha256 checked"
    )
    assert header == expected.split()


def test_the_hidden_activations_in_the_csv_are_each_units_of_each_input() -> None:
    run = recorded("edited")
    frame = read_csv(as_csv(run, card(run)))
    weights = frame[["x1_h2", "x2_h2", "1_h2"]].to_numpy()
    for row, (x1, x2) in {"00": (0, 0), "01": (0, 1), "10": (1, 0), "11": (1, 1)}.items():
        z = weights @ np.array([x1, x2, 1])
        np.testing.assert_allclose(frame[f"h2_{row}"], 1 / (1 + np.exp(-z)), rtol=1e-12)


def test_files_of_several_runs_are_put_together_and_told_apart() -> None:
    both = [recorded("edited"), recorded("default")]
    frames = pd.concat([read_csv(as_csv(run, card(run))) for run in both])
    assert len(frames) == sum(len(run.epochs) for run in both)
    by_seed = frames.groupby("seed").first()
    assert by_seed.loc[7, "targets"] == "0 1 1 1"
    assert by_seed.loc[42, "targets"] == "0 1 1 0"
    assert by_seed["biases"].tolist() == [True, False]
    assert by_seed["learning_rate"].tolist() == [2.0, 0.5]
    assert by_seed.loc[7, "edits"] == FIELDS["edits"].write(EDITS)
    assert by_seed.loc[42, "weights_sha256"] == card(both[1]).weights_sha256


def test_nothing_in_a_csv_is_a_formula_or_a_number_that_was_a_text() -> None:
    run = recorded("edited")
    rows = csv.DictReader(io.StringIO(as_csv(run, card(run))))
    for row in rows:
        for name in ("targets", "edits", "xorviz", "numpy", "weights_sha256", "checked"):
            assert row[name][0] not in "=+-@\t\r"
            with pytest.raises(ValueError, match="could not convert"):
                float(row[name])


@every_run
def test_the_json_has_every_array_to_the_last_bit_and_null_for_no_number(run: Recording) -> None:
    content = strict_json(as_json(run, card(run)))
    assert list(content["arrays"]) == list(arrays(run))
    for name, array in arrays(run).items():
        read_back = np.array(content["arrays"][name], dtype=float)  # null becomes NaN
        assert_same_numbers(read_back, np.where(np.isfinite(array), array, np.nan))


def test_the_json_tells_the_run_and_how_it_was_checked() -> None:
    run = recorded("edited")
    content = strict_json(as_json(run, card(run)))
    assert content["card"] == card(run).as_object()
    assert content["versions"] == card(run).versions
    edits = tuple(Edit(*edit) for edit in content["config"].pop("edits"))
    assert TrainConfig(**content["config"], edits=edits) == run.config


@every_run
def test_the_npz_has_every_array_to_the_last_bit(run: Recording) -> None:
    read_back = read_npz(as_npz(run, card(run)))
    assert json.loads(str(read_back.pop("card")[()])) == card(run).as_object()
    assert list(read_back) == list(arrays(run))
    for name, array in arrays(run).items():
        assert read_back[name].dtype == array.dtype
        assert read_back[name].tobytes() == array.tobytes()


@every_run
def test_the_arrays_have_the_shapes_that_are_told(run: Recording) -> None:
    count, hidden_size = len(run.epochs), run.config.hidden_size
    states = run.config.epochs + 1
    shapes: dict[str, tuple[int, ...]] = {
        "epochs": (count,),
        "mean_abs_error": (count,),
        "half_squared_error": (count,),
        "mean_abs_error_every_epoch": (states,),
        "half_squared_error_every_epoch": (states,),
        "predictions": (count, 4),
        "hidden_activations": (count, 4, hidden_size),
        "weights_hidden": (count, 2, hidden_size),
        "weights_output": (count, hidden_size, 1),
    }
    if run.config.biases:
        shapes |= {"biases_hidden": (count, hidden_size), "biases_output": (count, 1)}
    assert {name: array.shape for name, array in arrays(run).items()} == shapes


def test_the_arrays_are_the_runs() -> None:
    run = recorded("edited")
    seen = arrays(run)
    assert seen["weights_hidden"][0, 0, 0] == 2.5
    assert seen["biases_output"][-1, 0] == -3.0
    np.testing.assert_array_equal(seen["weights_output"][-1], run.final.weights_output)
    np.testing.assert_array_equal(seen["predictions"][-1], run.predictions[-1])
    np.testing.assert_array_equal(
        seen["mean_abs_error"], seen["mean_abs_error_every_epoch"][seen["epochs"]]
    )


def test_the_same_run_gives_the_same_files_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def files() -> tuple[str, str, bytes]:
        run = record(RUNS["edited"])
        return as_csv(run, card(run)), as_json(run, card(run)), as_npz(run, card(run))

    now = files()
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2033, 5, 18) + (0,) * 6))
    assert files() == now
    with zipfile.ZipFile(io.BytesIO(now[2])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_number_that_is_not_finite_is_named_in_the_csv() -> None:
    rows = list(
        csv.DictReader(io.StringIO(as_csv(recorded("diverged"), card(recorded("diverged")))))
    )
    assert (rows[2]["x1_h1"], rows[2]["x2_h1"], rows[3]["h1_y"]) == ("inf", "-inf", "nan")
    assert rows[3]["mean_abs_error"] == "nan"
    assert math.isfinite(float(rows[1]["mean_abs_error"]))
