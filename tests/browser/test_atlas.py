"""The tab Atlas in the browser: the map fills in, and its cells open their runs."""

import csv
import io
import re
from collections.abc import Callable
from threading import Event
from typing import Any, Final

import pytest
from playwright.sync_api import Page, Route

from tests.support.server import Server
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.stage.scene import run_id

PLOT = "document.querySelector('.figure .js-plotly-plot')"
LABELS = f"{PLOT}?.data[4].text"
TOLD = f"({LABELS} ?? []).flat().filter((text) => text !== null).length"


PATIENCE: Final = 120_000
"""Milliseconds that a sweep may take where much else keeps the processor busy."""


def wait_for(stage: Stage, condition: str) -> None:
    stage.page.wait_for_function(f"() => {condition}", timeout=PATIENCE)


def wait_for_map(stage: Stage, rows: int, columns: int) -> None:
    """Wait until the map has so many cells, and all of them are told."""
    shape = f"{LABELS}?.length === {rows} && {LABELS}[0].length === {columns}"
    wait_for(stage, f"{shape} && {TOLD} === {rows * columns}")


def labels(stage: Stage) -> list[list[Any]]:
    return list(stage.page.evaluate(f"() => {LABELS}"))


def click_cell(stage: Stage, row: int, column: int) -> None:
    """Click into the middle of a cell."""
    x, y = stage.page.evaluate(
        f"""() => {{
            const plot = {PLOT}, {{ xaxis, yaxis }} = plot._fullLayout;
            plot.scrollIntoView({{ block: "center" }});
            const {{ left, top }} = plot.getBoundingClientRect();
            const [x, y] = [xaxis._offset + xaxis.l2p({column}), yaxis._offset + yaxis.l2p({row})];
            return [left + x, top + y];
        }}"""
    )
    stage.page.mouse.move(x - 1, y)
    stage.page.mouse.move(x, y)
    hovered = f"{PLOT}._hoverdata?.[0]"
    wait_for(stage, f"{hovered}?.x === {column} && {hovered}.y === {row}")
    stage.page.mouse.click(x, y)


@pytest.fixture
def small(open_shared: OpenStage) -> Stage:
    """The tab on four seeds and two rates, all trained."""
    stage = open_shared("?epochs=1000&tab=atlas&seeds=40%3A44&lrs=0.5%2C1")
    wait_for_map(stage, 2, 4)
    return stage


def test_a_clicked_cell_opens_its_run_in_the_stage_and_the_same_one_opens_it_again(
    small: Stage,
) -> None:
    small.mark_plots()
    click_cell(small, row=1, column=3)
    chosen = run_id(TrainConfig(seed=43, learning_rate=1.0, epochs=1000))
    small.wait("data-run", chosen)
    small.page.wait_for_url(
        "**/?seed=43&lr=1&epochs=1000&tab=atlas&seeds=40%3A44&lrs=0.5%2C1&epoch=*"
    )
    wait_for(small, f"{PLOT}.layout.shapes.length === 2 && {PLOT}.layout.shapes[0].x0 === 2.5")
    assert small.plots_are_the_marked()
    small.nudge("Seed")
    wait_for(small, f"{PLOT}.layout.shapes.length === 0")
    click_cell(small, row=1, column=3)
    small.wait("data-run", chosen)
    assert small.plots_are_the_marked()


def test_a_switch_colours_the_map_and_stays_while_it_is_swept_anew(small: Stage) -> None:
    group = small.page.get_by_role("group", name="Colour by")
    for name, shown in (("final loss", 2), ("verdict", 1), ("epochs to solve", 3)):
        group.get_by_role("button", name=name).click()
        visible = small.page.evaluate(f"() => {PLOT}.data.map((trace) => trace.visible)")
        assert [index for index in (1, 2, 3) if visible[index] is True] == [shown]
    small.type_into("Seeds", "50:53")
    wait_for_map(small, 2, 3)
    small.type_into("Learning rates", "0.5,1,2,3")
    wait_for_map(small, 4, 3)
    assert small.page.evaluate(f"() => {PLOT}.data.map((trace) => trace.visible)") == visible


