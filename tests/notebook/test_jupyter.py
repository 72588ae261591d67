"""The player in JupyterLab, as a reader uses it in a browser."""

import numpy as np
import pytest
from playwright.sync_api import Locator

from tests.support.lab import Notebook
from tests.support.notebook import PRINTED_WEIGHTS_HIDDEN, PRINTED_WEIGHTS_OUTPUT
from tests.support.shown import number
from tests.support.stage import FRAMES, SCRUB
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record

FIRST, SECOND, RECORDER, BUSY = 1, 2, 4, 5
"""Cells that show a player, and the one that keeps the kernel busy."""
CONFIG = TrainConfig(7, 2.0, 3, 5000)
"""The second player's run."""
CHARTS = ["network", "surface", "loss", "weights", "hidden"]


def epoch(player: Locator) -> int:
    return int(player.get_attribute("data-epoch") or -1)


def wait(player: Locator, **attributes: object) -> None:
    """Wait until the stage has these attributes."""
    names = "".join(f'[data-{name}="{value}"]' for name, value in attributes.items())
    player.and_(player.page.locator(names)).wait_for()


def rest(player: Locator) -> Locator:
    """Bring the playhead to the start, and the focus to the player."""
    player.get_by_role("button", name="Restart").click()
    wait(player, state="paused", epoch=0)
    player.focus()
    return player


def press(player: Locator, *keys: str) -> None:
    for key in keys:
        player.page.keyboard.press(key)


@pytest.mark.parametrize("index", [FIRST, SECOND, RECORDER])
def test_a_cell_that_ends_with_a_run_shows_all_charts(notebook: Notebook, index: int) -> None:
    player = notebook.player(index)
    shown = player.locator("[data-chart]").evaluate_all("all => all.map(s => s.dataset.chart)")
    assert shown == CHARTS
    drawn = player.locator(".js-plotly-plot .main-svg").evaluate_all("all => all.length")
    assert drawn >= 4
    assert player.locator(".failure:not([hidden])").count() == 0


def test_players_on_one_page_share_one_plotly_and_play_by_themselves(notebook: Notebook) -> None:
    players = [notebook.player(index) for index in (FIRST, SECOND)]
    for player in players:
        rest(player)
    players[0].get_by_role("button", name="Play").click()
    wait(players[0], state="playing")
    assert (players[1].get_attribute("data-state"), epoch(players[1])) == ("paused", 0)
    at = "stage => Number(stage.dataset.epoch) > 100"
    notebook.page.wait_for_function(at, arg=players[0].element_handle())
    players[0].get_by_role("button", name="Pause").click()
    wait(players[0], state="paused")
    assert notebook.page.evaluate("window.Plotly") is None
    sheets = "all => all.filter((one) => one.textContent.includes('.xorviz {')).length"
    assert notebook.page.locator("style").evaluate_all(sheets) == 1


def test_space_plays_and_pauses_and_the_notebook_does_not_scroll(notebook: Notebook) -> None:
    player = rest(notebook.player(FIRST))
    at = "stage => stage.getBoundingClientRect().top"
    before = player.evaluate(at)
    press(player, " ")
    wait(player, state="playing")
    press(player, " ")
    wait(player, state="paused")
    assert player.evaluate(at) == before


def test_keys_step_epoch_by_epoch_by_states_from_the_kernel(notebook: Notebook) -> None:
    player = rest(notebook.player(SECOND))
    for number_of in range(1, 30):
        press(player, "ArrowRight")
        wait(player, epoch=number_of)
    press(player, "ArrowLeft")
    wait(player, epoch=28)
    press(player, "End")
    wait(player, state="ended", epoch=CONFIG.epochs)
    press(player, "ArrowLeft")
    wait(player, epoch=4999)
    press(player, "Home")
    wait(player, epoch=0)


def test_the_scrubber_brings_the_playhead_to_a_frame(notebook: Notebook) -> None:
    player = rest(notebook.player(SECOND))
    player.get_by_role("slider", name="Epoch").evaluate(SCRUB, 2500)
    assert epoch(player) >= 2500
    assert epoch(notebook.player(FIRST)) != epoch(player)


