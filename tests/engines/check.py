"""The page in Firefox and in WebKit; run by ``sh .ci/engines``."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.engines.engine import Engine
from tests.engines.firefox import Firefox
from tests.engines.playwright import Bundled
from tests.engines.webkit import WebKit
from tests.support.paths import APP
from tests.support.server import UNWATCHED, Server, serve

MINI_BROWSERS: Final = "lib/*/webkit2gtk-4.*/MiniBrowser"
HOME: Final = "\ue011"
RIGHT: Final = "\ue014"
"""Keys by WebDriver's numbers: https://www.w3.org/TR/webdriver2/#keyboard-actions."""
STAGE: Final = "document.querySelector('[data-testid=stage]')"
SEED: Final = "document.querySelector('input[type=range][aria-label=Seed]')"
UNTIL: Final = """new Promise((resolve) => {
  const look = () => ((%s) ? resolve() : requestAnimationFrame(look));
  look();
})"""


def firefox(profile: Path) -> Engine:
    command = shutil.which("firefox-esr") or shutil.which("firefox")
    return Firefox(command, profile) if command else Bundled("Firefox")


def webkit(_folder: Path) -> Engine:
    driver, browsers = shutil.which("WebKitWebDriver"), sorted(Path("/usr").glob(MINI_BROWSERS))
    return WebKit(driver, str(browsers[-1])) if driver and browsers else Bundled("WebKit")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(APP, UNWATCHED) as running:
        yield running


@pytest.fixture(params=[firefox, webkit], ids=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    start: Callable[[Path], Engine] = request.param
    engine = start(tmp_path)
    yield engine
    engine.close()


def until(engine: Engine, condition: str) -> None:
    """Wait until an expression holds in the page."""
    engine.evaluate(UNTIL % condition)


def test_the_page_opens_plays_scrubs_and_changes_its_run(engine: Engine, server: Server) -> None:
    engine.open(f"{server.url}/?epoch=0&play=false&speed=4")
    until(engine, f"{STAGE}?.dataset.settled === '0'")
    assert engine.evaluate("document.querySelectorAll('[data-chart]').length") == 5

    engine.evaluate(f"{STAGE}.querySelector('[aria-label=Epoch]').focus()")
    engine.press(" ")
    until(engine, f"{STAGE}.dataset.state === 'playing' && {STAGE}.dataset.epoch > 0")
    until(engine, f"{STAGE}.dataset.state === 'ended' && {STAGE}.dataset.settled === '10000'")

    engine.press(HOME)
    until(engine, f"{STAGE}.dataset.settled === '0'")

    run = engine.evaluate(f"{STAGE}.dataset.run")
    until(engine, SEED)
    engine.evaluate(f"{SEED}.focus()")
    engine.press(RIGHT)
    until(engine, f"{STAGE}.dataset.run !== '{run}' && {STAGE}.dataset.settled")
    assert engine.evaluate("new URL(location).searchParams.get('seed')") == "43"
    assert not engine.faults()
