"""The stage on the page: its scripts, and each component that Streamlit mounts of it.

Streamlit serves the stage's files beside the page, so the browser loads each once and a
run sends nothing but numbers.
"""

from collections.abc import Callable
from typing import Any, Final

import streamlit as st
from streamlit.components.v1 import declare_component

from xorviz.stage import STATIC, STYLES, markup
from xorviz.ui import address, beside, film, hand, plane, state

_FILES: Final = f"component/{declare_component('files', path=STATIC).name}"
"""The address at which Streamlit serves the stage's files, relative to the page."""


def _component(name: str, file: str, mount: str, **parts: str) -> Callable[..., Any]:
    """Declare a component that one of our files mounts; plotly.js, which is large, loads first.

    Streamlit takes a component's script as text alone, so this one only loads our files.
    """
    script = f"""
const load = (file) => import(new URL(`{_FILES}/${{file}}`, document.baseURI));
load("load.js").then(({{ plotly }}) => plotly()).catch(() => {{}}); // the charts tell the reader
const file = load("{file}");
export default async (component) => (await file).{mount}(component);
"""
    return st.components.v2.component(f"xorviz.{name}", js=script, isolate_styles=False, **parts)


def _sheets(*names: str) -> str:
    """Name these of our style sheets to load: a component's own text is sent with every answer."""
    return "".join(f'@import url("{_FILES}/{name}.css");\n' for name in names)


_stage: Final = _component(
    "stage", "mount.js", "mount", html=markup(), css=_sheets(*STYLES, "pictures", "host")
)
_view: Final = _component("view", "mount.js", "mountView")
_window: Final = _component("window", "mount.js", "mountWindow")
_motion: Final = _component("motion", "mount.js", "mountMotion")
_handles: Final = _component("handles", "mount.js", "mountHands")
_landscape: Final = _component("landscape", "mount.js", "mountLandscape")
_around: Final = _component("around", "mount.js", "mountAround")
_figure: Final = _component(
    "figure",
    "figure.js",
    "mountFigure",
    html='<div class="theatre"><div class="stage figure" data-testid="figure"></div></div>',
)
_pictures: Final = _component("pictures", "pictures.js", "mountPictures")


def show(content: bytes) -> None:
    """Mount the stage, or hand the mounted one another scene, as `opening.pack_stage` packs it.

    It reports to Python where the reader brings the playhead to rest, chooses an edge or a row
    of a table, opens views, asks for the address, or opens a step's film or comes to another
    input in it. The session then holds the report under ``stage``.
    """
    _stage(
        key="stage",
        data=content,
        on_rest_change=state.adopt_rest,
        on_choice_change=state.adopt_choice,
        on_wanted_change=beside.adopt_wanted,
        on_share_change=address.share,
        on_film_change=film.adopt,
    )


def show_view(content: bytes) -> None:
    """Hand the stage the view of the open tab, as `scene` packs it."""
    _view(key="view", data=content)


def show_window(content: bytes) -> None:
    """Hand the stage the states around the playhead, as `scene.pack_window` packs them."""
    _window(key="window", data=content)


def show_motion(content: bytes) -> None:
    """Hand the stage what its table follows while the run plays, as `pack_motion` packs it."""
    _motion(key="motion", data=content)


def show_handles(content: bytes) -> None:
    """Show the handles of a state held by hand, and hand it to the stage, as `pack_hand` packs it.

    They report to Python where the reader has moved one. The session then holds the report
    under ``handles``.
    """
    _handles(key="handles", data=content, on_move_change=hand.adopt_move)


def show_landscape(content: bytes, around: bytes) -> None:
    """Show a run over a plane, and the states around its playhead, as `stage.landscape` packs them.

    The chart reports to Python where the reader starts a run from. The session then holds the
    report under ``landscape``.
    """
    _landscape(key="landscape-chart", data=content, on_start_change=plane.adopt_start)
    _around(key="around", data=around)


def show_figure(
    content: bytes, key: str = "figure", on_choice: Callable[[], None] = lambda: None
) -> None:
    """Show a chart without frames, as `scene.pack_figure` packs it.

    When a cell is clicked `on_choice` is called. The session then holds the cell in ``choice``
    under the key; see `state.open_cell`.
    """
    _figure(key=key, data=content, on_choice_change=on_choice)


def show_pictures(file: str, name: str, card: str) -> None:
    """Offer pictures of the stage.

    Parameters
    ----------
    file
        The beginning of the files' names.
    name, card
        The run in a few words, and in full.
    """
    _pictures(key="pictures", data={"file": file, "name": name, "card": card})
