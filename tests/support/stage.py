"""Stage: the page as a person uses it, by its labels."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

PLOTS = "[...document.querySelectorAll('[data-chart] .js-plotly-plot')]"
FRAMES = """async (count) => {
  while (count--) await new Promise(requestAnimationFrame);
}"""
LAID_OUT = f"""() => {PLOTS}.every(
    ({{ clientWidth, clientHeight, layout: {{ width, height }} }}) => !clientWidth
      || (Math.abs(width - clientWidth) <= 1 && Math.abs(height - clientHeight) <= 1))
  && document.getAnimations().every((animation) => {{
    const {{ iterations }} = animation.effect.getTiming();
    return iterations === Infinity || animation.playState !== "running";
  }})"""
"""Whether every chart has the size of its place, and nothing slides there any more."""

SCRUB = """async (scrubber, wanted) => {
  const epoch = () => Number(scrubber.closest("[data-testid=stage]").dataset.epoch);
  let [low, high] = [0, Number(scrubber.max)];
  const goTo = async (position) => {
    scrubber.value = position;
    scrubber.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame); // comes after the stage's own
  };
  while (low < high) {
    const middle = (low + high) >> 1;
    await goTo(middle);
    if (epoch() < wanted) low = middle + 1;
    else high = middle;
  }
  await goTo(low);
}"""
"""Finds a position of the scrubber by halves, as frames are at different distances."""

AT_CURSOR = """(() => {
  const cursor = plot.parentElement.querySelector(".cursor");
  const { backgroundPositionX, backgroundSize } = getComputedStyle(cursor);
  const { left, width } = cursor.getBoundingClientRect();
  const line = parseFloat(backgroundPositionX) + parseFloat(backgroundSize) / 2;
  const axis = plot._fullLayout.xaxis;
  const atLeft = left - plot.getBoundingClientRect().left - axis._offset;
  return line < 0 || line > width ? null : axis.p2l(atLeft + line);
})()"""
"""Where the line of the playhead stands, on the chart's own axis."""

SETTLED = "[data-testid=stage][data-settled]"
QUIET = 10_000
"""Milliseconds."""


