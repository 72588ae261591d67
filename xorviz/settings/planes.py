"""Planes: the two weights and the third state of a plane, which must be those of the page's run."""

from dataclasses import dataclass
from typing import Final

from xorviz.core.config import TrainConfig, has_same_weights
from xorviz.core.fields import ConfigError, quoted
from xorviz.core.names import parameter_names
from xorviz.settings.lists import Weight
from xorviz.settings.page import Page

MIDDLE: Final = "middle"
"""As the third state: that in the middle of the run."""


@dataclass(frozen=True)
class OtherWeight(Weight):
    """The name of a second weight."""

    allowed = "another connection of the network than Across, such as h1_y"


def axes(page: Page) -> tuple[str, str]:
    """The two weights of a page's plane; where one is not given, the first two into a unit."""
    names = parameter_names(page.hidden_size, page.biases)
    first, second = names[0], names[page.hidden_size]
    up = page.up if page.up in names else ""
    across = page.across if page.across in names else (first if up != first else second)
    if not up or up == across:
        up = second if across != second else first
    return across, up


def third_run(page: Page) -> TrainConfig | None:
    """The pinned run whose end is the third state; None for the middle of the page's run.

    Raises
    ------
    ConfigError
        Where there is no such run, or its network has other weights.
    """
    if page.third == MIDDLE:
        return None
    for number, pinned in enumerate(page.pins, start=1):
        if page.third == str(number) and has_same_weights(page, pinned):
            return pinned
    allowed = f"{MIDDLE}, or the number of a pinned run whose network has the same weights"
    raise ConfigError("Third", allowed, quoted(page.third))
