"""The public names: what they give, and how bad arguments are refused."""

import re
import subprocess
import sys
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

import xorviz
from tests.support.command import Capture, refused
from tests.support.paths import ROOT
from tests.support.runs import trained
from xorviz.cli import main
from xorviz.core.catalogue import MISTAKE_NAMES
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import ConfigError
from xorviz.core.network import Layers
from xorviz.core.trainer import Trainer
from xorviz.core.verdict import judge
from xorviz.export.files import FORMATS, write_run
from xorviz.notebook.run import Run
from xorviz.settings.link import CHARTS
from xorviz.sweeps.table import COLUMNS

CONFIG = TrainConfig(seed=7, learning_rate=2, hidden_size=3, epochs=500)
SAVED = ("run.csv", "run.json", "run.npz")


def run() -> Run:
    return Run(trained(CONFIG))


def test_a_run_is_that_of_its_settings() -> None:
    made = xorviz.train(seed=7, learning_rate=2, hidden_size=3, epochs=500)
    assert made.config == CONFIG
    assert made.losses.tobytes() == trained(CONFIG).half_squared_error.tobytes()
    assert made.predictions.shape == (501, 4)
    assert made.verdict == judge(trained(CONFIG))
    assert made.settings == vars(CONFIG)
    assert repr(made).startswith("<Run: seed 7, rate 2, 3 units, 500 epochs. ")


def test_a_run_takes_every_setting() -> None:
    assert [*signature(xorviz.train).parameters] == [*FIELDS]
    assert xorviz.train(mistake=MISTAKE_NAMES[0], epochs=10).config.mistake == MISTAKE_NAMES[0]


def test_without_settings_it_is_the_notebooks_run() -> None:
    assert xorviz.train().config == TrainConfig()


def test_texts_are_read_as_the_command_line_reads_them() -> None:
    made = xorviz.train(targets="and", edits="0_x1_h1_2.5~9_lr_2", epochs=10, seed=np.int64(3))
    assert made.config.targets == "0001"
    assert made.config.edits == (Edit(0, "x1 → h1", 2.5), Edit(9, "η", 2.0))
    assert type(made.config.seed) is int


def test_weights_at_any_epoch_have_the_notebooks_names() -> None:
    trainer = Trainer(CONFIG)
    trainer.run(123)
    held = run().weights(123)
    layers = Layers(trainer.parameters, 3)
    assert held["weights_input_hidden"].tobytes() == layers.weights_hidden.tobytes()
    assert held["weights_hidden_output"].tobytes() == layers.weights_output.tobytes()
    assert held.keys() == {"weights_input_hidden", "weights_hidden_output"}
    assert (
        run().weights()["weights_hidden_output"].tobytes()
        == run().recording.final.weights_output.tobytes()
    )


def test_a_step_is_laid_open_to_the_last_bit() -> None:
    step = run().step(300)
    assert step.new.tobytes() == trained(CONFIG).state(301).tobytes()


def test_the_table_is_that_of_the_csv(tmp_path: Path) -> None:
    file = tmp_path / "run.csv"
    run().save(file)
    read = pd.read_csv(file, keep_default_na=False)
    table = run().to_pandas()
    assert [*table.columns] == [*read.columns]
    for name in table.select_dtypes("number").columns:
        assert (
            table[name].to_numpy().tobytes()
            == read[name].to_numpy().astype(table[name].dtype).tobytes()
        )
    assert (table["targets"] == "0 1 1 0").all()


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("epoch", [None, 0, 123])
def test_each_chart_is_a_figure_at_an_epoch(name: str, epoch: int | None) -> None:
    figure = run().figure(name, epoch)
    assert isinstance(figure, go.Figure)
    assert figure.layout.title.text


def test_figures_have_the_numbers_of_their_epoch() -> None:
    recording = trained(CONFIG)
    mean, *_ = run().figure("loss", 123).data
    np.testing.assert_array_equal(mean.y, recording.mean_abs_error.astype(np.float32))
    assert run().figure("weights", 123).layout.shapes[0].x0 == 123
    cells = np.array(run().figure("activations", 0).data[0].z)
    np.testing.assert_array_equal(cells[:, 0], [0.5, 0.5, 0.5])
    edges = {edge.hovertemplate for edge in run().figure("network", 123).data}
    assert f"x1 → h1: {recording.state(123)[0]:.4g}<extra></extra>" in edges
    outputs = np.array(run().figure("surface", 123).data[0].z)
    other = np.array(run().figure("surface", 0).data[0].z)
    assert (outputs != other).any()


@pytest.mark.parametrize("name", SAVED)
def test_what_was_saved_comes_back_to_the_last_bit(name: str, tmp_path: Path) -> None:
    run().save(tmp_path / name)
    back = xorviz.load(tmp_path / name)
    assert back.config == CONFIG
    assert back.losses.tobytes() == run().losses.tobytes()
    assert back.note == f"'{name}' is this run to the last bit."


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_run_is_saved_by_the_end_of_the_name(suffix: str, tmp_path: Path) -> None:
    run().save(str(tmp_path / f"run{suffix}"))
    assert (tmp_path / f"run{suffix}").read_bytes() == write_run(trained(CONFIG), suffix)


