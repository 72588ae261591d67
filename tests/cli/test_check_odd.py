"""``xorviz check`` of odd programs and files: other encodings, languages, layouts and names."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.checking import NOTEBOOK, check, written
from xorviz.cli import main
from xorviz.core.config import TrainConfig
from xorviz.core.network import Layers
from xorviz.core.recording import record

RUN = TrainConfig(seed=7, epochs=50)
FLAGS = ("--seed", "7", "--epochs", "50")
Capsys = pytest.CaptureFixture[str]


def end() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    layers = Layers(record(RUN).state(RUN.epochs), RUN.hidden_size)
    return layers.weights_hidden, layers.weights_output


def test_a_program_that_stops_with_an_error_is_checked_up_to_there_and_the_error_is_written(
    tmp_path: Path, capsys: Capsys
) -> None:
    stops = NOTEBOOK.replace("    if (epoch + 1)", "    1 / (30 - epoch)\n    if (epoch + 1)")
    status, answer, error = check(capsys, written(tmp_path, stops))
    line = stops.split("\n").index("    1 / (30 - epoch)") + 1
    assert (status, answer["answer"]) == (0, "equal")
    assert error == (
        f"The program stops in line {line} with ZeroDivisionError: division by zero. "
        "Its updates before that are checked.\n"
    )


def test_a_program_is_read_in_the_encoding_that_it_names(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "mine.py"
    file.write_bytes(f"# -*- coding: latin-1 -*-\n# é\n{NOTEBOOK}".encode("latin-1"))
    assert check(capsys, file)[0] == 0


@pytest.mark.parametrize(
    ("first", "status"), [("%%bash", 0), ("%%html", 0), ("%%time", 2), ("%%capture out", 2)]
)
def test_a_cell_of_another_language_is_left_out_and_one_of_python_is_run(
    tmp_path: Path, capsys: Capsys, first: str, status: int
) -> None:
    cells = [f"{first}\nfor x in *; do\n", NOTEBOOK]
    code = [{"cell_type": "code", "source": cell} for cell in cells]
    file = written(tmp_path, json.dumps({"cells": code}), "mine.ipynb")
    assert check(capsys, file)[0] == status


@pytest.mark.parametrize("leading", [False, True])
def test_a_file_of_torch_is_turned_also_where_the_hidden_weights_are_square(
    tmp_path: Path, capsys: Capsys, leading: bool
) -> None:
    hidden, output = (matrix.T[np.newaxis] if leading else matrix.T for matrix in end())
    file, epochs = tmp_path / "end.npz", {"epochs": [50]} if leading else {}
    np.savez(file, weights_input_hidden=hidden, weights_hidden_output=output, **epochs)
    assert check(capsys, file, *FLAGS)[:2] == (
        0,
        {"answer": "equal", "names": [], "since": None, "difference": 0.0, "layer": None},
    )


@pytest.mark.parametrize("suffix", [".npz", ".json", ".csv"])
def test_the_arrays_of_a_file_may_have_other_names(
    tmp_path: Path, capsys: Capsys, suffix: str
) -> None:
    hidden, output = end()
    file = tmp_path / f"end{suffix}"
    if suffix == ".npz":
        np.savez(file, W1=hidden, W2=output)
    elif suffix == ".json":
        file.write_text(json.dumps({"W1": hidden.tolist(), "W2": output.tolist()}), "utf-8")
    else:
        head = [f"W1_{a}_{b}" for a in (0, 1) for b in (0, 1)] + ["W2_0_0", "W2_1_0"]
        row = [repr(float(value)) for value in (*hidden.flat, *output.flat)]
        file.write_text(",".join(["epoch", *head]) + "\n" + ",".join(["50", *row]), "utf-8")
    assert check(capsys, file, "--weights", "W1", "W2", *FLAGS)[0] == 0
    status, _, error = check(capsys, file, *FLAGS)
    assert (status, "without weights_input_hidden" in error) == (2, True)


def test_a_file_of_another_kind_is_not_even_read(tmp_path: Path, capsys: Capsys) -> None:
    status, _, error = check(capsys, tmp_path / "weights.txt")
    assert status == 2
    assert "FILE must be one that ends in .py, .ipynb, .npz, .json, .csv, not" in error


def test_a_shape_that_does_not_fit_is_said_in_words(tmp_path: Path, capsys: Capsys) -> None:
    swapped = NOTEBOOK.replace("weights_input_hidden", "W1").replace("weights_hidden_output", "W2")
    _, _, error = check(capsys, written(tmp_path, swapped), "--weights", "W2", "W1")
    assert "must be 1 number a state" in error


def test_the_known_state_that_differs_first_is_not_called_the_end(
    tmp_path: Path, capsys: Capsys
) -> None:
    recording = record(RUN)
    states = np.array([recording.state(epoch) for epoch in (0, 10, 20, 50)])
    states[2, 0] += 0.001
    layers = Layers(states, 2)
    file = tmp_path / "states.npz"
    arrays = {"weights_input_hidden": layers.weights_hidden}
    np.savez(file, weights_hidden_output=layers.weights_output, epochs=[0, 10, 20, 50], **arrays)
    status, answer, _ = check(capsys, file, *FLAGS)
    assert (status, answer["since"]) == (3, None)
    with pytest.raises(SystemExit):
        main(["check", str(file), *FLAGS])
    assert "By update 20 x1 → h1 deviates first" in capsys.readouterr().out


def test_deltas_that_are_rounded_after_both_are_computed_are_named(
    tmp_path: Path, capsys: Capsys
) -> None:
    deltas = "d_hidden_layer", "d_predicted_output"
    rounds = "; ".join(f"{delta} = {delta}.round(3)" for delta in deltas)
    program = NOTEBOOK.replace("    # Updating", f"    {rounds}\n    # Updating")
    status, answer, _ = check(capsys, written(tmp_path, program))
    assert (status, answer["names"]) == (1, ["rounded-deltas"])


def test_a_program_whose_loop_is_in_another_file_tells_its_epochs(
    tmp_path: Path, capsys: Capsys
) -> None:
    head, body = NOTEBOOK.split("# Training process\n")
    loop, _ = body.split("# Testing the trained")
    functions, settings = head.split("# Set random seed for reproducibility\n")
    lines = [f"    {line}" for line in loop.splitlines()]
    signature = "def train(weights_input_hidden, weights_hidden_output, learning_rate, epochs):\n"
    written(tmp_path, functions + signature + "\n".join(lines), "helper.py")
    call = "train(weights_input_hidden, weights_hidden_output, learning_rate, epochs)\n"
    file = written(tmp_path, f"import numpy as np\nfrom helper import train\n{settings}{call}")
    status, answer, _ = check(capsys, file)
    assert (status, answer["answer"]) == (0, "equal")
