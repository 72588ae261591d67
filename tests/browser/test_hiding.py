"""Pages for a class: a link that leaves parts out, in a frame of another page, or for a room."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from tests.support.address import wait_for_address
from tests.support.layout import assert_nothing_overlaps, chart_boxes, fits
from tests.support.server import Server
from tests.support.shown import assert_reads, visible_charts
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.settings.link import CHARTS, run_query

RUN = TrainConfig(seed=7, epochs=1_000)
BETWEEN = 503
"""An epoch of it between two frames."""
NAMES = {"activations": "hidden"}
"""The page's names of charts that have others in links."""
ALL_CHARTS = {NAMES.get(name, name) for name in CHARTS}


class Silent(SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def open_frame(
    server: Server, new_window: Callable[[], Page], tmp_path: Path
) -> Iterator[OpenStage]:
    """Open a link in a frame as large as its window, of a page that another origin serves."""
    handler = partial(Silent, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as course:
        threading.Thread(target=course.serve_forever, daemon=True).start()

        def frame(query: str) -> Stage:
            source = f"{server.url}/?{query}".replace("&", "&amp;")
            (tmp_path / "course.html").write_text(
                '<!doctype html><html lang="en"><title>Course</title><body style="margin: 0">'
                f'<iframe src="{source}" style="width: 100%; height: 100vh; border: 0"></iframe>'
            )
            page = new_window()
            page.goto(f"http://127.0.0.1:{course.server_port}/course.html")
            element = page.wait_for_selector("iframe")
            inner = element and element.content_frame()
            assert inner
            return Stage(cast("Page", inner), page)  # has all of a page that is used of it here

        yield frame
        course.shutdown()


def assert_tidy(stage: Stage) -> None:
    """Whether no visible part overlaps another, is squeezed or makes the page scroll sideways."""
    assert_nothing_overlaps(stage)
    for box in chart_boxes(stage):
        assert box["width"] > 200
        assert box["height"] > 150


def assert_full(stage: Stage) -> None:
    """Whether every row of charts takes the whole width."""
    room = stage.root.locator(".charts").bounding_box()
    assert room
    charts = chart_boxes(stage)
    for row in {round(box["y"]) for box in charts}:
        boxes = [box for box in charts if round(box["y"]) == row]
        right = max(box["x"] + box["width"] for box in boxes)
        assert min(box["x"] for box in boxes) == pytest.approx(room["x"], abs=1)
        assert right == pytest.approx(room["x"] + room["width"], abs=1)


def test_a_frame_of_a_course_page_holds_the_whole_page_and_stays_embedded(
    open_frame: OpenStage,
) -> None:
    frame = open_frame("embed=true&hide=controls&epoch=700").settled()
    for width, height in ((1100, 900), (700, 900), (390, 2200)):
        frame.resize(width, height)
        assert fits(frame)
        assert len(chart_boxes(frame)) == 5
        assert min(box["height"] for box in chart_boxes(frame)) > 180
    with frame.rerun():
        frame.tab("Compare").click()
    wait_for_address(frame, embed="true", hide="controls", tab="compare", epoch=700)


def test_a_frame_elsewhere_shows_the_run_without_what_the_link_hides_and_plays_it(
    open_frame: OpenStage,
) -> None:
    query = f"embed=true&hide=controls,tabs,weights&{run_query(RUN)}&epoch={BETWEEN}&speed=4"
    frame = open_frame(query).settled()
    assert_reads(frame, RUN, BETWEEN)
    assert frame.state == "paused"
    assert frame.page.get_by_test_id("stSidebar").count() == 0
    assert frame.page.get_by_role("radio", name="Watch").count() == 0
    assert visible_charts(frame) == ALL_CHARTS - {"weights"}
    for width, height in ((800, 600), (390, 700)):
        frame.resize(width, height)
        assert_tidy(frame)
        assert_full(frame)
    frame.button("Play").click()
    frame.wait("data-state", "ended")
    assert_reads(frame, RUN, 1_000)
    hidden = "controls,tabs,weights"
    wait_for_address(frame, embed="true", hide=hidden, seed=7, epochs=1_000, epoch=1_000, speed=4)


@pytest.mark.parametrize(
    "hide",
    [
        "weights,readouts",
        "network,surface,share",
        "loss,weights,surface,verdict",
        ",".join(CHARTS[1:]),
    ],
)
def test_charts_and_what_is_above_them_can_be_left_out_and_the_rest_shares_the_room(
    open_shared: OpenStage, hide: str
) -> None:
    names = hide.split(",")
    stage = open_shared(f"?{run_query(RUN)}&epoch={BETWEEN}&hide={hide}")
    gone = {NAMES.get(name, name) for name in names}
    assert_full(stage)
    for width, height in ((1440, 900), (390, 700)):
        stage.resize(width, height)
        assert visible_charts(stage) == ALL_CHARTS - gone
        for part in ("readouts", "verdict", "share"):
            assert stage.root.locator(f".{part}").is_visible() == (part not in names)
        assert_tidy(stage)
    stage.button("Step forward").click()
    assert stage.settled().epoch > BETWEEN
    for chart in {"loss", "weights"} - gone:
        assert stage.cursor(chart) == pytest.approx(stage.epoch, abs=1)


def test_a_page_for_a_room_fits_the_screen_in_large_type_and_enlarges_a_chart(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?present=true&epoch=700")
    assert stage.page.get_by_test_id("stSidebar").count() == 0
    hint = stage.root.locator("[data-chart=loss] .hint")
    for width, height in ((1280, 720), (1920, 1080)):
        stage.resize(width, height)
        assert fits(stage)
        size = hint.evaluate("hint => parseFloat(getComputedStyle(hint).fontSize)")
        assert size == pytest.approx(0.75 * 0.022 * height, rel=0.01)
        assert stage.plot("loss", "plot.layout.font.size") == pytest.approx(size, rel=0.01)
        stage.button("Enlarge Decision surface").click()
        (box,) = chart_boxes(stage)
        assert box["width"] > 0.9 * width
        stage.button("Enlarge Decision surface").click()
        assert len(chart_boxes(stage)) == 5
