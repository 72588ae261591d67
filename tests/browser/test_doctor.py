"""The tab Doctor in a browser: its headline, and the picture of the cause."""

from playwright.sync_api import expect

from tests.support.stage import OpenStage

PLOT = "document.querySelector('[data-testid=figure] .js-plotly-plot')"
FITS = """() => ['html', '[data-testid=stMain]', '.stage', '.st-key-doctor']
  .flatMap(name => [...document.querySelectorAll(name)])
  .every(box => box.scrollWidth <= box.clientWidth)"""


def test_the_doctor_shows_the_cause_in_every_window_and_follows_another_run(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?seed=41&hidden=16&epochs=300&tab=doctor&epoch=0")
    page = stage.page
    figure = page.get_by_test_id("figure")
    page.wait_for_selector("[data-testid=figure][data-shown]")
    for width, height, scheme in ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light")):
        stage.resize(width, height, scheme)
        assert page.evaluate(FITS)
        text = "#31333f" if scheme == "light" else "#fafafa"
        assert page.evaluate(f"() => {PLOT}.layout.font.color") == text
        box = figure.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width
        assert box["height"] <= height
    expect(figure.locator(".annotation")).to_have_count(6)
    stage.resize(1440, 900)
    shown = figure.get_attribute("data-shown")
    stage.nudge("Seed")
    page.wait_for_selector(f"[data-testid=figure]:not([data-shown='{shown}'])")
    expect(page.get_by_role("heading", level=4)).to_have_count(1)
