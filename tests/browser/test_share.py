"""The dialog Share: link, QR code, frame, files and pictures, as a person takes them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Download, Locator, Page

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.export.card import write_card
from xorviz.export.data import as_csv, as_json, as_npz
from xorviz.export.notebook import as_notebook
from xorviz.export.script import as_script
from xorviz.stage.scene import run_id

RUN = TrainConfig(seed=7, epochs=500, biases=True)
LINK = "?seed=7&epochs=500&biases=true"
FILE = "xorviz-seed-7-rate-0.5-biases-500-epochs"


@pytest.fixture
def stage(open_shared: OpenStage) -> Iterator[Stage]:
    """A run at rest; the dialog is closed afterwards."""
    stage = open_shared(f"{LINK}&epoch=123")
    yield stage
    if dialog_of(stage).is_visible():
        close(stage)


def dialog_of(stage: Stage) -> Locator:
    return stage.page.get_by_role("dialog", name="Share")


def close(stage: Stage) -> None:
    stage.page.get_by_role("button", name="Close").click()
    dialog_of(stage).wait_for(state="detached")


def share(stage: Stage, part: str = "Link") -> Locator:
    """Open the dialog, and one of its tabs."""
    dialog = dialog_of(stage)
    if not dialog.is_visible():
        stage.button("Share").click()
    dialog.get_by_role("tab", name=part, exact=True).click()
    stage.page.locator("[data-test-script-state=notRunning]").wait_for()
    return dialog


def link_in(dialog: Locator) -> str:
    return dialog.get_by_test_id("stCode").first.inner_text().replace("\n", "")


def qr_code(dialog: Locator, folder: Path) -> str:
    """What a camera reads from the dialog."""
    picture = folder / "qr.png"
    dialog.get_by_test_id("stImage").screenshot(path=picture)
    (code,) = zxingcpp.read_barcodes(Image.open(picture))
    return str(code.text)


def test_share_copies_the_link_that_the_dialog_shows_and_its_qr_code_holds(
    stage: Stage, tmp_path: Path
) -> None:
    stage.button("log").click()
    stage.set_speed("2×")
    dialog = share(stage)
    expected = stage.page.url
    assert expected.endswith(f"/{LINK}&epoch=123&speed=2&axis=log")
    assert stage.page.evaluate("navigator.clipboard.readText()") == expected
    assert link_in(dialog) == expected
    assert qr_code(dialog, tmp_path) == expected


def test_a_playing_run_is_shared_from_where_it_is_and_plays_on_behind_the_dialog(
    stage: Stage,
) -> None:
    stage.set_speed("2×")
    stage.button("Play").click()
    dialog = share(stage)
    shared = link_in(dialog)
    match = re.search(r"&epoch=(\d+)&play=true&speed=2$", shared)
    assert match
    assert 123 <= int(match[1]) < 500
    stage.wait("data-settled", "500")  # Python knows of the run's end
    assert link_in(dialog) == shared


def test_a_closed_dialog_stays_closed(stage: Stage) -> None:
    dialog = share(stage)
    close(stage)
    stage.nudge("Hidden size")
    stage.settled()
    assert dialog.count() == 0
    assert link_in(share(stage)) == stage.page.url


def test_what_is_unticked_is_gone_in_the_link_and_in_the_frame_which_shares_a_page_of_its_own(
    stage: Stage, new_window: Callable[[], Page], tmp_path: Path
) -> None:
    dialog = share(stage, "For a class")
    for part, hidden in (("Weights", "weights"), ("Seed", "seed%2Cweights")):
        dialog.get_by_role("button", name=part, exact=True).click()
        expected = stage.page.url.replace("&epoch=", f"&hide={hidden}&epoch=")
        stage.page.wait_for_function(
            "link => document.querySelector('[role=dialog] [data-testid=stCode]')"
            "?.innerText.replaceAll('\\n', '') === link",
            arg=expected,
        )
    stage.page.locator("[data-test-script-state=notRunning]").wait_for()
    link = link_in(dialog)
    assert link == expected
    assert qr_code(dialog, tmp_path) == link
    frame = dialog.get_by_test_id("stCode").nth(1).inner_text()
    other = new_window()
    other.goto(urljoin(link, "/_stcore/health"))  # nothing to see, but of the app's own origin
    other.set_content(f"<!doctype html><title>A course</title><p>Look:</p>{frame}")
    embedded = other.frame_locator("iframe")
    embedded.locator("[data-testid=stage][data-epoch='123']").wait_for()
    assert embedded.locator("[data-chart]:visible").count() == 4
    assert embedded.get_by_test_id("stSidebar").count() == 0
    embedded.get_by_role("button", name="Share").click()
    code = embedded.get_by_role("dialog", name="Share").get_by_test_id("stCode").first
    shared = code.inner_text().replace("\n", "")
    assert shared == link.replace("=seed%2C", "=controls%2C")  # as its frame has no settings
    assert other.evaluate("navigator.clipboard.readText()") == shared


FILES: dict[str, tuple[str, Callable[..., str | bytes]]] = {
    "CSV": ("csv", as_csv),
    "JSON": ("json", as_json),
    "NPZ": ("npz", as_npz),
    "Python script": ("py", as_script),
    "Jupyter notebook": ("ipynb", as_notebook),
}


def saved(page: Page, button: Locator) -> Download:
    with page.expect_download() as download:
        button.click()
    return download.value


def test_every_file_and_the_card_are_those_of_the_run_on_the_page(stage: Stage) -> None:
    dialog = share(stage, "Files")
    recording = trained(RUN)
    card = write_card(recording)
    for label, (extension, make) in FILES.items():
        download = saved(stage.page, dialog.get_by_role("button", name=label))
        made = make(recording, card)
        content = download.path().read_bytes()
        assert download.suggested_filename == f"{FILE}.{extension}"
        assert content == (made if isinstance(made, bytes) else made.encode())
    shown = share(stage, "Card").get_by_role("tabpanel", name="Card").get_by_test_id("stCode")
    assert shown.inner_text() == card.as_text()


def test_the_animated_page_opens_from_disk_as_the_page_was_shared(
    stage: Stage, new_window: Callable[[], Page], tmp_path: Path
) -> None:
    stage.button("log").click()
    download = saved(stage.page, share(stage, "Files").get_by_role("button", name="Animated page"))
    file = tmp_path / download.suggested_filename
    download.save_as(file)
    assert file.name == f"{FILE}.html"
    other = new_window()
    other.goto(file.as_uri())
    alone = Stage(other)
    alone.wait("data-epoch", "123")
    assert alone.run == run_id(RUN)
    assert alone.plot("loss", "plot.layout.yaxis.type") == "log"
    assert alone.button("Share").count() == 0


def test_pictures_are_offered_of_every_chart_and_named_after_settings_and_epoch(
    stage: Stage,
) -> None:
    dialog = share(stage, "Pictures")
    dialog.get_by_role("button", name="All charts as PNG").wait_for()
    names = dialog.locator(".pictures button").evaluate_all("all => all.map(b => b.ariaLabel)")
    assert len(names) == 12
    download = saved(stage.page, dialog.get_by_role("button", name="All charts as PNG"))
    assert download.suggested_filename == f"{FILE}-epoch-123.png"
    with Image.open(download.path()) as picture:
        shades = np.asarray(picture.convert("L"))
        assert picture.width >= 2 * 1200
        assert write_card(trained(RUN)).as_text() in picture.info.values()
    assert np.unique(shades).size > 50
    download = saved(stage.page, dialog.get_by_role("button", name="Loss as SVG"))
    assert download.suggested_filename == f"{FILE}-epoch-123-loss.svg"
