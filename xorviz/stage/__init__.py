"""The player of charts: Python that packs scenes, and in ``static/`` the browser's part.

It never trains, and knows nothing about networks but the line where an output is 0.5, and the
outputs while a reader holds a weight.
"""

from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Final

from xorviz.settings import link

STATIC: Final = Path(__file__).parent / "static"
"""The folder of the stage's JavaScript, style sheets and HTML."""
STYLES: Final = (
    *("stage", "charts", "network", "multiples", "views"),
    *("atlas", "backprop", "film", "compare", "hands", "touch"),
)
"""Names of the style sheets, in the order in which they apply."""


def markup() -> str:
    """Its HTML, which offers the speeds that a link may ask for."""
    usual = link.DEFAULT.speed
    speeds = (
        f'<option value="{times}"{" selected" if times == usual else ""}>{times}×</option>'
        for times in link.limits("speed").choices
    )
    html = (STATIC / "stage.html").read_text("utf-8")
    return Template(html).substitute(speeds="".join(speeds))


def styles(*around: str) -> str:
    """All style sheets as one, and after them those of the page around the stage."""
    return "\n".join((STATIC / f"{name}.css").read_text("utf-8") for name in (*STYLES, *around))


def digest() -> str:
    """Make eight digits of all files, so that browsers may keep a file whose address has them."""
    files = sorted(path for path in STATIC.rglob("*") if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
