"""Windows: pages of one browser context, which cases use one after another.

A page that has shown the app before shows it anew in a third of the time of a new one, since
the browser's process has all scripts ready. To the app it is a new reader all the same.
"""

from typing import Final

from playwright.sync_api import BrowserContext, Page, ViewportSize

EMPTY: Final = "about:blank"
SIZE: Final = ViewportSize(width=1440, height=900)


class Windows:
    """Lends pages, and notes what goes wrong in any of them."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self._context = context
        self._free: list[Page] = []
        self._lent: list[Page] = []
        context.on("weberror", lambda error: self.faults.append(str(error.error)))

    def lend(self) -> Page:
        """Lend an empty page."""
        page = self._free.pop() if self._free else self._context.new_page()
        self._lent.append(page)
        page.bring_to_front()  # loaded behind another, it would paint two pictures a second
        return page

    def take_back(self) -> None:
        """Take all pages back and empty them, so that nothing plays on in them."""
        for page in self._lent:
            page.goto(EMPTY)
            tidy(page)
        self._free += self._lent
        self._lent.clear()
        self.assert_no_faults()

    def assert_no_faults(self) -> None:
        """Fail where something has gone wrong since this was asked last."""
        faults, self.faults[:] = self.faults[:], []
        assert not faults, faults


def tidy(page: Page) -> None:
    """Make size, theme and mouse those that a case begins with."""
    page.mouse.move(0, 0)
    page.set_viewport_size(SIZE)
    page.emulate_media(color_scheme="null", reduced_motion="null")
