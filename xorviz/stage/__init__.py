"""The player of charts: Python that packs scenes, and in ``static/`` the browser's part.

It never trains, and knows nothing about networks but the line where an output is 0.5.
"""

from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
"""The folder of the stage's JavaScript, style sheets and HTML."""
STYLES: Final = ("stage", "charts", "network", "views", "step")
"""Names of the style sheets, in the order in which they apply."""


def styles() -> str:
    """Join all style sheets."""
    return "\n".join((STATIC / f"{name}.css").read_text("utf-8") for name in STYLES)