class Stage:
    """One window on the app, from the moment its first run is shown.

    The page may be in a frame of the window.
    """

    def __init__(self, page: Page, window: Page | None = None) -> None:
        self.page = page
        self.window = window or page
        self.root = page.get_by_test_id("stage")
        self.wait("data-state")

    def wait(self, attribute: str, value: str | None = None) -> None:
        """Wait until the stage has this attribute, with this value where one is given."""
        match = attribute if value is None else f'{attribute}="{value}"'
        self.page.wait_for_selector(f'[data-testid="stage"][{match}]')

    def wait_for_run_other_than(self, run: str) -> None:
        self.page.wait_for_selector(f'[data-testid="stage"]:not([data-run="{run}"])')

    def wait_for_later_epoch(self, epoch: int) -> None:
        """Wait until the playhead is past an epoch."""
        at = "Number(document.querySelector('[data-testid=stage]').dataset.epoch)"
        self.page.wait_for_function(f"epoch => {at} > epoch", arg=epoch)

    @property
    def epoch(self) -> int:
        return int(self.root.get_attribute("data-epoch") or -1)

    @property
    def run(self) -> str:
        return self.root.get_attribute("data-run") or ""

    @property
    def state(self) -> str:
        return self.root.get_attribute("data-state") or ""

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    @property
    def scrubber(self) -> Locator:
        return self.root.get_by_role("slider", name="Epoch")

    def pause(self) -> None:
        self.button("Pause").click()
        self.wait("data-state", "paused")

    def tab(self, name: str) -> Locator:
        return self.page.get_by_role("radio", name=name)

    def settled(self) -> "Stage":
        """Wait until the playhead rests, and charts, address and server know where.

        A run of the script that is too short for Streamlit's page to show it gives no
        signal: then nothing runs, and nothing moves, for all of `QUIET`.
        """
        try:
            self.page.wait_for_selector(SETTLED, timeout=QUIET)
        except PlaywrightTimeoutError:
            self.page.wait_for_selector("[data-test-script-state=notRunning]")
            assert self.state != "playing"
        return self

    @contextmanager
    def rerun(self) -> Iterator[None]:
        """Have the server run the page anew by what is done here; wait until all is at rest."""
        self.settled()
        self.root.evaluate("root => delete root.dataset.settled")
        yield
        self.settled()

    def restart(self) -> None:
        self.button("Restart").click()
        self.settled()

    def play(self) -> None:
        self.button("Play").click()
        self.wait("data-state", "playing")

    def set_speed(self, times: str) -> None:
        self.root.get_by_role("combobox", name="Speed").select_option(times)

    def leave_field(self) -> None:
        """Take the focus from whatever has it, so that keys are the stage's."""
        self.page.evaluate("document.activeElement.blur()")

    def scrub(self, epoch: int) -> None:
        """Bring the playhead by the scrubber to the first frame from an epoch on."""
        self.scrubber.evaluate(SCRUB, epoch)
        self.settled()

    def resize(self, width: int, height: int, scheme: str = "") -> None:
        """Change the window's size, and theme, and wait until the page is laid out for it."""
        self.window.set_viewport_size({"width": width, "height": height})
        if scheme:
            self.window.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.wait("data-theme", scheme)
        self.laid_out()

    def laid_out(self) -> "Stage":
        """Wait until the page is laid out for its present size and parts."""
        self.next_frames()
        self.page.wait_for_function(LAID_OUT)
        return self

    def next_frames(self, count: int = 2) -> None:
        """Wait until the browser has painted so many pictures."""
        self.page.evaluate(FRAMES, count)

    def setting(self, label: str) -> Locator:
        """The thumb of a slider in the sidebar."""
        return self.page.get_by_test_id("stSidebar").get_by_role("slider", name=label)

    def nudge(self, label: str, key: str = "ArrowRight") -> None:
        """Move a slider by a key, and wait for the new run."""
        run = self.run
        self.setting(label).focus()
        self.page.keyboard.press(key)
        self.wait_for_run_other_than(run)

    def readouts(self) -> dict[str, str]:
        names = self.root.locator(".readouts dt").all_inner_texts()
        values = self.root.locator(".readouts dd").all_inner_texts()
        return dict(zip(names, values, strict=True))

    def edge(self, name: str) -> Locator:
        """A connection of the network, as one points at it."""
        return self.root.get_by_role("button", name=name, exact=True).and_(
            self.page.locator("path")
        )

    def choose_edge(self, name: str) -> None:
        # A thin curve: its middle, where a mouse would go, is not that of its box.
        self.edge(name).focus()
        self.page.keyboard.press("Enter")

    def rows(self) -> dict[str, list[str]]:
        """The table of the step: full numbers by weight, as its tooltips tell them."""
        rows = self.root.locator(".table tbody tr")
        read = "rows => rows.map(r => [r.dataset.name, [...r.querySelectorAll('td')]"
        read += ".map(cell => cell.title || cell.textContent)])"
        return dict(rows.evaluate_all(read))

    def wait_for_step(self, epoch: int) -> None:
        """Wait until stage, table and formulas are those of the step from an epoch."""
        self.wait("data-settled", str(epoch))
        heading = f"The step from epoch {epoch:,} to {epoch + 1:,}"
        self.page.locator("h4", has_text=re.compile(f"^{heading}")).wait_for()
        old = self.root.locator(".table thead th").nth(1)
        assert old.get_attribute("title") == f"Its value at epoch {epoch:,}."

    def field(self, label: str) -> Locator:
        """A text field beside the stage, by how its label starts."""
        main = self.page.get_by_test_id("stMain")
        return main.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}"))

    def type_into(self, label: str, text: str) -> None:
        self.field(label).fill(text)
        self.page.keyboard.press("Enter")

    def mark_plots(self) -> None:
        """Remember the plots' elements, to tell later whether they are the same."""
        self.page.evaluate(f"() => {{ window.marked = {PLOTS}; }}")

    def plots_are_the_marked(self) -> bool:
        same = (
            f"() => {PLOTS}.length === 4 && {PLOTS}.every((plot, i) => plot === window.marked[i])"
        )
        return bool(self.page.evaluate(same))

    def plot(self, chart: str, expression: str) -> Any:
        """Evaluate JavaScript with `plot` as a chart's Plotly element."""
        found = "document.querySelector(`[data-chart=${chart}] .js-plotly-plot`)"
        return self.page.evaluate(
            f"chart => {{ const plot = {found}; return {expression}; }}", chart
        )

    def cursor(self, chart: str) -> float | None:
        """The epoch below a chart's line of the playhead; None where the zoom leaves it out."""
        return self.plot(chart, AT_CURSOR)  # type: ignore[no-any-return]


OpenStage = Callable[..., Stage]
"""Opens the page with a query, and options of a browser context of its own."""
