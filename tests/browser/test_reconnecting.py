"""A server that is killed under an open page, and another that is started at its address."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.address import wait_for_address
from tests.support.paths import APP
from tests.support.runs import trained
from tests.support.server import UNWATCHED, Server, free_port, serve_at
from tests.support.stage import Stage
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.settings.link import run_query
from xorviz.stage.scene import run_id

RUN = TrainConfig(
    seed=7, learning_rate=0.1234567, biases=True, targets="1001", edits=(Edit(500, "x1 → h1", 2.0),)
)
BETWEEN = 3_001
"""An epoch of it between two frames."""
NEXT = replace(RUN, seed=8)
PIN = run_query(TrainConfig(seed=5, epochs=700))
EDIT = "x1 → h1 = 2 at epoch 500."
OPENED = f"{run_query(RUN)}&pin={quote(PIN)}"
ALERT = "server is not responding"
"""What Streamlit logs where it also opens a dialog over the page."""
NOTICE = "The server does not answer."

Serve = Callable[[], AbstractContextManager[Server]]
"""Runs the app, always at the same address."""


@pytest.fixture
def serve_again() -> Iterator[Serve]:
    with free_port() as port:
        yield lambda: serve_at(port, APP, UNWATCHED)


def open_page(page: Page, link: str) -> Stage:
    """Open the page, and wait until Streamlit has loaded each widget of it: it needs a server."""
    page.goto(link)
    stage = Stage(page)
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached")
    return stage


def kill(server: Server, stage: Stage) -> None:
    """Kill a server: the page tells so, without a dialog over it, and takes no settings."""
    with stage.page.expect_console_message(lambda message: ALERT in message.text):
        os.kill(server.pid, signal.SIGKILL)
        stage.root.get_by_text(NOTICE).wait_for()
    expect(stage.page.get_by_role("dialog")).to_have_count(0)
    expect(stage.setting("Seed")).to_be_disabled()


def wait_for_server(stage: Stage) -> None:
    """Wait until the page has a server again.

    Streamlit asks for one every four seconds, and one that has just started loads for seconds
    until it has run the page.
    """
    stage.root.get_by_text(NOTICE).wait_for(state="hidden")


def said(page: Page) -> dict[str, str]:
    """What the address says, but for where the playhead is."""
    query = parse_qs(urlsplit(page.url).query)
    return {name: text for name, (text,) in query.items() if name not in ("epoch", "play")}


def test_a_page_goes_on_with_the_next_server_where_it_rested_and_asked_for_a_change_or_played(
    serve_again: Serve, new_window: Callable[[], Page]
) -> None:
    page = new_window()
    with serve_again() as server:
        with page.expect_websocket() as opening:
            stage = open_page(page, f"{server.url}/?{OPENED}&tab=backprop&epoch={BETWEEN}")
        stage.wait_for_step(BETWEEN)
        link = said(page)
        os.kill(server.pid, signal.SIGSTOP)
        stage.setting("Seed").focus()
        with opening.value.expect_event("framesent"):
            page.keyboard.press("ArrowRight")
        kill(server, stage)
    with serve_again() as server:
        page.wait_for_url(re.compile("seed=8"))
        wait_for_server(stage)
        stage.wait_for_step(BETWEEN)
        assert stage.run == run_id(NEXT)
        assert said(page) == {**link, "seed": "8"}
        old, new = ([float(row[column]) for row in stage.rows().values()] for column in (0, -1))
        assert old == trained(NEXT).state(BETWEEN).tolist()
        assert new == trained(NEXT).state(BETWEEN + 1).tolist()
        assert page.get_by_test_id("stText").all_inner_texts() == ["Edits by hand: " + EDIT]
        with stage.rerun():
            stage.tab("Hands").click()
        with stage.rerun():
            page.get_by_role("button", name="Let it take one step").click()
        with stage.rerun():
            stage.tab("Doctor").click()
        link = said(page)
        assert (link["tab"], link.pop("hands")) == ("doctor", "step")
        assert stage.epoch == BETWEEN
        stage.set_speed("0.1×")
        stage.play()
        kill(server, stage)
        stage.wait_for_later_epoch(stage.epoch)
        stage.pause()
        wait_for_address(stage, **link, hands="step", speed=0.1, epoch=BETWEEN, play="true")
        stage.play()
    assert stage.state == "playing"
    away = stage.epoch
    with serve_again():
        wait_for_server(stage)
        expect(stage.setting("Seed")).to_be_enabled()
        stage.wait_for_later_epoch(away)
        assert stage.state == "playing"
        stage.pause()
        assert stage.settled().epoch > away
        assert said(page) == {**link, "speed": "0.1"}
        assert stage.root.locator("[data-chart=loss] .legend li").count() == 1
