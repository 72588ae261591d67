"""The page for readers who use keys or a screen reader."""

from tests.support.axe import violations, violations_of_colour
from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.numbers import written
from xorviz.core.verdict import judge
from xorviz.sentences.verdict import verdict_text
from xorviz.stage.scene import run_id

ATLAS = "epochs=1000&seeds=40%3A44&lrs=0.5%2C1"
LOOKS = (((1440, 900), "light", "dark"), ((390, 844), "dark", "light"))
"""Sizes of a laptop and a phone, each with a theme and the other one."""


def assert_axe_finds_nothing(stage: Stage, part: str, within: str = "html") -> None:
    """Look at each size and in each theme; at the whole page, at each size in each theme.

    There one theme differs from the other in its colours alone.
    """
    for size, scheme, other in LOOKS:
        stage.resize(*size, scheme)
        assert violations(stage.page, within) == [], f"{part}, {size[0]} wide, {scheme}"
        if within == "html":
            assert_axe_finds_no_colour(stage, size, other, part)


def assert_axe_finds_no_colour(stage: Stage, size: tuple[int, int], theme: str, part: str) -> None:
    stage.resize(*size, theme)
    assert violations_of_colour(stage.page) == [], f"{part}, {size[0]} wide, {theme}"


def test_axe_finds_nothing_on_any_tab(open_shared: OpenStage) -> None:
    stage = open_shared(f"?{ATLAS}&pin=seed%3D7&epoch=300")
    for tab in ("Watch", "Backprop", "Atlas", "Doctor", "Landscape", "Compare", "Check"):
        stage.tab(tab).click()
        stage.settled()
        if tab == "Backprop":
            stage.wait_for_step(300)
        if tab == "Atlas":
            stage.page.get_by_text("of 8 networks are solved").wait_for()
        if tab == "Check":
            stage.page.get_by_role("heading", name="Check your own backprop").wait_for()
            stage.page.locator("[data-test-script-state=notRunning]").wait_for()
        assert_axe_finds_nothing(stage, tab)


def test_axe_finds_nothing_in_a_tug_of_war_or_in_curves(open_shared: OpenStage) -> None:
    for query in ("lines=pull&units=curves", "tab=backprop&weight=h1_y"):
        stage = open_shared(f"?{query}&epoch=300")
        assert_axe_finds_nothing(stage, query, "[data-testid=stage]")


def test_axe_finds_nothing_in_the_dialog(stage: Stage) -> None:
    stage.button("Share").click()
    dialog = stage.page.get_by_role("dialog")
    for size, scheme, other in LOOKS:
        stage.resize(*size, scheme)
        for part in ("For a class", "Files", "Pictures", "Card", "Link"):
            dialog.get_by_role("tab", name=part, exact=True).click()
            stage.page.get_by_role("tabpanel", name=part).locator("*").first.wait_for()
            stage.page.locator("[data-test-script-state=notRunning]").wait_for()
            within = "html" if part == "Link" else "[role=dialog]"
            assert violations(stage.page, within) == [], f"{part}, {size[0]} wide, {scheme}"
        assert_axe_finds_no_colour(stage, size, other, "Link")
    stage.page.get_by_role("button", name="Close").click()


SPOKEN = """() => {
  const live = ":is(output, [role=status], [role=alert], [aria-live]):not([aria-live=off])";
  const slider = document.querySelector("[aria-label=Epoch]");
  window.spoken = [];
  const texts = { childList: true, characterData: true, subtree: true };
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target.closest ? target : target.parentElement).closest(live);
      if (region) window.spoken.push(region.textContent);
    }
  }).observe(document.querySelector(".stage"), texts);
  new MutationObserver(() => window.spoken.push(slider.ariaValueText))
    .observe(slider, { attributeFilter: ["aria-valuetext"] });
}"""


def test_nothing_is_spoken_while_a_run_plays_and_then_where_it_rests(stage: Stage) -> None:
    stage.set_speed("4×")
    stage.page.evaluate(SPOKEN)
    stage.edge("x1 → h1").focus()  # its tip follows the run
    stage.play()
    stage.wait("data-state", "ended")
    stage.settled()
    run = trained(TrainConfig())
    verdict = verdict_text(judge(run))
    assert stage.root.get_by_role("status").filter(has_text=verdict).count() == 1
    assert stage.page.evaluate("window.spoken") == [
        "playing",
        verdict,
        f"epoch 10,000: mean absolute error {written(run.mean_abs_error[-1])}, "
        f"loss {written(run.half_squared_error[-1])}",
    ]


def test_each_chart_says_what_it_shows_at_the_playhead(open_shared: OpenStage) -> None:
    stage = open_shared("?epoch=5000")
    error = trained(TrainConfig()).mean_abs_error[5_000]
    stage.root.get_by_role("img", name=f"error is {written(error)} and").wait_for()
    for chart in ("network", "surface", "loss", "weights", "hidden"):
        body = stage.root.locator(f"[data-chart={chart}]").get_by_label("At epoch 5,000")
        assert body.count() == 1


def test_the_map_of_the_atlas_is_walked_by_the_arrow_keys_and_opened_by_enter(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"?{ATLAS}&tab=atlas&epoch=300")
    page = stage.page
    page.get_by_text("of 8 networks are solved").wait_for()
    page.get_by_role("application", name="Map of networks, ").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    status = page.get_by_test_id("figure").get_by_role("status")
    assert status.inner_text().startswith("seed 43, rate 1, 2 hidden: ")
    page.locator(".figure .hovertext", has_text=status.inner_text()).wait_for()
    assert stage.epoch == 300
    page.keyboard.press("Enter")
    stage.wait("data-run", run_id(TrainConfig(seed=43, learning_rate=1.0, epochs=1000)))
