"""The one file of the stage's modules, in a folder for temporary files."""

from pathlib import Path

import pytest

from tests.support.page import opened
from xorviz.stage import digest
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


def test_the_address_of_the_files_is_another_one_when_one_of_them_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert vars(stage)["_FILES"].endswith(f".files-{digest()}")
    digests = [digest()]
    for text in ("const a = 1;", "const a = 2;"):
        (tmp_path / "a.js").write_text(text, "utf-8")
        monkeypatch.setattr("xorviz.stage.STATIC", tmp_path)
        digests.append(digest())
    assert len({*digests}) == 3
