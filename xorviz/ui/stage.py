"""The stage on the page: its scripts, and each component that Streamlit mounts of it.

Streamlit serves the stage's files beside the page, so the browser loads each once and a
run sends nothing but numbers.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.components.v1 import declare_component

from xorviz.stage import STATIC, markup, styles


def _served(name: str, folder: Path) -> str:
    """Have Streamlit serve a folder; return its address, relative to the page."""
    return f"component/{declare_component(name, path=folder).name}"


_FILES: Final = _served("files", STATIC)
# plotly.js is large: it is asked for first, and once a page, and loads while our own files do.
# Where that fails, it is asked for again the next time that charts are to be shown.
_SCRIPT: Final = f"""
const address = (path) => new URL(`{_FILES}/${{path}}`, document.baseURI);
const load = () => new Promise((resolve, reject) => {{
  const script = document.createElement("script");
  script.src = address("vendor/plotly-cartesian.min.js");
  script.onload = () => resolve(window.Plotly);
  script.onerror = () => {{
    script.remove();
    window.xorvizPlotly = undefined;
    reject(new Error("plotly.js did not load"));
  }};
  document.head.append(script);
}});
const loaded = () => (window.Plotly ? Promise.resolve(window.Plotly) : load());
const plotly = () => (window.xorvizPlotly ??= loaded());
plotly().catch(() => {{}}); // told by those who show charts
"""


def _script(file: str, mount: str) -> str:
    """The JavaScript that hands a component to a function of one of our files."""
    return f"""{_SCRIPT}
const file = import(address("{file}"));
export default async (component) => (await file).{mount}(component, plotly);
"""


_stage: Final = st.components.v2.component(
    "xorviz.stage",
    html=markup(),
    css=styles("host"),
    js=_script("mount.js", "mount"),
    isolate_styles=False,
)
_view: Final = st.components.v2.component(
    "xorviz.view", js=_script("mount.js", "mountView"), isolate_styles=False
)
_figure: Final = st.components.v2.component(
    "xorviz.figure",
    html='<div class="theatre"><div class="stage figure" data-testid="figure"></div></div>',
    js=_script("figure.js", "mountFigure"),
    isolate_styles=False,
)


_pictures: Final = st.components.v2.component(
    "xorviz.pictures",
    css=(STATIC / "pictures.css").read_text("utf-8"),
    js=_script("pictures.js", "mountPictures"),
    isolate_styles=False,
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
