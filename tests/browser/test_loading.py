"""What the page loads and unpacks, and when: plotly.js where it failed at first, a scene once."""

import asyncio
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Browser, Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.runs import trained
from tests.support.server import Server
from tests.support.stage import OpenStage, Stage
from tests.support.student import Student, connect
from xorviz.core.config import TrainConfig
from xorviz.figures import atlas, charts
from xorviz.stage import STATIC
from xorviz.stage.scene import pack_scene, pack_window
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results

PLOTLY = "**/plotly-flat.min.js"
FAILED = "can't be shown: plotly.js did not load."
COUNT = """() => {
  window.inflated = 0;
  const Inflater = window.DecompressionStream;
  window.DecompressionStream = function (format) {
    const { writable, readable } = new Inflater(format);
    const count = (chunk, out) => { window.inflated += chunk.byteLength; out.enqueue(chunk); };
    return { writable, readable: readable.pipeThrough(new TransformStream({ transform: count })) };
  };
}"""
"""Counts in a page the bytes that are unpacked from now on."""


def test_charts_that_failed_to_load_are_tried_again_when_a_setting_moves(
    server: Server, new_window: Callable[[], Page]
) -> None:
    page = new_window()
    page.route(PLOTLY, lambda route: route.abort())
    page.goto(f"{server.url}/?tab=atlas&epochs=100&seeds=42:44&epoch=0")
    parts = [page.get_by_test_id(part) for part in ("stage", "figure")]
    for part in parts:
        part.get_by_text(FAILED).wait_for()
    page.unroute(PLOTLY)
    page.get_by_test_id("stSidebar").get_by_role("slider", name="Seed").focus()
    page.keyboard.press("ArrowRight")
    for part in parts:
        part.locator(".js-plotly-plot .main-svg").first.wait_for()
        expect(part.get_by_text(FAILED)).to_be_hidden()
    assert page.locator("script[src$='plotly-flat.min.js']").count() == 1


def test_the_pages_plotly_js_has_the_traces_of_its_charts(browser: Browser) -> None:
    sweep = SweepConfig(TrainConfig(), range(2), (0.5, 2.0), (2,))
    drawn = [*charts(trained(TrainConfig())), atlas.chart(Results(sweep), "seed", "learning_rate")]
    types = {trace["type"] for chart in drawn for trace in getattr(chart, "traces", [])}
    with browser.new_page() as page:
        page.add_script_tag(path=STATIC / "vendor" / "plotly-flat.min.js")
        assert {*page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")} == types


def test_a_rerun_that_leaves_the_run_as_it_is_unpacks_nothing_of_its_scene(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?epoch=0")
    page = stage.page
    stage.nudge("Seed")
    page.evaluate(COUNT)
    stage.leave_field()
    for key in ("End", "Shift+ArrowLeft"):
        page.keyboard.press(key)  # from the second run on, the page packs where the playhead rests
        stage.settled()
        page.locator("[data-test-script-state=notRunning]").wait_for()
    page.wait_for_function("inflated > 0")
    stage.nudge("Seed")
    recording = trained(TrainConfig(seed=44))
    scene = len(zlib.decompress(pack_scene(recording)[16:]))
    window = len(zlib.decompress(pack_window(recording, stage.epoch)))
    assert scene < page.evaluate("inflated") < 1.1 * (scene + 4 * window)


async def answer(url: str) -> bytes:
    """All that the server sends to a page that has just been opened."""
    sent = b""
    async with connect(url) as socket:
        await Student(socket, "epochs=100").ask()
        while True:
            raw = await asyncio.wait_for(socket.recv(), 30)
            sent += raw
            if ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished":
                return sent


def test_an_answer_names_the_style_sheets_and_holds_none(server: Server) -> None:
    with ThreadPoolExecutor() as threads:  # as this one has a loop of its own
        sent = threads.submit(asyncio.run, answer(server.url)).result()
    assert b"/stage.css" in sent
    assert b"var(--st-" not in sent


def test_a_run_that_the_reader_saw_lately_is_not_sent_again(
    server: Server, new_window: Callable[[], Page]
) -> None:
    """Else Streamlit may drop it while the next request counts on it, and the page would fail."""
    page, received = new_window(), list[int]()
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda d: received.append(len(d)))
    )
    page.goto(f"{server.url}/?epoch=0")
    stage = Stage(page).settled()
    first = sum(received)
    for _ in range(4):
        stage.nudge("Seed")
        stage.settled()
    run = stage.run
    received.clear()
    page.get_by_role("button", name="Back to the notebook's settings").click()
    stage.wait_for_run_other_than(run)
    stage.settled()
    assert 0 < sum(received) < first / 5


def test_a_first_visit_loads_all_modules_and_all_style_sheets_in_one_request_each(
    open_stage: OpenStage,
) -> None:
    page = open_stage("?epoch=0&tab=atlas&epochs=100&seeds=42:44").settled().page
    page.get_by_test_id("figure").locator(".js-plotly-plot").wait_for()
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    files = [name.rpartition("/")[2] for name in loaded if "/component/" in name]
    assert sorted({*files}) == ["plotly-flat.min.js", "stage.css", "stage.js"]
