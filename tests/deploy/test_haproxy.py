"""HAProxy with the settings that the project gives to operators."""

import os
import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.support.balancer import CONFIG, NAMES, PROGRAM, Balancer, balancer
from tests.support.stage import Stage

LINK = "?seed=7&lr=2&hidden=3&epoch=400"


@pytest.fixture(scope="module")
def running() -> Iterator[Balancer]:
    with balancer() as two:
        yield two


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a reader of its own."""
    with browser.new_context() as context:
        yield context.new_page()


def replica_of(page: Page) -> str:
    """The replica that a reader is kept on."""
    (name,) = [c.get("value", "") for c in page.context.cookies() if c.get("name") == "replica"]
    return name


def test_the_settings_are_valid_as_they_stand() -> None:
    own = {name: text for name, text in os.environ.items() if not name.startswith("XORVIZ")}
    done = subprocess.run(
        [PROGRAM, "-c", "-f", CONFIG], env=own, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_text_comes_compressed_and_what_never_changes_is_kept(
    running: Balancer, page: Page
) -> None:
    answers = list[Response]()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{running.url}/{LINK}")
    Stage(page).settled()
    texts = [answer for answer in answers if re.search(r"\.(js|css)$", answer.url)]
    assert any("plotly" in answer.url for answer in texts)
    assert any("/static/" in answer.url for answer in texts)
    for answer in texts:
        headers = answer.all_headers()
        is_small = int(headers.get("content-length", 10_000)) < 1000
        assert is_small or headers["content-encoding"] == "br", answer.url
        assert "immutable" in headers["cache-control"], answer.url
    first, *_ = answers
    assert first.all_headers()["cache-control"].startswith("no-cache")


def test_a_page_comes_back_by_itself_when_its_replica_dies(running: Balancer, page: Page) -> None:
    page.goto(f"{running.url}/{LINK}")
    stage = Stage(page).settled()
    mine, run = replica_of(page), stage.run
    (other,) = {*NAMES} - {mine}
    with page.expect_websocket():
        running.kill(mine)
    expect(stage.setting("Seed")).to_be_enabled()
    stage.settled()
    assert (stage.run, stage.epoch) == (run, 400)
    assert page.url.endswith(LINK)
    assert replica_of(page) == other
    with stage.rerun():
        stage.setting("Seed").press("ArrowRight")
    page.wait_for_url(re.compile("seed=8"))

    running.stop(mine)
    running.start(mine)
    running.tell(f"set server replicas/{other} state maint")
    with page.expect_websocket():
        running.stop(other)
    page.wait_for_function("document.querySelector('[data-testid=stage]')")
    expect(stage.setting("Seed")).to_be_enabled()
    with stage.rerun():
        stage.setting("Seed").press("ArrowRight")
    page.wait_for_url(re.compile("seed=9"))
    assert replica_of(page) == mine
