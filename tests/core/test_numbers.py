"""Numbers as they are written."""

import math

import pytest

from xorviz.core.numbers import finite, in_full, significant, written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5000"),
        (-12.3456, "-12.35"),
        (1234.5, "1234"),
        (0.0, "0.000"),
        (0.00012345, "1.234e-04"),
        (1e-300, "1.000e-300"),
    ],
)
def test_four_significant_digits_are_written(value: float, text: str) -> None:
    assert significant(value) == text
    assert written(value) == text.replace("-", "−")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_told_in_words_and_is_none_in_json(value: float) -> None:
    assert written(value) == "not finite"
    assert finite([1.5, [value, 2], (value,)]) == [1.5, [None, 2], [None]]


def test_a_setting_has_all_its_digits_and_no_more() -> None:
    assert [in_full(value) for value in (0.1, 0.12345678, 10.0)] == ["0.1", "0.12345678", "10"]
