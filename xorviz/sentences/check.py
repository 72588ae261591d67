"""Sentences of the tab Check, apart from its answers."""

from typing import Final

from xorviz.core.catalogue import BY_NAME

HOW: Final = (
    "Train your own program with the settings on the left, print its weights, and paste what it "
    "prints: all of it, headings too. Here the same training is done by the right loop, and by "
    "loops with each classic mistake; the page says which of them your numbers come from. "
    "Nothing that you paste is run as a program."
)
IN_NO_LINK: Final = (
    "What you pasted stays on this page alone: it is in no link, and Clear takes it away."
)
NOT_SHARED: Final = "What you pasted in the tab Check is in no link, file or picture."
PASTE: Final = "Weights, as your program prints them"
FILE: Final = "Or open a file of weights: NPZ, CSV or JSON"
FILE_HELP: Final = (
    "A file of at most 5 MB with the arrays weights_input_hidden and weights_hidden_output, of one "
    "state or of many. A run that was exported here has its own settings."
)
AFTER: Final = "The number of updates that your program had made when it printed the weights."
STOPPED: Final = "The server stopped this check. Try again, or with fewer epochs."
SIDES: Final = ("As this program has it", "As it should be")
NO_LINE: Final = "# no such line"
SOURCE: Final = "Where this mistake is documented"
FIND: Final = "Find the mistake: play a program that has it"
FIND_HELP: Final = (
    "The run on the left is then trained with this mistake, and the page says so. To make an "
    "exercise of it, hide the mistake in Share, For a class."
)
NONE: Final = "none: the right loop"


def open_text(epoch: int) -> str:
    """Write what the button does that opens the first step with a mistake."""
    return f"Open this step in Backprop: epoch {epoch:,} to {epoch + 1:,}"


def mistake_label(name: str) -> str:
    """Write a mistake in a line; none for an empty name."""
    return f"{name}: the program {BY_NAME[name].title}" if name else NONE
