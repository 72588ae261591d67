"""``xorviz check``: programs as people have them, and files of weights."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.support.checking import NOTEBOOK, check, written
from xorviz.cli import main
from xorviz.cli.program.source import WATCH, watched
from xorviz.core.config import TrainConfig
from xorviz.core.lines import ERROR_HIDDEN, UPDATE_HIDDEN, UPDATE_OUTPUT
from xorviz.core.recording import record
from xorviz.export.card import write_card
from xorviz.export.data import as_csv, as_json, as_npz

IN_A_CLASS = """
import numpy as np


def squash(z):
    return 1 / (1 + np.exp(-z))


class Net:
    def __init__(self):
        random = np.random.RandomState(5)
        self.first, self.second = random.uniform(size=(2, 3)), random.uniform(size=(3, 1))

    def learn(self, X, t, rate):
        h = squash(X @ self.first)
        y = squash(h @ self.second)
        delta = (y - t) * y * (1 - y)
        back = {back} @ self.second.T * h * (1 - h)
        self.second = self.second - rate * h.T @ delta
        self.first = self.first - rate * X.T @ back


def train(net):
    X, t = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
    step = 0
    while True:
        net.learn(X, t, 0.5)
        step += 1
        if step % 2:
            continue
        if step >= 40:
            break


train(Net())
"""
LISTS = """
import math, random
random.seed(3)
w = [[random.random() for _ in range(2)] for _ in range(2)]
v = [random.random() for _ in range(2)]
squash = lambda z: 1 / (1 + math.exp(-z))
for epoch in range(30):
    for (a, b), t in zip([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0]):
        h = [squash(a * w[0][j] + b * w[1][j]) for j in range(2)]
        y = squash(sum(h[j] * v[j] for j in range(2)))
        d = (t - y) * y * (1 - y)
        for j in range(2):
            g = d * v[j] * h[j] * (1 - h[j])
            v[j] += 0.5 * d * h[j]
            w[0][j] += 0.5 * g * a
            w[1][j] += 0.5 * g * b
