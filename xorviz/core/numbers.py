"""Numbers as people read them, and as JSON and CSV take them."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

NOT_FINITE: Final = "not finite"


def significant(value: float) -> str:
    """Round to four significant digits, all of them written: 0.5000, 1.234e-05."""
    size = abs(value)
    return f"{value:.3e}" if 0 < size < 1e-3 else f"{value:#.4g}".rstrip(".")


def written(value: float) -> str:
    """Write a number for people: `significant`, with a minus sign; in words if it is not finite."""
    return with_minus(significant(value)) if math.isfinite(value) else NOT_FINITE


def with_minus(text: str) -> str:
    """Write the hyphens of a number as minus signs."""
    return text.replace("-", "−")


def in_full(value: float) -> str:
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
