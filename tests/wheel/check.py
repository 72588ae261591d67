"""The wheel in an empty environment and another folder; run by ``sh .ci/wheel``."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.support.chromium import launch
from tests.support.chromium import path as browser_path
from tests.support.notebook import PRINTED_LOSSES
from tests.support.paths import ROOT
from tests.support.server import serve_command
from tests.support.stage import Stage
from xorviz import __version__
from xorviz.export.chromium import VARIABLE

# Python finds nothing of the project but what is installed.
ELSEWHERE = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] = ELSEWHERE) -> str:
    """What a command prints; it must succeed and complain of nothing."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def commands(wheel: Path, elsewhere: Path) -> Path:
    """The folder of the commands of an environment that has the wheel and what it asks for."""
    run(sys.executable, "-m", "venv", "env", cwd=elsewhere)
    folder = elsewhere / "env" / "bin"
    pip = [folder / "python", "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "install", "-q", "-r", ROOT / "requirements.lock", cwd=elsewhere)
    run(*pip, "install", "-q", "--no-deps", "--no-index", wheel, cwd=elsewhere)
    run(*pip, "check", cwd=elsewhere)
    return folder


def test_the_wheel_holds_every_file_of_the_package_and_the_pages_script_and_settings(
    wheel: Path,
) -> None:
    tracked = run("git", "ls-files", "-z", "xorviz", cwd=ROOT).split("\0")[:-1]
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {*tracked, "xorviz/app/app.py", "xorviz/app/.streamlit/config.toml"} <= names
    packages = {name.split("/")[0] for name in names}
    assert packages == {"xorviz", f"xorviz-{__version__}.dist-info"}


def test_it_asks_for_what_requirements_txt_lists(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        metadata = content.read(f"xorviz-{__version__}.dist-info/METADATA").decode()
    prefix = "Requires-Dist: "
    asked = [line.removeprefix(prefix) for line in metadata.split("\n") if line.startswith(prefix)]
    lines = (ROOT / "requirements.txt").read_text("utf-8").split("\n")
    needed = [requirement for requirement in asked if "extra ==" not in requirement]
    assert sorted(needed) == sorted(line for line in lines if line and not line.startswith("#"))
    extras = [requirement for requirement in asked if requirement not in needed]
    assert extras == [
        "distributed~=2026.8.0; extra == 'cluster'",
        "anywidget~=0.11.0; extra == 'notebook'",
    ]


def test_train_prints_the_notebooks_losses(commands: Path, elsewhere: Path) -> None:
    printed = json.loads(run(commands / "xorviz", "train", "--json", cwd=elsewhere))
    assert dict(printed["losses"]) == pytest.approx(PRINTED_LOSSES, abs=1e-9)


def test_sweep_writes_a_row_a_network(commands: Path, elsewhere: Path) -> None:
    flags = ["--seeds", "0:20", "--epochs", "500", "--csv", "runs.csv"]
    run(commands / "xorviz", "sweep", *flags, cwd=elsewhere)
    with (elsewhere / "runs.csv").open(encoding="utf-8", newline="") as file:
        assert [row["seed"] for row in csv.DictReader(file)] == [str(seed) for seed in range(20)]


def test_picture_takes_a_picture_and_makes_a_page(commands: Path, elsewhere: Path) -> None:
    browser = {**ELSEWHERE, VARIABLE: browser_path()}
    for file, start in (("run.png", b"\x89PNG"), ("run.html", b"<!doctype html>")):
        run(commands / "xorviz", "picture", "seed=7", file, cwd=elsewhere, env=browser)
        assert (elsewhere / file).read_bytes().startswith(start)


def test_app_opens_the_page_with_the_projects_settings(commands: Path, elsewhere: Path) -> None:
    command = [str(commands / "xorviz"), "app"]
    with serve_command(command, elsewhere, "--{}") as server, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{server.url}/?epoch=3000")
        stage = Stage(page)
        assert stage.epoch == 3000
        assert page.title() == "xorviz: backpropagation on XOR"
        # The viewer's toolbar, as .streamlit/config.toml says: no developer's button.
        assert page.get_by_text("Deploy").count() == 0
        browser.close()
        log = server.log.read_text("utf-8")
    assert "Traceback" not in log, log


def test_a_run_is_a_page_for_jupyter_and_with_the_extra_a_widget(
    commands: Path, elsewhere: Path, wheel: Path
) -> None:
    shown = "import xorviz; print(*sorted(xorviz.train(epochs=100)._repr_mimebundle_()))"
    python = commands / "python"
    assert run(python, "-c", shown, cwd=elsewhere).split() == ["text/html", "text/plain"]
    run(python, "-m", "pip", "install", "-q", f"{wheel}[notebook]", cwd=elsewhere)
    widget = "application/vnd.jupyter.widget-view+json"
    assert run(python, "-c", shown, cwd=elsewhere).split() == [widget, "text/html", "text/plain"]
