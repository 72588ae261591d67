"""Ranges: lists of settings as people write them, such as 0:100 or 0.1,0.5,2."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from xorviz.core.config import MAX_SHOWN, ConfigError, Field

MAX_VALUES: Final = 1_000_000
"""Values of a list of several parts at most."""


@dataclass(frozen=True)
class ListField:
    """A setting of which several values are given: how people call them, and what each may be."""

    label: str
    each: Field

    @property
    def allowed(self) -> str:
        """The values allowed, as the end of a sentence."""
        numbers = self.each.allowed.replace("a whole number", "whole numbers")
        numbers = numbers.replace("a number", "numbers")
        if self.each.kind is int:
            return f"{numbers}, each once: 1,5,7 or 0:10 for 0 up to 9"
        return f"{numbers}, each once: such as 0.1,0.5,2"

    def parse(self, text: str) -> Sequence[int] | Sequence[float]:
        """Read a list; a range that stands alone stays one, and takes no memory.

        Raises
        ------
        ConfigError
            Where a value is none of the setting's, twice in the list, or where a range is
            empty; or where there are too many.
        """
        if not text.isascii():
            raise self.error(text)
        try:
            parts = [self._part(part.strip()) for part in text.split(",")]
        except ConfigError:
            raise self.error(text) from None
        if len(parts) == 1:
            return parts[0]
        if sum(map(len, parts)) > MAX_VALUES:
            raise ConfigError(f"{self.label} must be one range or at most {MAX_VALUES:,} values")
        values = tuple(value for part in parts for value in part)
        if len(set(values)) < len(values):
            raise self.error(text)
        return values

    def error(self, came: str) -> ConfigError:
        """Build the sentence: which setting, what came, what is allowed."""
        shown = repr(came if len(came) <= MAX_SHOWN else came[:MAX_SHOWN] + "…")
        return ConfigError(f"{self.label} must be {self.allowed}, not {shown}")

    def _part(self, text: str) -> Sequence[int] | Sequence[float]:
        if self.each.kind is not int or ":" not in text:
            return (self.each.parse(text),)
        start, _, stop = text.partition(":")
        past_the_last = replace(self.each, high=self.each.high + 1)
        values = range(self.each.parse(start), past_the_last.parse(stop))
        if not values:
            raise self.error(text)
        return values


def text_of(values: Sequence[int] | Sequence[float]) -> str:
    """Write a list as `ListField.parse` reads it back, to the last bit."""
    if isinstance(values, range) and values.step == 1:
        return f"{values.start}:{values.stop}"
    return ",".join(str(value).removesuffix(".0") for value in values)
