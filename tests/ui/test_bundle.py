"""The one file of the stage's modules, in a folder for temporary files."""

from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from tests.support.page import opened
from xorviz.stage import digest
from xorviz.stage.modules import as_one
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


def test_pages_that_open_at_once_write_the_files_once_and_none_goes_on_with_half_of_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script: Path = vars(stage)["_SCRIPT"]
    script.unlink(missing_ok=True)
    together, written, seen = Barrier(8), list[str](), list[str]()

    def write(*entries: str, **options: Any) -> str:
        written.append(as_one(*entries, **options))
        return written[-1]

    def open_page() -> None:
        together.wait()
        vars(stage)["_write_bundle"]()
        seen.append(script.read_text("utf-8"))

    monkeypatch.setattr(stage, "as_one", write)
    pages = [Thread(target=open_page) for _ in range(together.parties)]
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    assert len(written) == 1
    assert seen == written * len(pages)
