import ast
import difflib
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from tests.support.notebook import NOTEBOOK
from tests.support.runs import runs, trained
from xorviz.cli.train import as_text
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.recording import Recording, record
from xorviz.export.card import Card, write_card
from xorviz.export.notebook import as_notebook
from xorviz.export.script import as_script

"""The code that the project makes visible."""

EDITS = (
    Edit(0, "x1 → h1", 2.5),
    Edit(0, LEARNING_RATE, 0.1 + 0.2),
    Edit(700, LEARNING_RATE, 8),
    Edit(700, "h2 → ŷ", -40),
    Edit(1000, "1 → h2", 1e-300),
    Edit(1500, "1 → ŷ", -0.0),
    Edit(1500, LEARNING_RATE, 2),
)
CONFIGS: Final[Mapping[str, TrainConfig]] = {
    "default": TrainConfig(),
    "1 unit": TrainConfig(1, hidden_size=1, epochs=1),
    "5 units": TrainConfig(2**32 - 1, 1e-6, 5, 999),
    "16 units": TrainConfig(3, 0.1, 16, 1000),
    "saturated": TrainConfig(6, 1e6, 2, 2000, biases=True),
    "biases": TrainConfig(7, 2, 3, 2500, biases=True, targets="1001"),
    "targets": TrainConfig(0, 10, 4, targets="0001", epochs=3000),
    "edited": TrainConfig(9, 0.5, 2, 1500, biases=True, edits=EDITS),
    "forked": TrainConfig(10, epochs=1200, edits=(Edit(1199, LEARNING_RATE, 9.5),)),
    "keeping gradients": TrainConfig(5, 0.25, 3, 1200, biases=True, mistake="gradients-not-reset"),
    "shifted": TrainConfig(5, 0.5, 2, 1200, mistake="shifted-targets"),
    "early": TrainConfig(5, 0.5, 2, 1200, biases=True, mistake="early-output-update"),
    "overflowing": TrainConfig(epochs=10, edits=(Edit(4, "x2 → h1", -1000),)),
}
every_config = pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS.keys())


@lru_cache(maxsize=50)
def recorded(config: TrainConfig) -> tuple[Recording, Card]:
    recording = trained(config)
    return recording, write_card(recording)


def script_of(config: TrainConfig) -> str:
    return as_script(*recorded(config))


def notebook_of(config: TrainConfig) -> str:
    return as_notebook(*recorded(config))


def body(script: str) -> str:
    """A script without its header."""
    header, _, code = script.partition("\n\n")
    assert all(line.startswith("#") for line in header.splitlines())
    return code


def expected_output(config: TrainConfig) -> str:
    recording, card = recorded(config)
    digest = card.weights_sha256
    last = (
        f"SHA-256 of the final weights: {digest}\nThese are the page's weights to the last bit.\n"
    )
    return f"{as_text(recording)}\n{last}"


