"""Player: a run in Jupyter, shown at the end of a cell.

Where widgets run it is a widget. Elsewhere, as in an exported notebook, it is the animated page
in a frame, which needs no kernel. Jupyter saves that page in the notebook, 1.1 MB for a run of two
hidden units and 1.7 MB for one of sixteen; it is gone where the cell's output is cleared.
"""

import zlib
from abc import ABC, abstractmethod
from base64 import b64encode
from html import escape
from typing import Any, Final

from xorviz.core.config import FIELDS
from xorviz.core.recording import Recording
from xorviz.export.html import COMPUTED, as_html
from xorviz.figures.views import animated
from xorviz.settings.text import file_stem
from xorviz.stage.opening import Opening, pack_stage
from xorviz.stage.scene import pack_scene
from xorviz.stage.views import pack_views

OPENING: Final = Opening(hidden=("share",), parameters=())
HEIGHT: Final = "48rem"
UNPACKING: Final = """<script>
const bytes = Uint8Array.from(atob("{packed}"), (sign) => sign.charCodeAt(0));
const page = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
new Response(page).text().then((html) => {{
  document.open();
  document.write(html);
  document.close();
}});
</script>"""
"""A page that unpacks another and becomes it: a third as large."""


class Playable(ABC):
    """A training that Jupyter shows as the player."""

    origin = COMPUTED

    @property
    @abstractmethod
    def recording(self) -> Recording:
        """The training."""

    @property
    @abstractmethod
    def heading(self) -> str:
        """The training in a few words."""

    @property
    def about(self) -> str:
        """The training's settings, a line each."""
        settings = vars(self.recording.config).items()
        return "\n".join(f"{FIELDS[name].label}: {FIELDS[name].write(it)}" for name, it in settings)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return as_mimebundle(self)


def as_mimebundle(shown: Playable) -> dict[str, Any]:
    """Give Jupyter all forms of a player: it shows the widget, where it can.

    Without anywidget, which `xorviz[notebook]` installs, there is the framed page alone.
    """
    recording, heading, wanted = shown.recording, shown.heading, animated({})
    views = pack_views(recording, wanted)
    run = pack_stage(pack_scene(recording), OPENING, recording.config, recording, wanted, views)
    stem = file_stem(recording.config)
    page = as_html(run, heading, stem, shown.about, origin=shown.origin)
    forms = {"text/plain": heading, "text/html": _framed(page, heading)}
    try:
        from xorviz.notebook.widget import Player
    except ImportError:
        return forms
    data, _ = Player(recording, run, heading)._repr_mimebundle_() or ({}, {})
    return {**data, **forms}


def _framed(page: str, title: str) -> str:
    """Write a page as a frame, which can reach neither the notebook nor a network."""
    packed = b64encode(zlib.compress(page.encode())).decode()
    source = escape(UNPACKING.format(packed=packed))
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts allow-downloads" '
        f'style="width: 100%; height: {HEIGHT}; border: 0" srcdoc="{source}"></iframe>'
    )
