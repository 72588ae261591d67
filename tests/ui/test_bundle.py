"""The one file of the stage's modules, in a folder for temporary files."""

from pathlib import Path

from tests.support.page import opened
from xorviz.ui import stage


def test_a_page_that_opens_after_temporary_files_were_tidied_up_writes_them_anew() -> None:
    opened()
    folder = Path(vars(stage)["_FOLDER"].name)
    before = {file.name: file.read_text("utf-8") for file in folder.iterdir()}
    assert sorted(before) == ["stage.css", "stage.js"]
    for name in before:
        (folder / name).unlink()
    folder.rmdir()
    opened()
    assert {file.name: file.read_text("utf-8") for file in folder.iterdir()} == before
