"""axe-core: the rules of accessibility that a page breaks."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from playwright.sync_api import Page

from tests.support.tools import tools

WCAG: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
OURS: Final = ".theatre, .pictures"
"""The parts of the page that are not Streamlit's."""
COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules that a theme makes a difference to."""
RUN: Final = """async ([within, ours, rules]) => {
  // A drawn formula is thousands of parts, hidden from readers, who get its MathML: an empty box
  // stands for each meanwhile. To be told to pass over them costs axe more than all its rules.
  const drawn = [...document.querySelectorAll(".katex-html")].map((formula) => {
    const { width, height } = formula.getBoundingClientRect();
    return { formula, width, height, parts: [...formula.childNodes] };
  });
  for (const { formula, width, height } of drawn) {
    formula.style.cssText = `display: inline-block; width: ${width}px; height: ${height}px`;
    formula.replaceChildren();
  }
  const options = { runOnly: rules, resultTypes: ["violations"] };
  const { violations } = await axe.run(within, options);
  for (const { formula, parts } of drawn) {
    formula.removeAttribute("style");
    formula.append(...parts);
  }
  return violations.flatMap(({ id, tags, nodes }) => nodes
    .filter(({ target }) => !tags.includes("best-practice")
      || document.querySelector(target[0]).closest(ours))
    .map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""


@cache
def source() -> str:
    return (tools() / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Page, within: str = "html") -> list[str]:
    """Name each element that breaks a rule of WCAG 2.2, or if it is ours, a best practice."""
    return _broken(page, within, {"type": "tag", "values": [*WCAG, "best-practice"]})


def violations_of_colour(page: Page) -> list[str]:
    """Name each element of the page that breaks a rule of WCAG 2.2 about colours."""
    return _broken(page, "html", {"type": "rule", "values": COLOURS})


def _broken(page: Page, within: str, rules: Mapping[str, object]) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(source())
    found: list[str] = page.evaluate(RUN, [within, OURS, rules])
    return found