"""


def early(text: str) -> str:
    """The notebook with the output weights updated too early."""
    without = text.replace(f"    {UPDATE_OUTPUT}\n", "")
    return without.replace(f"    {ERROR_HIDDEN}\n", f"    {UPDATE_OUTPUT}\n    {ERROR_HIDDEN}\n")


def test_the_notebooks_program_is_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, answer, error = check(capsys, written(tmp_path, NOTEBOOK))
    assert (status, error) == (0, "")
    assert answer == {
        "answer": "equal",
        "names": [],
        "since": None,
        "difference": 0.0,
        "layer": None,
    }


def test_a_mistake_is_named_and_has_the_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, early(NOTEBOOK))
    status, answer, _ = check(capsys, file)
    assert (status, answer["answer"], answer["names"]) == (1, "mistake", ["early-output-update"])
    assert (answer["since"], answer["difference"], answer["layer"]) == (1, 0.0, "hidden")
    with pytest.raises(SystemExit):
        main(["check", str(file)])
    out = capsys.readouterr().out
    assert out.startswith("A mistake.\nThe program updates the output weights before it computes")
    assert f"As it should be:\n    {ERROR_HIDDEN}" in out


def test_what_no_program_does_has_the_status_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = NOTEBOOK.replace(UPDATE_HIDDEN, f"{UPDATE_HIDDEN} * 0.9")
    status, answer, _ = check(capsys, written(tmp_path, odd))
    assert (status, answer["answer"], answer["names"]) == (3, "not known", [])
    assert (answer["since"], answer["layer"]) == (1, "hidden")


def test_a_notebook_is_run_without_what_is_for_jupyter_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = ["%matplotlib inline\n", "!pip install numpy\n", "if True:\n", "    %time\n"]
    cells = [
        {"cell_type": "markdown", "source": "for epoch in range(3): x"},
        {"cell_type": "code", "source": code},
        {"cell_type": "code", "source": NOTEBOOK},
    ]
    file = written(tmp_path, json.dumps({"cells": cells}), "mine.ipynb")
    assert check(capsys, file)[:2][0] == 0


@pytest.mark.parametrize(
    ("back", "answer"), [("delta", "equal"), ("(y - t)", "mistake")], ids=["right", "mistaken"]
)
def test_weights_of_an_object_are_watched_from_a_loop_that_calls_its_method(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], back: str, answer: str
) -> None:
    file = written(tmp_path, IN_A_CLASS.format(back=back))
    _, said, _ = check(capsys, file, "--weights", "first", "second")
    assert said["answer"] == answer
    assert said["names"] == ([] if answer == "equal" else ["error-not-delta"])


def test_lists_updated_row_after_row_are_watched_once_an_epoch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, answer, _ = check(capsys, written(tmp_path, LISTS), "--weights", "w", "v")
    assert (status, answer["answer"], answer["names"]) == (0, "another way", ["online"])


@pytest.mark.parametrize(
    "more",
    [
        "print('x' * 2_000_000)\nimport sys\nsys.stderr.write('y' * 2_000_000)",
        "del weights_input_hidden",
        "raise SystemExit(5)",
        "1 / 0",
        "input()",
        "weights_hidden_output = None",
    ],
)
def test_what_comes_after_the_training_does_no_harm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str
) -> None:
    assert check(capsys, written(tmp_path, f"{NOTEBOOK}\n{more}\n"))[0] == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("while True: pass", "FILE must be a program that ends within 2 seconds (see --timeout)"),
        ("x = 1\nfor", "FILE must be a program that runs, not one with a syntax error in line 2"),
        ("x = 1\n1 / 0", "not one that stops in line 2 with ZeroDivisionError: division by zero"),
        ("x = 1", "FILE must be a program with weights_input_hidden and weights_hidden_output"),
        ("import os; os._exit(7)", "not one that ends its process with status 7"),
        (
            "import numpy as np\nweights_input_hidden = weights_hidden_output = np.ones((3, 3))",
            "weights_input_hidden in 'the program' must be of shape (2, H)",
        ),
    ],
)
def test_a_program_that_can_not_be_checked_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, sentence: str
) -> None:
    status, answer, error = check(capsys, written(tmp_path, text), "--timeout", "2")
    assert (status, answer) == (2, {})
    assert sentence in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("name", ["none.py", "none.npz"])
def test_a_file_that_is_not_there_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    status, _, error = check(capsys, tmp_path / name)
    assert status == 2
    assert "No such file" in error


def test_a_run_that_was_exported_is_equal_and_its_mistake_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for mistake in ("", "no-weights-backwards"):
        recording = record(TrainConfig(epochs=300, mistake=mistake))
        card = write_card(recording)
        for name, content in {
            "run.csv": as_csv(recording, card).encode(),
            "run.json": as_json(recording, card).encode(),
            "run.npz": as_npz(recording, card),
        }.items():
            (tmp_path / name).write_bytes(content)
            _, answer, _ = check(capsys, tmp_path / name)
            assert answer["names"] == ([mistake] if mistake else [])


def test_two_matrices_in_a_file_are_the_end_of_a_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    final = record(TrainConfig(7, 2, 3, 200, mistake="sign-hidden")).final
    arrays = {
        "weights_input_hidden": np.round(final.weights_hidden, 8),
        "weights_hidden_output": np.round(final.weights_output, 8),
    }
    np.savez(tmp_path / "end.npz", **arrays)
    flags = ("--seed", "7", "--learning-rate", "2", "--epochs", "200")
    status, answer, _ = check(capsys, tmp_path / "end.npz", *flags)
    assert (status, answer["names"], answer["since"]) == (1, ["sign-hidden"], None)
    start = record(TrainConfig(7, 2, 3, 200)).parameters[0]
    first = {
        "weights_input_hidden": start[:6].reshape(2, 3),
        "weights_hidden_output": start[6:].reshape(3, 1),
    }
    np.savez(tmp_path / "start.npz", **first)
    flags = ("--initial", str(tmp_path / "start.npz"), "--learning-rate", "2", "--epochs", "200")
    assert check(capsys, tmp_path / "end.npz", *flags)[1]["names"] == ["sign-hidden"]


def test_a_watch_leaves_lines_and_other_loops_alone() -> None:
    source = "a = 0\nfor i in range(3):\n    b = i\nfor i in range(3):\n    a += i\n"
    tree = watched(source, "mine.py", ["a"])
    seen: list[int] = []

    class Noted:
        def enter(self, line: int, *_: object) -> None:
            seen.append(line)

        def update(self, line: int, *_: object) -> None:
            seen.append(-line)

        def leave(self) -> None:
            seen.append(0)

    exec(compile(tree, "mine.py", "exec"), {WATCH: Noted()})
    assert seen == [4, -4, -4, -4, 0]
