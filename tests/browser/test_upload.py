"""A file that the reader opens in Share, as a person does it."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.network import Layers
from xorviz.export.files import write_run

RUN = TrainConfig(seed=7, learning_rate=2, hidden_size=3, epochs=500)
EPOCHS = [0, 1, 100, 500]
OWN = "?seed=9&epochs=300&epoch=123&axis=log"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """The weights of a run as another program saves them, with gaps."""
    layers = Layers(np.array([trained(RUN).state(epoch) for epoch in EPOCHS]), 3)
    file = tmp_path / "theirs.npz"
    weights = {"weights_input_hidden": layers.weights_hidden}
    np.savez(file, epochs=EPOCHS, weights_hidden_output=layers.weights_output, **weights)
    return file


def open_file(stage: Stage, file: Path) -> Locator:
    """Choose a file in the dialog, which stays open where the file can't be used."""
    dialog = stage.page.get_by_role("dialog", name="Share")
    stage.button("Share").click()
    dialog.get_by_role("tab", name="Open a file", exact=True).click()
    dialog.locator("input[type=file]").set_input_files(file)
    return dialog


def close_file(stage: Stage) -> None:
    button = stage.page.get_by_role("button", name="Close the file")
    button.click()
    button.wait_for(state="detached")


def at(stage: Stage, epoch: int) -> None:
    stage.wait("data-epoch", str(epoch))


def test_weights_of_another_program_play_as_they_are_until_they_are_closed(
    open_stage: OpenStage, theirs: Path
) -> None:
    stage = open_stage(OWN, reduced_motion="reduce")
    stage.wait("data-settled")
    own, run = stage.page.url, stage.root.get_attribute("data-run")
    open_file(stage, theirs).wait_for(state="detached")
    assert run
    stage.wait_for_run_other_than(run)
    expect(stage.page.get_by_text("Weights from the file theirs.npz: 4 states")).to_be_visible()
    at(stage, 0)
    for key, epoch in zip(
        ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"),
        (1, 100, 500, 100, 0, 500),
        strict=True,
    ):
        stage.page.keyboard.press(key)
        at(stage, epoch)
    assert stage.page.url == own
    stage.tab("Doctor").click()
    expect(stage.page.get_by_text("Doctor needs a run of this program")).to_be_visible()
    close_file(stage)
    stage.wait("data-run", run)
    at(stage, 123)
    expect(stage.page).to_have_url(own)


def test_an_exported_run_becomes_the_pages_run(open_shared: OpenStage, tmp_path: Path) -> None:
    file = tmp_path / "run.csv"
    file.write_bytes(write_run(trained(RUN), ".csv"))
    stage = open_shared(OWN)
    open_file(stage, file).wait_for(state="detached")
    expect(stage.page.get_by_text("'run.csv' is this run to the last bit.")).to_be_visible()
    assert "?seed=7&lr=2&hidden=3&epochs=500" in stage.page.url


def test_a_file_that_can_not_be_used_gets_a_sentence_in_the_dialog(
    open_shared: OpenStage, tmp_path: Path
) -> None:
    file = tmp_path / "weights.json"
    file.write_bytes(b"[" * 2**20)
    stage = open_shared(OWN)
    dialog = open_file(stage, file)
    expect(dialog.get_by_text("must be a JSON file with arrays of numbers")).to_be_visible()
    assert "?seed=9&epochs=300" in stage.page.url
    stage.page.get_by_role("button", name="Close", exact=True).click()
    dialog.wait_for(state="detached")


def test_a_single_state_is_shown(open_shared: OpenStage, tmp_path: Path) -> None:
    file = tmp_path / "final.json"
    file.write_text(
        '{"weights_input_hidden": [[1, 2], [3, 4]], "weights_hidden_output": [[5], [6]]}'
    )
    stage = open_shared(OWN)
    open_file(stage, file).wait_for(state="detached")
    expect(stage.page.get_by_text("one state, whose epoch is not known")).to_be_visible()
    at(stage, 0)
    stage.page.keyboard.press("ArrowRight")
    stage.wait("data-settled")
    at(stage, 0)
    close_file(stage)
