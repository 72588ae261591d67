"""The stage on the page: its scripts, and each component that Streamlit mounts of it.

Streamlit serves the stage's files beside the page, so the browser loads each once and a
run sends nothing but numbers.
"""

from collections.abc import Callable
from typing import Any, Final

import streamlit as st
from streamlit.components.v1 import declare_component

from xorviz.stage import STATIC, markup, styles

_FILES: Final = f"component/{declare_component('files', path=STATIC).name}"
"""The address at which Streamlit serves the stage's files, relative to the page."""


def _component(name: str, file: str, mount: str, **parts: str) -> Callable[..., Any]:
    """Declare a component that one of our files mounts; plotly.js, which is large, loads first."""
    script = f"""
const load = (file) => import(new URL(`{_FILES}/${{file}}`, document.baseURI));
load("load.js").then(({{ plotly }}) => plotly()).catch(() => {{}}); // told by those who show charts
const file = load("{file}");
export default async (component) => (await file).{mount}(component);
"""
    return st.components.v2.component(f"xorviz.{name}", js=script, isolate_styles=False, **parts)


_stage: Final = _component("stage", "mount.js", "mount", html=markup(), css=styles("host"))
_view: Final = _component("view", "mount.js", "mountView")
_figure: Final = _component(
    "figure",
    "figure.js",
    "mountFigure",
    html='<div class="theatre"><div class="stage figure" data-testid="figure"></div></div>',
)
_pictures: Final = _component(
    "pictures",
    "pictures.js",
    "mountPictures",
    css=(STATIC / "pictures.css").read_text("utf-8"),
)


def show(
    content: bytes,
    on_rest: Callable[[], None],
    on_choice: Callable[[], None],
    on_share: Callable[[], None],
) -> None:
    """Mount the stage, or hand the mounted one another scene.

    Parameters
    ----------
    content
        What `opening.pack_stage` packs.
    on_rest, on_choice
        Called where the reader brought the playhead to rest, and where an edge or a row
        of a table was chosen. The session then holds in ``stage.rest`` or
        ``stage.choice`` a list: the chosen name, empty for none; the playhead's epoch;
        and how many such lists came before.
    on_share
        Called where the reader wants to share what is seen: ``stage.share`` then holds
        the page's address and such a number.
    """
    _stage(
        key="stage",
        data=content,
        on_rest_change=on_rest,
        on_choice_change=on_choice,
        on_share_change=on_share,
    )


def show_view(content: bytes) -> None:
    """Tell the stage what the page looks at, as `pack_still` or `pack_view` packs it."""
    _view(key="view", data=content)


def show_figure(content: bytes, on_choice: Callable[[], None]) -> None:
    """Show a chart without frames, as `scene.pack_figure` packs it.

    When a cell is clicked `on_choice` is called. The session then holds in
    ``figure.choice`` a list: row and column, and how many clicks there were.
    """
    _figure(key="figure", data=content, on_choice_change=on_choice)


def show_pictures(file: str, name: str, card: str) -> None:
    """Offer pictures of the stage: how their files begin, what the run is called, its card."""
    _pictures(key="pictures", data={"file": file, "name": name, "card": card})
