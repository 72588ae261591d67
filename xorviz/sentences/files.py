"""Sentences about a file that the reader has opened."""

from typing import Final

ASKED: Final = (
    "A run exported earlier as CSV, JSON or NPZ becomes the page's run: it is trained anew and "
    "compared with the file. Weights that another program has trained are shown as they are: two "
    "inputs, one hidden layer, one output, with the notebook's array names."
)
"""What the page does with a file."""
IN_NO_LINK: Final = "What you opened is in no link, and this one opens the page's own run"
"""Beside a link, while weights of another program are shown."""
SETTINGS_WAIT: Final = "Close the file to change the page's own run. Its targets count for both."
"""In place of the settings, while weights of another program are shown."""


def foreign_text(name: str, states: int, last: int | None) -> str:
    """Say whose weights the page shows: those of a file, with so many states up to the last.

    `last` is None for one state whose epoch is not known.
    """
    known = "one state, whose epoch is not known, shown as epoch 0"
    if last is not None:
        known = f"{states:,} {'state' if states == 1 else 'states'}, up to epoch {last:,}"
    return (
        f"Weights from the file {name}: {known}. xorviz did not train them, and they are in no "
        "link."
    )


def needs_run(tab: str) -> str:
    """Say that a tab is about a run that this program has trained."""
    return (
        f"{tab.capitalize()} needs a run of this program, as it trains with the run's settings: "
        "close the file first."
    )