def ran(script: str, folder: Path) -> str:
    """What a script prints with nothing of this project in reach, warnings being errors."""
    file = folder / "run.py"
    file.write_text(script, "utf-8")
    command = [sys.executable, "-I", "-W", "error", file.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def stored_output(notebook: Any) -> list[str]:
    """What is stored below each code cell."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(output.name == "stdout" for cell in cells for output in cell.outputs)
    return ["".join(output.text for output in cell.outputs) for cell in cells]


@every_config
def test_the_script_prints_what_the_command_line_prints_and_confirms_the_weights(
    config: TrainConfig, tmp_path: Path
) -> None:
    assert ran(script_of(config), tmp_path) == expected_output(config)


def test_the_default_script_is_the_notebook_with_a_header_and_a_check() -> None:
    lines = body(script_of(TrainConfig())).splitlines()
    changes = [
        line for line in difflib.ndiff(NOTEBOOK.strip().splitlines(), lines) if line[0] != " "
    ]
    assert all(line.startswith("+ ") for line in changes)
    precision, comment, blank, *check = [line.removeprefix("+ ") for line in changes]
    assert precision.startswith("np.set_printoptions(")
    assert comment.startswith("# As in the notebook, ")
    assert blank == ""
    assert check == lines[-len(check) :]
    assert check[0].startswith("# Comparing with the page's final weights")


@pytest.mark.parametrize(
    ("config", "names"),
    [
        (TrainConfig(), set()),
        (TrainConfig(epochs=10, biases=True), {"biases_hidden", "biases_output"}),
        (TrainConfig(epochs=10, learning_rate=1e6), {"seterr"}),
        (TrainConfig(epochs=10, edits=(Edit(5, LEARNING_RATE, 2),)), {"by hand"}),
    ],
)
def test_a_script_has_only_what_its_run_has(config: TrainConfig, names: set[str]) -> None:
    code = body(script_of(config))
    optional = ("biases_hidden", "biases_output", "seterr", "by hand")
    assert {name for name in optional if name in code} == names


def test_a_script_says_it_where_the_weights_are_others(tmp_path: Path) -> None:
    recording = trained(TrainConfig(epochs=10))
    final = recording.parameters.copy()
    final[-1, 3] += 0.25
    elsewhere = replace(recording, parameters=final)
    printed = ran(as_script(elsewhere, write_card(elsewhere)), tmp_path).splitlines()
    told = "Not the page's weights to the last bit: they differ by up to "
    assert printed[-1].startswith(told)
    assert float(printed[-1].removeprefix(told)) == pytest.approx(0.25, rel=1e-12)
    assert printed[-2].endswith(write_card(recording).weights_sha256)


@given(config=runs(most_epochs=40))
def test_a_script_is_python_that_imports_numpy_and_hashlib(config: TrainConfig) -> None:
    script = script_of(config)
    imported = [node for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Import)]
    assert [node.names[0].name for node in imported] == ["numpy", "hashlib"]
    assert "ImportFrom" not in ast.dump(ast.parse(script))
    assert "$" not in script
    assert "#?" not in script
    assert not re.search(r"[ \t]\n", body(script))


@given(data=st.data())
def test_the_pages_weights_are_in_the_script_to_the_last_bit(data: st.DataObject) -> None:
    recording = record(data.draw(runs(most_epochs=40)))
    tree = ast.parse(as_script(recording, write_card(recording)))
    (weights,) = (
        node.value.args[0]
        for node in tree.body
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "page_weights"
        and isinstance(node.value, ast.Call)
    )
    written = eval(ast.unparse(weights), {"float": float})
    assert np.array(written).tobytes() == recording.final.flat.tobytes()


def test_what_is_not_finite_is_written_as_code_too(tmp_path: Path) -> None:
    recording = trained(TrainConfig(epochs=10))
    final = recording.parameters.copy()
    final[-1, :3] = [np.nan, np.inf, -np.inf]
    diverged = replace(recording, parameters=final)
    script = as_script(diverged, write_card(diverged))
    assert all(f'float("{word}")' in script for word in ("nan", "inf", "-inf"))
    assert ran(script, tmp_path).splitlines()[-1].endswith("by up to nan")


def test_the_card_is_the_scripts_header() -> None:
    config = CONFIGS["edited"]
    header = script_of(config).partition("\n\n")[0]
    words = " ".join(line.removeprefix("#") for line in header.splitlines()[2:]).split()
    assert words == recorded(config)[1].as_text().split()
    assert max(map(len, script_of(TrainConfig()).splitlines())) <= 100


def test_as_many_edits_as_a_link_can_hold_make_a_script_that_runs(tmp_path: Path) -> None:
    names = parameter_names(16, biases=True)
    edits = tuple(Edit(3 * (i // 40), names[i % 40], i / 7 - 12) for i in range(200))
    config = TrainConfig(hidden_size=16, biases=True, epochs=12, edits=edits)
    assert ran(script_of(config), tmp_path) == expected_output(config)


@given(config=runs(most_epochs=40))
def test_the_notebooks_stored_output_is_what_the_script_prints(config: TrainConfig) -> None:
    notebook: Any = nbformat.reads(notebook_of(config), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert "".join(stored_output(notebook)) == expected_output(config)


def test_a_notebook_run_anew_prints_what_is_stored_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = CONFIGS["edited"]
    for folder in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(folder, str(tmp_path))
    text = notebook_of(config)
    stored: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    anew: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        anew, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    assert stored_output(anew) == stored_output(stored)
    assert "".join(stored_output(stored)) == expected_output(config)
    numbers = [[cell.execution_count for cell in book.cells[1::2]] for book in (anew, stored)]
    assert numbers == [[1, 2, 3, 4]] * 2


@every_config
def test_notebook_and_script_are_the_same_code(config: TrainConfig) -> None:
    notebook: Any = nbformat.reads(notebook_of(config), as_version=4)  # type: ignore[no-untyped-call]
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert "\n\n".join(sources) + "\n" == body(script_of(config))


def test_the_same_run_gives_the_same_code_twice() -> None:
    config = CONFIGS["edited"]
    codes = []
    for _ in range(2):
        recorded.cache_clear()
        codes.append((script_of(config), notebook_of(config)))
    assert codes[0] == codes[1]
    ids = [cell["id"] for cell in json.loads(notebook_of(config))["cells"]]
    assert ids == [f"{kind}-{number}" for number in range(1, 5) for kind in ("text", "code")]


def test_the_notebook_begins_with_the_card() -> None:
    config = CONFIGS["edited"]
    first: str = "".join(json.loads(notebook_of(config))["cells"][0]["source"])
    card = recorded(config)[1].as_text()
    assert f"```text\n{card}\n```" in first
    assert "`" not in card


def test_a_run_that_the_code_would_not_give_has_no_confirmation_stored() -> None:
    recording = trained(TrainConfig(epochs=10))
    final = recording.parameters.copy()
    final[-1, 3] += 0.25
    elsewhere = replace(recording, parameters=final)
    notebook: Any = nbformat.reads(as_notebook(elsewhere, write_card(elsewhere)), as_version=4)  # type: ignore[no-untyped-call]
    assert stored_output(notebook)[-1] == ""
