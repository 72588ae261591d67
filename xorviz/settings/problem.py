"""Problem: a value of a link that can't be used."""

from dataclasses import dataclass
from typing import Literal

from xorviz.core.fields import ConfigError


@dataclass(frozen=True)
class Problem:
    """A value of a link that can't be used.

    Attributes
    ----------
    error
        The setting, the value that came, and the values allowed.
    instead
        The value that the page uses: the setting's default, the rest of the value, nothing of
        it, or the others that were given before it.
    default
        The default, as people read it.
    pin
        The number of the pinned run whose link it is; 0 for the page's own link.
    """

    error: ConfigError
    instead: Literal["default", "rest", "nothing", "others"]
    default: str = ""
    pin: int = 0
