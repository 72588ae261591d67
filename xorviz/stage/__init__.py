"""Stage: the one piece of JavaScript, a player of charts that knows no networks; and what it reads.

Its files, plotly.js among them, are served beside the page or put into one file with a run.
"""

from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
"""The folder of its JavaScript, style sheets and HTML."""
STYLES: Final = ("stage", "charts", "network", "views", "step")
"""Names of its style sheets, in their order."""


def styles() -> str:
    """All style sheets as one."""
    return "\n".join((STATIC / f"{name}.css").read_text("utf-8") for name in STYLES)