def test_weights_of_another_program_are_a_run_of_known_states(tmp_path: Path) -> None:
    file = tmp_path / "theirs.npz"
    epochs = [0, 100, 500]
    states = [run().weights(epoch) for epoch in epochs]
    np.savez(
        file, epochs=epochs, **{key: np.array([one[key] for one in states]) for key in states[0]}
    )
    theirs = xorviz.load(file)
    assert theirs.epochs.tolist() == epochs
    assert (
        theirs.weights(100)["weights_input_hidden"].tobytes()
        == states[1]["weights_input_hidden"].tobytes()
    )
    assert theirs.settings == {"hidden_size": 3, "biases": False, "targets": "0110"}
    assert "weights from the file theirs.npz" in repr(theirs)
    with pytest.raises(ConfigError, match="Epoch must be one of the 3 that are known, not 99"):
        theirs.weights(99)
    for asked in (theirs.link, theirs.diagnose):
        with pytest.raises(ConfigError, match="that of a run of xorviz"):
            asked()
    for chart in CHARTS:
        assert theirs.figure(chart, 100).data


@pytest.mark.parametrize("suffix", [".csv", ".json", ".npz"])
def test_weights_of_another_program_are_saved_and_loaded_as_theirs(
    suffix: str, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.npz"
    np.savez(file, **run().weights(7))
    theirs = xorviz.load(file)
    theirs.save(tmp_path / f"again{suffix}")
    again = xorviz.load(tmp_path / f"again{suffix}")
    assert (
        again.weights(0)["weights_input_hidden"].tobytes()
        == run().weights(7)["weights_input_hidden"].tobytes()
    )
    assert "seed" not in again.settings
    theirs.save(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "weights from the file theirs.npz; xorviz did not train them" in page
    with pytest.raises(ConfigError, match="that of a run of xorviz"):
        theirs.save(tmp_path / "run.py")


def test_a_diagnosis_says_why_and_a_link_opens_the_run() -> None:
    assert "Diagnosis:" in run().diagnose().as_text()
    assert run().link("http://localhost:8501/") == (
        "http://localhost:8501/?seed=7&lr=2&hidden=3&epochs=500"
    )


def test_a_sweep_is_the_table_of_the_command_line(capsys: Capture) -> None:
    table = xorviz.sweep(seeds="0:4", learning_rates=[0.5, 2], hidden_sizes=3, epochs=300)
    assert [*table.columns] == [*COLUMNS]
    assert len(table) == 8
    swept = ["--seeds", "0:4", "--learning-rates", "0.5,2", "--hidden-sizes", "3"]
    main(["sweep", *swept, "--epochs", "300", "--csv", "-"])
    written = table.to_csv(index=False, lineterminator="\n")
    assert capsys.readouterr().out == written


BAD: list[tuple[dict[str, Any], list[str]]] = [
    ({"seed": "-1"}, ["--seed", "-1"]),
    ({"learning_rate": "nan"}, ["--learning-rate", "nan"]),
    ({"hidden_size": "17"}, ["--hidden-size", "17"]),
    ({"epochs": "0"}, ["--epochs", "0"]),
    ({"targets": "XXOR"}, ["--targets", "XXOR"]),
    ({"edits": "0_x1_h9_1"}, ["--edits", "0_x1_h9_1"]),
]


@pytest.mark.parametrize(("settings", "flags"), BAD)
def test_bad_arguments_raise_the_sentence_of_the_command_line(
    settings: dict[str, Any], flags: list[str], capsys: Capture
) -> None:
    with pytest.raises(ConfigError) as caught:
        xorviz.train(**settings)
    assert f"xorviz: {caught.value}.\n" == refused(capsys, "train", *flags)


def test_values_of_other_types_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^Seed must be a whole number from 0 to .*, not 1\.5$"):
        xorviz.train(seed=1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^Chart must be one of network, surface"):
        run().figure("axes")
    for epoch in (-1, 501, 1.5, True):
        with pytest.raises(ValueError, match=r"^Epoch must be a whole number from 0 to 500"):
            run().weights(epoch)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^FILE must be a name that ends in \.csv"):
        run().save("run.txt")
    for seeds in ("9:1", [], 1.5, [1, 1], [-1], None):
        with pytest.raises(ValueError, match=r"^Seeds? must be "):
            xorviz.sweep(seeds=seeds, epochs=10)  # type: ignore[arg-type]


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        xorviz.load(tmp_path / "none.npz")


def test_no_module_bears_the_name_of_a_public_function() -> None:
    assert {name for name in xorviz.__all__ if find_spec(f"xorviz.{name}")} == set()


def test_every_public_name_is_loaded_when_it_is_asked_for() -> None:
    assert {*xorviz.__all__} <= {*dir(xorviz)}
    for name in ("train", "load", "sweep", "Run"):
        assert callable(getattr(xorviz, name))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = xorviz.nothing


def test_the_readme_shows_it_in_ten_lines_that_run(tmp_path: Path) -> None:
    (block,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    assert len([line for line in block.splitlines() if line]) <= 10
    file = tmp_path / "readme.py"
    file.write_text(block, "utf-8")
    command = [sys.executable, "-W", "error", file]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
