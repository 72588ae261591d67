"""Stage: the one piece of JavaScript, a player of charts that knows no networks.

Its files, plotly.js among them, are served by Streamlit beside the page, so the browser
loads each once and a run sends nothing but numbers.
"""

from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.components.v1 import declare_component

from xorviz.stage.scene import pack_scene

__all__ = ["pack_scene", "show"]

HERE: Final = Path(__file__).parent


def _served(name: str, folder: Path) -> str:
    """Have Streamlit serve a folder; return its address, relative to the page."""
    return f"component/{declare_component(name, path=folder).name}"


_FILES: Final = _served("files", HERE)
# plotly.js is large: it is asked for first, and loads while the stage's own files do.
_BOOTSTRAP: Final = f"""
const address = (path) => new URL(path, document.baseURI);
const plotly = window.Plotly ? Promise.resolve(window.Plotly) : new Promise((resolve, reject) => {{
  const script = document.createElement("script");
  script.src = address("{_FILES}/vendor/plotly-cartesian.min.js");
  script.onload = () => resolve(window.Plotly);
  script.onerror = () => reject(new Error("plotly.js did not load"));
  document.head.append(script);
}});
const stage = import(address("{_FILES}/stage.js"));
export default async (component) => (await stage).mount(component, plotly);
"""
_component: Final = st.components.v2.component(
    "xorviz.stage",
    html=(HERE / "stage.html").read_text("utf-8"),
    css=(HERE / "stage.css").read_text("utf-8"),
    js=_BOOTSTRAP,
    isolate_styles=False,
)


def show(content: bytes) -> Any:
    """Mount the stage, or hand the mounted one another scene."""
    return _component(key="stage", data=content)
