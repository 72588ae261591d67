"""Shared page: one window on the app in which cases look at one link after another.

Loading the page takes several times as long as to have it take over another link.
"""

from typing import Final

import pytest
from playwright.sync_api import Page

from tests.support.stage import Stage
from tests.support.windows import tidy

SPELLED_OUT: Final = "input=auto"
"""A default. The app takes over a link that spells it out though it knows all else of it,
and takes it out of the address as soon as it has read it."""
LOSS_ALONE: Final = "hide=network,surface,weights,activations"
"""What a link says where a case needs no other chart: drawing them takes most of the time."""
TAKE_OVER: Final = """async ([address, spelledOut]) => {
  const { dataset } = document.querySelector("[data-testid=stage]");
  const patience = performance.now() + 30_000;
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  while (location.search.includes(spelledOut)) {
    if (performance.now() > patience) throw Error("the link was not taken over");
    await new Promise(requestAnimationFrame);
  }
  delete dataset.settled; // in the very picture in which it is read, before all rests again
}"""
IN_LIGHT: Final = "document.querySelector('[data-testid=stage]')?.dataset.theme !== 'dark'"
PAUSE: Final = "document.querySelector('[data-testid=stage] [aria-label=Pause]')?.click()"


class Shared:
    """A page that cases share; it is loaded anew where a case has failed since it was loaded."""

    def __init__(self, page: Page, url: str, session: pytest.Session) -> None:
        self._page = page
        self._url = url
        self._session = session
        self._failed = -1

    def open(self, query: str = "") -> Stage:
        """Open a link at rest: at its epoch, or else at its start.

        What no address tells, such as a zoom, stays as the case before left it. A link
        that plays would not play here.
        """
        rests = "epoch=" in query
        given = "&".join([query.removeprefix("?"), *([] if rests else ["epoch=0"])]).lstrip("&")
        self._page.bring_to_front()
        if self._failed == self._session.testsfailed and self._page.url.startswith(self._url):
            Stage(self._page).settled()  # else what is still to be told counts for more than a link
            marked = f"{self._url}/?{given}&{SPELLED_OUT}"
            self._page.evaluate(TAKE_OVER, [marked, SPELLED_OUT])
        else:
            self._page.goto(f"{self._url}/?{given}")
            self._failed = self._session.testsfailed
        stage = Stage(self._page).settled()
        stage.leave_field()
        return stage.laid_out()

    def leave(self) -> None:
        """Have nothing play on, and tidy up."""
        self._page.evaluate(PAUSE)
        tidy(self._page)
        self._page.wait_for_function(IN_LIGHT)
