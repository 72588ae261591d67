"""The stage on the page: its scripts, and each component that Streamlit mounts of it.

Streamlit serves the stage's files beside the page, so the browser loads them once and a run
sends nothing but numbers.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Final

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.delta_generator import DeltaGenerator

from xorviz.stage import STATIC, digest, markup, styles
from xorviz.stage.modules import as_one
from xorviz.ui import address, beside, film, hand, plane, state

_DIGEST: Final = digest()
_FILES: Final = declare_component(f"files-{_DIGEST}", path=STATIC).name
"""The name under which Streamlit serves the stage's files: another one with each change of them."""
_FOLDER: Final = TemporaryDirectory(prefix="xorviz-", ignore_cleanup_errors=True)
_BUNDLE: Final = declare_component(f"bundle-{_DIGEST}", path=_FOLDER.name).name
"""The name under which it serves all modules as one, and all style sheets."""

_SCRIPT: Final = Path(_FOLDER.name, "stage.js")
_writing: Final = Lock()


def _write_bundle() -> None:
    """Write all modules as one file, and all style sheets as another.

    Temporary files may be tidied up while the server runs, so the page looks for them. Of pages
    that open at the same time one writes them, and the others wait until they are whole.
    """
    with _writing:
        if not _SCRIPT.exists():
            _SCRIPT.parent.mkdir(exist_ok=True)
            _SCRIPT.with_suffix(".css").write_text(styles("pictures", "host"), "utf-8")
            one = as_one("mount.js", "figure.js", "pictures.js", folder=f"../{_FILES}")
            _SCRIPT.write_text(one, "utf-8")


def _component(name: str, module: str, mount: str, **parts: str) -> Callable[..., Any]:
    """Declare a component that one of our modules mounts; plotly.js, which is large, loads first.

    Streamlit takes a component's script as text alone, and sends it with every answer, so this one
    only loads our modules.
    """
    script = f"""
const modules = import(new URL("component/{_BUNDLE}/stage.js", document.baseURI));
modules.then(({{ default: {{ load }} }}) => load.plotly()).catch(() => {{}}); // charts say so
export default async (component) => (await modules).default["{module}"].{mount}(component);
"""
    return st.components.v2.component(f"xorviz.{name}", js=script, isolate_styles=False, **parts)


_PLOTLY: Final = f"component/{_FILES}/vendor/plotly-flat.min.js"
_stage: Final = _component(
    "stage",
    "mount",
    "mount",
    html=f'<link rel="preload" as="script" href="{_PLOTLY}">{markup()}',
    # Streamlit takes a single line for the name of a file.
    css=f'@charset "utf-8";\n@import url("component/{_BUNDLE}/stage.css");',
)
_view: Final = _component("view", "mount", "mountView")
_window: Final = _component("window", "mount", "mountWindow")
_motion: Final = _component("motion", "mount", "mountMotion")
_handles: Final = _component("handles", "mount", "mountHands")
_landscape: Final = _component("landscape", "mount", "mountLandscape")
_around: Final = _component("around", "mount", "mountAround")
_figure: Final = _component(
    "figure",
    "figure",
    "mountFigure",
    html='<div class="theatre"><div class="stage figure" data-testid="figure"></div></div>',
)
_filling: Final = _component("filling", "figure", "mountFilling")
_pictures: Final = _component("pictures", "pictures", "mountPictures")


def show(content: bytes) -> None:
    """Mount the stage, or hand the mounted one another scene, as `opening.pack_stage` packs it.

    It reports to Python where the reader brings the playhead to rest, chooses an edge or a row
    of a table, opens views, asks for the address, or opens a step's film or comes to another
    input in it. The session then holds the report under ``stage``.
    """
    _write_bundle()
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


def filling() -> DeltaGenerator:
    """Make room, which nobody sees, for what fills in the page's figure.

    Streamlit takes new data for a component once a run of the page; see `fill_figure`.
    """
    with st.container(key="filling"):
        return st.empty()


def fill_figure(room: DeltaGenerator, content: bytes) -> None:
    """Hand the figure on the page another content, as `scene.pack_figure` packs it."""
    with room:
        _filling(data=content)


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