def test_the_map_fills_in_stop_keeps_it_and_go_on_ends_it_however_often(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?tab=atlas&epochs=50000&seeds=0:28&epoch=0")
    wait_for(stage, f"{TOLD} > 0")
    stage.nudge("Seed")  # the page is run anew while it sweeps
    stage.page.get_by_role("button", name="Stop training").click()
    stage.page.get_by_text("Stopped: ").wait_for()
    stage.settled()
    kept = labels(stage)
    with stage.rerun():
        stage.leave_field()
        stage.page.keyboard.press("End")
    assert labels(stage) == kept
    assert {cell is None for row in kept for cell in row} == {True, False}
    go_on, stop = (
        stage.page.get_by_role("button", name=name) for name in ("Go on", "Stop training")
    )
    go_on.click()
    stage.page.get_by_text("Training: ").wait_for()
    stop.click()
    stage.page.get_by_text("Stopped: ").wait_for()
    go_on.click()
    wait_for_map(stage, 8, 28)
    pairs = zip(kept, labels(stage), strict=True)
    assert all(before in (None, after) for row in pairs for before, after in zip(*row, strict=True))
    with stage.page.expect_download() as download:
        stage.page.get_by_role("button", name="Download these results as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert len(rows) == 224
    solved = sum(row["verdict"] == "solved" for row in rows)
    stage.page.get_by_text(f"{solved} of 224 networks are solved (").wait_for()
    assert stage.page.get_by_role("button", name="Stop training").count() == 0


def test_stage_and_map_are_shown_though_their_scripts_come_after_parts_of_the_sweep(
    server: Server, new_window: Callable[[], Page]
) -> None:
    page, held, may_pass = new_window(), list[Route](), Event()
    page.route(
        "**/stage.js",
        lambda route: route.continue_() if may_pass.is_set() else held.append(route),
    )
    page.goto(f"{server.url}/?tab=atlas&epochs=1100&epoch=0")
    page.get_by_text(re.compile("^(Training: )?[1-9][0-9]* of 800")).first.wait_for()
    may_pass.set()
    for route in held:
        route.continue_()
    wait_for_map(Stage(page), 8, 100)
    page.unroute_all()


def test_the_atlas_stands_beside_the_stage_and_fits_every_window(small: Stage) -> None:
    click_cell(small, row=0, column=2)
    for width, height, scheme in ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light")):
        small.resize(width, height, scheme)
        assert small.page.evaluate(
            "() => ['html', '[data-testid=stMain]', '.stage', '.st-key-atlas']"
            ".flatMap(name => [...document.querySelectorAll(name)])"
            ".every(box => box.scrollWidth <= box.clientWidth)"
        )
        text = "#31333f" if scheme == "light" else "#fafafa"
        assert small.page.evaluate(f"() => {PLOT}.layout.font.color") == text
        figure, stage = (
            small.page.get_by_test_id(name).bounding_box() for name in ("figure", "stage")
        )
        assert figure is not None
        assert stage is not None
        assert figure["x"] + figure["width"] <= width
        assert figure["height"] <= height
        if width == 390:
            charts = small.root.locator("[data-chart=surface], [data-chart=loss]").all()
            assert all(chart.evaluate("box => box.clientHeight") > 300 for chart in charts)
        if width == 1440:
            assert stage["x"] + stage["width"] <= figure["x"]
            assert small.page.evaluate(
                "() => { const main = document.querySelector('[data-testid=stMain]');"
                " return main.scrollHeight <= main.clientHeight; }"
            )


def test_the_map_of_a_link_is_the_one_that_was_made_and_coloured(
    small: Stage, open_stage: OpenStage
) -> None:
    small.page.get_by_role("button", name="final loss").click()
    small.page.wait_for_url(
        "**/?epochs=1000&tab=atlas&seeds=40%3A44&lrs=0.5%2C1&epoch=*&colour=loss"
    )
    other = open_stage(small.page.url.partition("/?")[2].join(["?", ""]))
    wait_for_map(other, 2, 4)
    assert labels(other) == labels(small)
    visible = f"{PLOT}.data.map((trace) => trace.visible)"
    assert other.page.evaluate(visible) == small.page.evaluate(visible)
    other.page.get_by_role("radio", name="Watch").or_(
        other.page.get_by_role("button", name="Watch")
    ).first.click()
    other.page.wait_for_url(lambda url: "colour" not in url and "tab" not in url)