def test_keys_are_the_notebooks_where_the_player_has_not_the_focus(notebook: Notebook) -> None:
    player = rest(notebook.player(FIRST))
    notebook.command("notebook:enter-command-mode")
    notebook.cell(0).locator(".jp-InputPrompt").first.click()
    press(player, "ArrowRight", "End", " ")
    notebook.page.evaluate(FRAMES, 2)
    assert (player.get_attribute("data-state"), epoch(player)) == ("paused", 0)


def test_the_notebooks_own_keys_work_while_the_player_has_the_focus(notebook: Notebook) -> None:
    player = rest(notebook.player(FIRST))
    cells = notebook.page.locator(".jp-Notebook-cell")
    count = cells.count()
    press(player, "b")
    cells.nth(count).wait_for()
    notebook.command("notebook:delete-cell")
    cells.nth(count).wait_for(state="detached")


def test_a_player_follows_jupyters_theme(notebook: Notebook) -> None:
    player = notebook.player(FIRST)
    ground = "stage => getComputedStyle(stage.parentElement.parentElement).backgroundColor"
    seen = {}
    for theme in ("Dark", "Light"):
        notebook.command("apputils:change-theme", theme=f"JupyterLab {theme}")
        wait(player, theme=theme.lower())
        seen[theme] = player.evaluate(ground)
    assert seen == {"Dark": "rgb(14, 17, 23)", "Light": "rgb(255, 255, 255)"}


def test_nothing_of_a_player_reaches_the_address_of_the_notebook(notebook: Notebook) -> None:
    rest(notebook.player(FIRST))
    assert "epoch" not in notebook.page.url


def test_the_notebook_with_a_recorder_plays_its_own_weights_marked_as_such(
    notebook: Notebook,
) -> None:
    player = rest(notebook.player(RECORDER))
    heading = notebook.cell(RECORDER).locator(".xorviz .heading").inner_text()
    assert heading == "Your own weights, recorded over 10,000 updates, learning rate 0.5"
    press(player, "End")
    wait(player, state="ended", epoch=TrainConfig().epochs)
    values = player.locator("[data-chart=weights] dd").all_inner_texts()
    printed = [*np.ravel(PRINTED_WEIGHTS_HIDDEN), *np.ravel(PRINTED_WEIGHTS_OUTPUT)]
    assert [number(text) for text in values] == pytest.approx(printed, rel=1e-3)


def test_a_cell_that_is_run_again_has_one_player(notebook: Notebook) -> None:
    rest(notebook.player(SECOND))
    notebook.run(SECOND)
    wait(notebook.player(SECOND), state="playing")
    assert notebook.cell(SECOND).locator(".xorviz").count() == 1
    rest(notebook.player(SECOND))


def wait_for_kernel(player: Locator, answers: bool) -> None:
    """Wait until the player knows whether a kernel answers."""
    state = "[data-connected]" if answers else ":not([data-connected])"
    page = player.locator("xpath=ancestor::*[contains(@class, 'xorviz')]")
    page.and_(player.page.locator(state)).wait_for()


def test_steps_go_from_frame_to_frame_while_the_kernel_is_busy(notebook: Notebook) -> None:
    epochs = record(CONFIG).epochs
    notebook.run(BUSY)
    player = rest(notebook.player(SECOND))
    press(player, "End")
    wait(player, state="ended")
    wait_for_kernel(player, answers=False)
    press(player, "ArrowLeft")
    wait(player, epoch=epochs[-2])
    notebook.let_go()
    wait_for_kernel(player, answers=True)
    press(player, "ArrowLeft")
    wait(player, epoch=epochs[-2] - 1)


def test_steps_are_frames_after_a_restart_of_the_kernel_until_the_cell_runs_again(
    notebook: Notebook,
) -> None:
    epochs = record(CONFIG).epochs
    player = rest(notebook.player(SECOND))
    notebook.restart_kernel()
    press(player, "End")
    wait(player, state="ended")
    wait_for_kernel(player, answers=False)
    press(player, "ArrowLeft")
    wait(player, epoch=epochs[-2])
    notebook.run_all()
    player = rest(notebook.player(SECOND))
    press(player, "ArrowRight")
    wait(player, epoch=1)
