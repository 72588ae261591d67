"""The tab Check, and programs with a mistake, in the browser."""

import pytest
from playwright.sync_api import Locator, expect

from tests.support.axe import violations, violations_of_colour
from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.network import Layers
from xorviz.sentences.check import PASTE
from xorviz.sentences.on_purpose import CARD_TELLS, FILES_TELL, GIVEN_AWAY, NO_FILM
from xorviz.stage.scene import run_id

SHORT = "?tab=check&epochs=300"
WRONG = TrainConfig(epochs=300, mistake="no-derivative-output")
MARKUP = "[[1 2] [3 <img src=x onerror=window.hit=1>]] [[5] [6]]"


def printed(run: TrainConfig) -> str:
    layers = Layers(trained(run).state(run.epochs), run.hidden_size)
    return f"Final weights:\n {layers.weights_hidden}\n {layers.weights_output}"


def paste(stage: Stage, text: str) -> None:
    stage.page.get_by_label(PASTE).fill(text)
    stage.page.locator(".st-key-check").get_by_role("button", name="Check", exact=True).click()


def figure(stage: Stage) -> Locator:
    return stage.page.locator(".figure[data-figure=losses]")


def test_a_pasted_mistake_is_named_drawn_and_opened_in_backprop(open_shared: OpenStage) -> None:
    stage = open_shared(SHORT)
    paste(stage, printed(WRONG))
    stage.page.get_by_text("(no-derivative-output)").first.wait_for()
    figure(stage).locator(".js-plotly-plot").wait_for()
    ends = stage.page.evaluate(
        "() => [...document.querySelector('.figure .js-plotly-plot').data].map(({y}) => y.at(-1))"
    )
    losses = [trained(run).half_squared_error[-1] for run in (TrainConfig(epochs=300), WRONG)]
    assert ends == pytest.approx(losses, rel=1e-6)
    stage.page.get_by_role("button", name="Open this step in Backprop").click()
    stage.wait("data-run", run_id(WRONG))
    stage.page.get_by_role("heading", name="The step from epoch 0 to 1").wait_for()
    stage.page.get_by_text("A mistake on purpose").wait_for()
    assert "mistake=no-derivative-output" in stage.page.url


def test_what_was_pasted_is_in_no_link_and_one_press_clears_it(open_shared: OpenStage) -> None:
    stage = open_shared(SHORT)
    paste(stage, printed(TrainConfig(epochs=300)))
    stage.page.get_by_text("these are the numbers of correct backprop").wait_for()
    assert "0." not in stage.page.url.partition("?")[2]
    stage.page.get_by_role("button", name="Clear").click()
    expect(stage.page.get_by_label(PASTE)).to_have_value("")
    expect(stage.page.get_by_text("these are the numbers of correct backprop")).to_have_count(0)


def test_a_pasted_text_is_never_markup(open_shared: OpenStage) -> None:
    stage = open_shared(SHORT)
    paste(stage, MARKUP)
    stage.page.get_by_text("must be 2 rows of 2 numbers in brackets").wait_for()
    assert stage.page.evaluate("window.hit") is None
    assert not stage.page.locator("img[src=x]").count()


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1440, 900, "light"), (390, 844, "light"), (390, 844, "dark")]
)
def test_answer_and_mark_fit_into_the_page(
    open_shared: OpenStage, width: int, height: int, scheme: str
) -> None:
    stage = open_shared(f"{SHORT}&mistake=gradients-not-reset")
    stage.resize(width, height, scheme)
    paste(stage, printed(WRONG))
    figure(stage).locator(".js-plotly-plot").wait_for()
    assert stage.page.evaluate(
        """() => ['html', '[data-testid=stMain]', '.st-key-check', '.st-key-mistaken'].every(
          (part) => {
            const { scrollWidth, clientWidth } = document.querySelector(part);
            return scrollWidth <= clientWidth;
          })"""
    )


@pytest.mark.parametrize("link", ["&tab=check", "&tab=backprop", "&tab=backprop&hide=mistake"])
def test_axe_finds_nothing_in_an_answer_or_in_the_step_of_a_wrong_program(
    open_shared: OpenStage, link: str
) -> None:
    stage = open_shared(f"?epochs=300&epoch=7&mistake=error-not-delta{link}")
    stage.resize(1440, 900, "light")
    if "check" in link:
        paste(stage, printed(WRONG))
        figure(stage).locator(".js-plotly-plot").wait_for()
    else:
        stage.wait_for_step(7)
    assert violations(stage.page) == []
    stage.resize(1440, 900, "dark")  # which differs in its colours alone
    assert violations_of_colour(stage.page) == []


def test_there_is_no_film_of_a_program_with_a_mistake(open_shared: OpenStage) -> None:
    stage = open_shared("?tab=backprop&epochs=300&epoch=7&mistake=sign-hidden")
    stage.page.get_by_role("button", name="Watch this step").click()
    stage.page.get_by_text(NO_FILM).first.wait_for()
    bar = stage.page.get_by_role("toolbar", name="Film of this step")
    buttons = bar.get_by_role("button").all()
    assert [button.get_attribute("aria-label") for button in buttons] == ["Close the film"]
    assert stage.page.get_by_text("Show in the film").count() == 0
    bar.get_by_role("button").click()
    stage.button("Watch this step").wait_for()


def test_the_table_follows_a_program_with_a_mistake(open_shared: OpenStage) -> None:
    stage = open_shared("?tab=backprop&epochs=300&epoch=7&mistake=gradients-not-reset")
    stage.wait_for_step(7)
    stage.button("Step forward").click()
    stage.wait_for_step(8)
    run = trained(TrainConfig(epochs=300, mistake="gradients-not-reset"))
    new = float(run.state(9)[0])
    assert float(stage.rows()["x1 → h1"][-1].replace("−", "-")) == pytest.approx(new, rel=1e-3)


def close_dialog(stage: Stage) -> None:
    stage.page.get_by_role("button", name="Close").click()
    stage.page.get_by_role("dialog").wait_for(state="detached")


def test_share_hides_a_mistake_from_a_class_and_says_what_gives_it_away(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?epochs=300&epoch=7&mistake=sign-hidden")
    page = stage.page
    stage.button("Share").click()
    page.get_by_role("tab", name="For a class").click()
    page.get_by_text("Hide the mistake", exact=True).click()
    page.get_by_text(GIVEN_AWAY).wait_for()
    assert "hide=mistake" in page.get_by_role("dialog").locator("code").first.inner_text()
    close_dialog(stage)


def test_share_of_a_hidden_mistake_does_not_show_its_card(open_shared: OpenStage) -> None:
    stage = open_shared("?epochs=300&epoch=7&mistake=sign-hidden&hide=mistake")
    page = stage.page
    stage.button("Share").click()
    page.get_by_role("tab", name="Card").click()
    page.get_by_text(CARD_TELLS).wait_for()
    page.get_by_role("tab", name="Files").click()
    page.get_by_text(FILES_TELL).wait_for()
    assert "sign-hidden" not in page.locator("body").inner_text()
    close_dialog(stage)
