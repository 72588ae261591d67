"""Stage: the one piece of JavaScript, a player of charts that knows no networks.

Its files, plotly.js among them, are served by Streamlit beside the page, so the browser
loads each once and a run sends nothing but numbers.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.components.v1 import declare_component

from xorviz.stage.scene import Column, Table, pack_scene, pack_still

__all__ = ["Column", "Table", "pack_scene", "pack_still", "show", "show_still"]

HERE: Final = Path(__file__).parent
STYLES: Final = ("stage", "charts", "network", "step")


def _served(name: str, folder: Path) -> str:
    """Have Streamlit serve a folder; return its address, relative to the page."""
    return f"component/{declare_component(name, path=folder).name}"


_FILES: Final = _served("files", HERE)
_ADDRESS: Final = f"""
const address = (path) => new URL(`{_FILES}/${{path}}`, document.baseURI);
const stage = import(address("stage.js"));
"""
# plotly.js is large: it is asked for first, and loads while the stage's own files do.
_MOUNT: Final = """
const plotly = window.Plotly ? Promise.resolve(window.Plotly) : new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = address("vendor/plotly-cartesian.min.js");
  script.onload = () => resolve(window.Plotly);
  script.onerror = () => reject(new Error("plotly.js did not load"));
  document.head.append(script);
});
export default async (component) => (await stage).mount(component, plotly);
"""
_MOUNT_STILL: Final = """
export default async (component) => (await stage).mountStill(component);
"""
_stage: Final = st.components.v2.component(
    "xorviz.stage",
    html=(HERE / "stage.html").read_text("utf-8"),
    css="\n".join((HERE / f"{name}.css").read_text("utf-8") for name in STYLES),
    js=_ADDRESS + _MOUNT,
    isolate_styles=False,
)
_still: Final = st.components.v2.component(
    "xorviz.still", js=_ADDRESS + _MOUNT_STILL, isolate_styles=False
)


def show(scene: bytes, on_rest: Callable[[], None], on_choice: Callable[[], None]) -> None:
    """Mount the stage, or hand the mounted one another scene.

    Parameters
    ----------
    scene
        What `pack_scene` packs.
    on_rest, on_choice
        Called where the reader brought the playhead to rest, and where an edge or a row
        of a table was chosen. The session then holds in ``stage.rest`` or
        ``stage.choice`` a list: the chosen name, empty for none; the playhead's epoch;
        and how many such lists came before.
    """
    _stage(key="stage", data=scene, on_rest_change=on_rest, on_choice_change=on_choice)


def show_still(content: bytes) -> None:
    """Have the stage look closely at one state of its run, as `pack_still` packs it."""
    _still(key="still", data=content)
