"""HTML: a run as one file, which plays it without a server or a network.

The file holds plotly.js, the stage with its modules, and the bytes that the page gives the
stage. A module is a ``data:`` URL, and an import map holds its name, so no build is needed.
"""

import json
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from html import escape
from string import Template
from types import MappingProxyType
from typing import Any, Final

from xorviz.core.recording import Recording, record
from xorviz.export.card import Card
from xorviz.export.foreign import PLAYED_BACK, ForeignCard, write_any_card
from xorviz.figures.views import IN_SPACE, animated
from xorviz.settings.page import Page
from xorviz.settings.text import describe_recording
from xorviz.stage import STATIC, markup, styles
from xorviz.stage.modules import IMPORT, modules, plotly
from xorviz.stage.opening import Opening, pack_stage, read_opening
from xorviz.stage.scene import pack_scene
from xorviz.stage.views import pack_views

ENTRY: Final = "alone.js"
COMPUTED: Final = "Every number here was computed by the settings below, and is played back."
POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src data: blob:"
)
"""The policy that only the file's own scripts run, and that they reach no network."""
NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})


def write_page(
    recording: Recording,
    scene: bytes,
    opening: Opening,
    card: Card | ForeignCard,
    drawn: Mapping[str, bytes] = NOTHING,
    wanted: Collection[str] | None = None,
    others: tuple[Sequence[Recording], Recording | None] = ((), None),
) -> str:
    """Write a run, packed as a scene, as one HTML file with this opening and the wanted views.

    Without any wanted it is an animated page, and has them all but those of three axes. The others
    are the pinned runs and the ghost, whose curves the scene has, too. A file that turns itself
    into a picture has beside the run what is `drawn` of it.
    """
    wanted = animated(opening.choices) if wanted is None else wanted
    views = pack_views(recording, wanted, *others) if wanted else b""
    run = pack_stage(scene, opening, recording.config, recording, wanted, views)
    bundles = ["gl3d", "flat"] if {*wanted} & {*IN_SPACE} else ["flat"]
    name, file = describe_recording(recording)
    origin = PLAYED_BACK if isinstance(card, ForeignCard) else COMPUTED
    return as_html(run, name, file, card.as_text(), drawn, bundles, origin)


def draw_page(
    recording: Recording,
    pinned: Sequence[Recording],
    opening: Opening,
    drawn: Mapping[str, bytes] = NOTHING,
    wanted: Collection[str] | None = None,
) -> str:
    """Write a run beside its pinned ones as one HTML file; see `write_page`."""
    scene = pack_scene(recording, pinned)
    card, others = write_any_card(recording), (pinned, None)
    return write_page(recording, scene, opening, card, drawn, wanted, others)


def draw_animated(page: Page) -> str:
    """Train the runs of a page, and write them as an animated page."""
    pinned = [record(pin) for pin in page.pins]
    return draw_page(record(page.run), pinned, read_opening(page))


def as_html(
    run: bytes,
    name: str,
    file: str,
    card: str,
    drawn: Mapping[str, bytes] = NOTHING,
    bundles: Sequence[str] = ("flat",),
    origin: str = COMPUTED,
) -> str:
    """Write a run as one HTML file.

    Parameters
    ----------
    run
        The run as `stage.opening.pack_stage` packs it.
    name
        The heading: the run in a few words.
    file
        Beginning of the names of picture files.
    card
        The run's card, line by line.
    drawn
        What a picture is of, by name, where it is not the stage: packed.
    bundles
        The bundles of plotly.js that the file needs.
    origin
        A sentence on where the run's numbers come from.
    """
    about = {"name": name, "file": file, "card": card}
    texts = {key: b64encode(packed).decode() for key, packed in {"run": run, **drawn}.items()}
    parts = {
        "name": escape(name),
        "card": escape(card),
        "origin": escape(origin),
        "run": _json({**texts, "about": about}),
        "imports": _json({"imports": _modules()}),
        "plotly": "\n".join(map(plotly, bundles)),
        "styles": styles("pictures", "themed", "alone"),
        "stage": markup(),
    }
    nonce = sha256("".join(parts.values()).encode()).hexdigest()[:32]
    page = Template(_text("alone.html"))
    return page.substitute(parts, nonce=nonce, policy=POLICY.format(nonce=nonce))


def _modules() -> dict[str, str]:
    """The modules that the entry needs, by name, as URLs that hold them."""
    codes = {name: IMPORT.sub(r'\1"\2";', source) for name, source in modules(ENTRY).items()}
    start = "data:text/javascript;charset=utf-8;base64,"
    return {name: start + b64encode(code.encode()).decode() for name, code in codes.items()}


def _json(content: Any) -> str:
    """Write JSON that ends no script element, whatever it holds."""
    return json.dumps(content).replace("<", r"\u003c")


def _text(name: str) -> str:
    return (STATIC / name).read_text("utf-8")
