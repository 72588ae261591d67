"""axe-core: the rules of accessibility that a page breaks."""

from functools import cache
from typing import Final

from playwright.sync_api import Page

from tests.support.tools import tools

WCAG: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
OURS: Final = ".theatre, .pictures"
"""The parts of the page that are not Streamlit's."""
RUN: Final = """async ([within, wcag, ours]) => {
  // A drawn formula is thousands of parts, hidden from readers, who get its MathML.
  const where = { include: [[within]], exclude: [[".katex-html"]] };
  const options = { runOnly: [...wcag, "best-practice"], resultTypes: ["violations"] };
  const { violations } = await axe.run(where, options);
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
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(source())
    found: list[str] = page.evaluate(RUN, [within, WCAG, OURS])
    return found
