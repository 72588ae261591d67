"""A run as one file of HTML, which plays it without a server or a network.

In it are plotly.js, the stage with its modules, and the very bytes that the page hands
the stage. A module is a ``data:`` URL, and an import map has its name, so nothing is built.
"""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from string import Template
from typing import Any, Final

from xorviz.core.recording import Recording
from xorviz.export.card import Card
from xorviz.settings.text import describe, file_stem
from xorviz.stage import STATIC, markup, styles
from xorviz.stage.opening import Opening, pack_stage

ENTRY: Final = "alone.js"
POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src data: blob:"
)
"""Only the file's own scripts run, and nothing is asked of any network."""

_IMPORT: Final = re.compile(r"""(\bfrom |\bimport )"\./([\w-]+\.js)";""")


def page_of(recording: Recording, scene: bytes, opening: Opening, card: Card) -> str:
    """A run, packed as a scene, as one HTML file that opens as it is told."""
    config = recording.config
    run = pack_stage(scene, opening, recording.config, recording)
    return as_html(run, describe(config), file_stem(config), card.as_text())


def as_html(run: bytes, name: str, file: str, card: str) -> str:
    """Write a run as one HTML file.

    Parameters
    ----------
    run
        What `stage.opening.pack_stage` packs.
    name
        The run in a few words: the heading.
    file
        Beginning of the names of the pictures that can be taken.
    card
        What is told of the run, line by line.
    """
    about = {"name": name, "file": file, "card": card}
    parts = {
        "name": escape(name),
        "card": escape(card),
        "run": _json({"run": b64encode(run).decode(), "about": about}),
        "imports": _json({"imports": _modules()}),
        "plotly": _text("vendor/plotly-cartesian.min.js"),
        "styles": styles("pictures", "alone"),
        "stage": markup(),
    }
    nonce = sha256("".join(parts.values()).encode()).hexdigest()[:32]
    page = Template(_text("alone.html"))
    return page.substitute(parts, nonce=nonce, policy=POLICY.format(nonce=nonce))


def _modules() -> dict[str, str]:
    """The stage's modules that the entry needs, by name, as URLs that hold them."""
    modules: dict[str, str] = {}
    wanted = [ENTRY]
    while wanted:
        name = wanted.pop()
        if name in modules:
            continue
        source = _text(name)
        wanted += [imported for _, imported in _IMPORT.findall(source)]
        code = _IMPORT.sub(r'\1"\2";', source).encode()
        modules[name] = f"data:text/javascript;charset=utf-8;base64,{b64encode(code).decode()}"
    return modules


def _json(content: Any) -> str:
    """JSON that ends no script element, whatever is in it."""
    return json.dumps(content).replace("<", r"\u003c")


def _text(name: str) -> str:
    return (STATIC / name).read_text("utf-8")
