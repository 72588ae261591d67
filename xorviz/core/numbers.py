"""Numbers as people read them, and as JSON and CSV take them."""

import csv
import io
import math
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

NOT_FINITE: Final = "not finite"
MAX_DECIMALS: Final = 20
"""A number that needs more is written with an exponent."""
_PADDED: Final = re.compile(r"(?<=e[-+])0(?=\d)")


def significant(value: float) -> str:
    """Round to four significant digits, all of them written: 0.5000, 1.234e-5."""
    size = abs(value)
    return short_exponent(f"{value:.3e}" if 0 < size < 1e-3 else f"{value:#.4g}".rstrip("."))


def short_exponent(text: str) -> str:
    """Write a number's exponent as the stage's JavaScript does: 1.2e-5, not 1.2e-05."""
    return _PADDED.sub("", text)


def side_by_side(old: float, new: float) -> tuple[str, str]:
    """Write an old and a new value with as many digits as make them differ, but at least four.

    The last decimal is worth less than their difference: 16.589 and 16.590, and not 16.59 twice.
    A value of 0 is written as such.
    """
    sizes = [abs(value) for value in (old, new) if value]
    change = abs(new - old)
    if not math.isfinite(change):
        return significant(old), significant(new)
    decimals = max([3 - math.floor(math.log10(size)) for size in sizes], default=0)
    if change:
        decimals = max(decimals, 1 - math.ceil(math.log10(change)))
    if decimals > MAX_DECIMALS or max(sizes, default=0) >= 1 / sys.float_info.epsilon:
        return repr(old), repr(new)
    old_text, new_text = (f"{value:.{max(decimals, 0)}f}" if value else "0" for value in (old, new))
    return old_text, new_text


def changed_from(old: str, new: str) -> int:
    """The index from which the digits of two written numbers differ.

    It is 0 where the numbers have other signs, or another count of digits before their points.
    """
    if old.find(".") != new.find("."):
        return 0
    pairs = zip(old, new, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), len(new))


def written(value: float) -> str:
    """Write a number for people: `significant`, with a minus sign; in words if it is not finite."""
    return with_minus(significant(value)) if math.isfinite(value) else NOT_FINITE


def brief(value: float) -> str:
    """Write a number of a formula: 0 and 1 as such."""
    return str(int(value)) if value in (0, 1) else written(value)


def inserted(value: float) -> str:
    """Write a number inside a formula: a negative one in parentheses."""
    text = brief(value)
    return f"({text})" if text.startswith("−") else text


def with_minus(text: str) -> str:
    """Write the hyphens of a number as minus signs, and its exponent short."""
    return short_exponent(text).replace("-", "−")


def ten_digits(value: float) -> str:
    """Write a setting with the digits that it needs, at most ten."""
    return f"{value:.10g}"


def finite(value: Any) -> Any:
    """Make numbers and lists of them fit for JSON: a number that is not finite becomes None."""
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return value if math.isfinite(value) else None


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV; a number is the shortest text that reads back to the last bit."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
