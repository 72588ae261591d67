"""What the page loads and unpacks, and when: plotly.js where it failed at first, a scene once."""

import zlib

import pytest
from playwright.sync_api import Browser, expect

from tests.support.runs import trained
from tests.support.server import Server
from tests.support.stage import OpenStage
from xorviz.core.config import TrainConfig
from xorviz.stage.scene import pack_scene, pack_window

PLOTLY = "**/plotly-cartesian.min.js"
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


@pytest.mark.parametrize(("query", "part"), [("", "stage"), ("?tab=atlas&epochs=100", "figure")])
def test_charts_that_failed_to_load_are_tried_again_when_a_setting_moves(
    server: Server, browser: Browser, query: str, part: str
) -> None:
    errors: list[str] = []
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        context.route(PLOTLY, lambda route: route.abort())
        page.goto(f"{server.url}/{query}")
        failed = page.get_by_test_id(part).get_by_text(FAILED)
        failed.wait_for()
        context.unroute(PLOTLY)
        page.get_by_test_id("stSidebar").get_by_role("slider", name="Seed").focus()
        page.keyboard.press("ArrowRight")
        page.get_by_test_id(part).locator(".js-plotly-plot .main-svg").first.wait_for()
        expect(failed).to_be_hidden()
        assert page.locator("script[src$='plotly-cartesian.min.js']").count() == 1
    assert not errors


def test_a_rerun_that_leaves_the_run_as_it_is_unpacks_nothing_of_its_scene(
    open_stage: OpenStage,
) -> None:
    stage = open_stage()
    page = stage.page
    stage.nudge("Seed")
    page.evaluate(COUNT)
    for epoch in (5_000, 3_000):  # from the second run on, the page packs where the playhead rests
        stage.scrub(epoch)
        page.locator("[data-test-script-state=notRunning]").wait_for()
    page.wait_for_function("inflated > 0")
    stage.nudge("Seed")
    recording = trained(TrainConfig(seed=44))
    scene = len(zlib.decompress(pack_scene(recording)[16:]))
    window = len(zlib.decompress(pack_window(recording, stage.epoch)))
    assert scene < page.evaluate("inflated") < 1.1 * (scene + 4 * window)
