"""Widget: the player in Jupyter, by anywidget.

The stage's script, with plotly.js, is 2 MB. It is in a library that all players of a kernel share,
so a notebook's page loads it once.
"""

import json
from functools import cache
from typing import Any, Final

from anywidget import AnyWidget
from ipywidgets import Widget, widget_serialization
from traitlets import Bytes, Instance, Unicode

from xorviz.core.recording import Recording
from xorviz.stage import STATIC, markup, styles
from xorviz.stage.modules import as_one, plotly
from xorviz.stage.scene import pack_window

SCRIPT: Final = as_one("widget.js", folder=".", exported="modules.widget")


class Library(Widget):  # type: ignore[misc]
    """The stage for all players of a kernel."""

    code = Unicode().tag(sync=True)


class Player(AnyWidget):
    """A player of one run.

    It answers a player that asks for the states around an epoch, as long as the kernel is idle.
    """

    _esm = SCRIPT
    run = Bytes().tag(sync=True)
    heading = Unicode().tag(sync=True)
    library = Instance(Widget).tag(sync=True, **widget_serialization)

    def __init__(self, recording: Recording, run: bytes, heading: str) -> None:
        """Make a player of a run, packed by `stage.opening.pack_stage`, below a heading."""
        super().__init__(run=run, heading=heading, library=_library())
        self._recording = recording
        self.on_msg(self._answer)

    def _answer(self, _: Any, content: dict[str, Any], __: Any) -> None:
        epoch = int(content["epoch"])
        self.send({"epoch": epoch}, [pack_window(self._recording, epoch)])


def _library() -> Library:
    """The library, or another where the reader has closed it with all widgets."""
    if not _libraries or _libraries[-1].comm is None:
        _libraries.append(Library(code=library()))
    return _libraries[-1]


_libraries: Final[list[Library]] = []


@cache
def library() -> str:
    """Write the stage as one JavaScript module, whose default shows a widget's run in an element.

    Plotly keeps to a name of its own, as the page may have another.
    """
    show = (
        "{ show: (model, place) => "
        f"modules.cell.show(model, place, {json.dumps(markup())}, {json.dumps(style())}) }}"
    )
    return "\n".join(
        [
            "const module = { exports: {} };",
            "const { Plotly: another } = window;",
            plotly("flat"),
            "window.Plotly = another;",
            as_one("cell.js", folder=".", exported=show),
        ]
    )


def style() -> str:
    """All style sheets, none of which reaches what is not in a player."""
    around = ("themed", "cell")
    own = "\n".join((STATIC / f"{name}.css").read_text("utf-8") for name in around)
    return f".xorviz {{\n{styles()}\n}}\n{own}"
