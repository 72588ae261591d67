from pathlib import Path

import pytest

from tests.support.command import Capture, refused
from tests.support.runs import trained
from xorviz.cli import main
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.export.card import write_card
from xorviz.export.files import FORMATS, PAGE, write_run

LINK = "seed=7&hidden=3&epochs=500&edits=0_x1_h1_2.5"
RUN = TrainConfig(seed=7, hidden_size=3, epochs=500, edits=(Edit(0, "x1 → h1", 2.5),))


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix != PAGE])
def test_a_link_becomes_the_file_that_share_offers(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"run{suffix.upper()}"
    main(["export", f"http://localhost:8501/?{LINK}&epoch=3", str(file)])
    assert file.read_bytes() == write_run(trained(RUN), suffix)


def test_an_animated_page_has_the_run_and_its_card(tmp_path: Path) -> None:
    file = tmp_path / "run.html"
    main(["export", LINK, str(file)])
    page = file.read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert write_card(trained(RUN)).weights_sha256 in page


def test_files_that_cannot_be_written_get_one_sentence(capsys: Capture, tmp_path: Path) -> None:
    err = refused(capsys, "export", LINK, "run.txt")
    assert err == f"xorviz: FILE must be a name that ends in {', '.join(FORMATS)}, not 'run.txt'.\n"
    nowhere = str(tmp_path / "none" / "run.csv")
    assert "FILE must be in a folder that is there" in refused(capsys, "export", LINK, nowhere)


def test_links_that_cannot_be_used_get_the_sentences_of_the_page(
    capsys: Capture, tmp_path: Path
) -> None:
    file = tmp_path / "run.csv"
    err = refused(capsys, "export", "seed=-1&hidden=99", str(file))
    assert err.count("\n") == 2
    assert "Seed must be a whole number" in err
    assert not file.exists()
