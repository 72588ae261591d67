"""Streamlit's page: whether all that host.js and host.css rely on is there.

What that is, the browser takes from the two files themselves. A failure names what is gone.
"""

import re
from contextlib import suppress
from typing import Final

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.support.server import Server
from tests.support.stage import OpenStage, Stage
from xorviz.stage import STATIC, STYLES, digest

SHEETS: Final = (*STYLES, "host", "pictures")
STREAMLITS: Final = re.compile(r"\bst[A-Z]|\bst-key|\bstreamlit-|\bdata-test-|\bembed\b")
"""Begins names of Streamlit's elements, classes, attributes and parameters."""
DIALOG: Final = [f"host.js, {name}" for name in ("dialog", "heading", "close", "ERROR")]
"""What there is only for a moment, when no server answers."""
SLOW: Final = "hidden=16&biases=true&epochs=50000"
"""A run that takes long enough for the page to say that it is computed."""
FRAMED: Final = "embed=true&hide=controls&present=true&epoch=0"
GO_TO: Final = """link => {
  history.pushState(null, "", link);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
WATCH: Final = r"""async (sheets) => {
  const at = (file) => new URL(`component/FILES/${file}`, document.baseURI);
  const text = async (file) => (await fetch(at(file))).text();
  const { ERROR, HOST } = await import(at("host.js"));
  const unseen = (window.unseen = new Map());

  for (const [name, selector] of Object.entries(HOST)) {
    unseen.set(`host.js, ${name}`, () => document.querySelector(selector));
  }
  unseen.set("host.js, ERROR", () => document.querySelector(HOST.heading)?.textContent === ERROR);

  const push = history.pushState;
  let isPushed = false;
  history.pushState = (...all) => push.apply(history, all, (isPushed = true));
  unseen.set("host.js, guardPushes", () => isPushed);

  const flat = (rules) => [...rules].flatMap((rule) => rule.selectorText ?? flat(rule.cssRules));
  const sheet = await new CSSStyleSheet().replace(await text("host.css"));
  for (const selector of flat(sheet.cssRules)) {
    const ends = /::\w+$/; // a pseudo-element is none that can be asked for
    unseen.set(`host.css, ${selector}`, () => document.querySelector(selector.replace(ends, "")));
  }

  const styles = await Promise.all(sheets.map((name) => text(`${name}.css`)));
  for (const [name] of styles.join().matchAll(/--st-[a-z-]+/g)) {
    const given = () => getComputedStyle(document.querySelector(".stage")).getPropertyValue(name);
    unseen.set(`the theme, ${name}`, given);
  }

  const look = () => unseen.forEach((isThere, name) => isThere() && unseen.delete(name));
  const all = { attributes: true, childList: true, subtree: true };
  new MutationObserver(look).observe(document, all);
  look();
}""".replace("FILES", f"xorviz.ui.stage.files-{digest()}")


def watch(page: Page) -> None:
    """Have the page note from now on what of Streamlit's it has, if only for a moment."""
    page.evaluate(WATCH, SHEETS)


def unseen(page: Page, *awaited: str) -> set[str]:
    """Name what the page has not had yet; give it time for what has these words in its name."""
    waits = "words => ![...unseen.keys()].some(name => words.some(word => name.includes(word)))"
    with suppress(PlaywrightTimeoutError):
        page.wait_for_function(waits, arg=awaited, timeout=10_000)
    return set(page.evaluate("[...unseen.keys()]"))


def test_all_that_the_stage_relies_on_is_on_streamlits_page(
    server: Server, context: BrowserContext, open_stage: OpenStage
) -> None:
    connections: list[WebSocketRoute] = []

    def connect(connection: WebSocketRoute) -> None:
        connections.append(connection)
        connection.connect_to_server()

    with context.new_page() as page:  # none that is lent again: it loses its server
        page.route_web_socket("**/_stcore/stream", connect)
        page.goto(f"{server.url}/?tab=backprop&weight=x1_h1&epochs=1000&epoch=0&beat=25")
        stage = Stage(page).settled()
        watch(page)
        stage.resize(390, 844)  # where the settings are behind a button
        stage.resize(1440, 900)
        stage.nudge("Seed")
        stage.play()
        stage.pause()
        stage.settled()
        stage.field("Another value").click()
        unseen(page, "InputInstructions")
        stage.tab("Hands").click()
        page.locator(".hands").wait_for()
        stage.settled().play()
        unseen(page, "st-key-aim")
        stage.pause()
        stage.tab("Atlas").click()
        unseen(page, "st-key-filling")
        stage.resize(390, 844)
        unseen(page, "stExpandSidebarButton")
        stage.tab("Landscape").click()
        unseen(page, 'data-view="landscape"')
        page.route("**/_stcore/health", lambda route: route.abort())
        connections[0].close()  # the stage closes the dialog that says so
        missing = unseen(page, *DIALOG)

    framed = open_stage(f"?{FRAMED}").settled()
    watch(framed.page)
    framed.page.evaluate(GO_TO, f"?{FRAMED}&{SLOW}&mistake=sign-both")
    missing &= unseen(framed.page, "st-key-waiting")
    assert not missing, f"gone from Streamlit's page: {'; '.join(sorted(missing))}"


@pytest.mark.parametrize(
    "file", [file.name for file in STATIC.iterdir() if file.is_file() and file.stem != "host"]
)
def test_no_other_file_of_the_stage_names_a_part_of_streamlits_page(file: str) -> None:
    assert not STREAMLITS.search((STATIC / file).read_text("utf-8"))
