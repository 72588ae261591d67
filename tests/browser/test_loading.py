"""What the page loads, and when: plotly.js again where it failed at first."""

import pytest
from playwright.sync_api import Browser, expect

from tests.support.server import Server

PLOTLY = "**/plotly-cartesian.min.js"
FAILED = "can't be shown: plotly.js did not load."


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
