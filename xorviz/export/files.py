"""Files: a run in every format but pictures, by the end of the file's name."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from xorviz.core.fields import ConfigError
from xorviz.core.observed_recording import ObservedRecording
from xorviz.core.recording import Recording
from xorviz.export.card import write_card
from xorviz.export.data import as_csv, as_json, as_npz
from xorviz.export.foreign import write_any_card
from xorviz.export.html import draw_page
from xorviz.export.notebook import as_notebook
from xorviz.export.script import as_script
from xorviz.stage.opening import Opening

DATA: Final[Mapping[str, Callable[[Recording, Any], str | bytes]]] = {
    ".csv": as_csv,
    ".json": as_json,
    ".npz": as_npz,
}
CODE: Final = {".py": as_script, ".ipynb": as_notebook}
"""What writes a run as a program; weights that another program has trained have none."""
PAGE: Final = ".html"
FORMATS: Final = (*DATA, *CODE, PAGE)
"""The ends of names of files that hold a run."""


def write_run(recording: Recording, suffix: str) -> bytes:
    """Write a run, or weights that another program has trained, with a card.

    Raises
    ------
    ConfigError
        Where such weights are to become a program.
    """
    if suffix == PAGE:
        return draw_page(recording, (), Opening()).encode()
    if suffix in CODE:
        if isinstance(recording, ObservedRecording):
            raise ConfigError("A program", "that of a run of xorviz", recording.name)
        return CODE[suffix](recording, write_card(recording)).encode()
    written = DATA[suffix](recording, write_any_card(recording))
    return written if isinstance(written, bytes) else written.encode()
