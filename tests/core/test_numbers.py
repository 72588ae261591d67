"""Numbers as they are written."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.numbers import (
    changed_from,
    finite,
    side_by_side,
    significant,
    ten_digits,
    written,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5000"),
        (-12.3456, "-12.35"),
        (1234.5, "1234"),
        (0.0, "0.000"),
        (0.00012345, "1.234e-4"),
        (1e-300, "1.000e-300"),
        (123456.0, "1.235e+5"),
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
    assert [ten_digits(value) for value in (0.1, 0.12345678, 10.0)] == ["0.1", "0.12345678", "10"]


@pytest.mark.parametrize(
    ("old", "new", "texts"),
    [
        (16.5889, 16.5904495, ("16.589", "16.590")),
        (16.5889, 17.5, ("16.59", "17.50")),
        (0.3745401, 0.3745399, ("0.3745401", "0.3745399")),
        (0.0, -0.01234, ("0", "-0.01234")),
        (10001.5, 10002.5, ("10001.5", "10002.5")),
        (3.0, 3.0, ("3.000", "3.000")),
        (0.0, 0.0, ("0", "0")),
        (1e-25, 2e-25, ("1e-25", "2e-25")),
        (1e20, 2e20, ("1e+20", "2e+20")),
    ],
)
def test_an_old_and_a_new_value_have_the_digits_that_tell_them_apart(
    old: float, new: float, texts: tuple[str, str]
) -> None:
    assert side_by_side(old, new) == texts


@given(old=st.floats(-1e6, 1e6), change=st.floats(-10, 10))
def test_an_old_and_a_new_value_look_alike_only_where_they_are(old: float, change: float) -> None:
    new = old + change
    texts = side_by_side(old, new)
    assert (texts[0] == texts[1]) == (old == new)
    shown = [float(text) for text in texts]
    assert shown[1] - shown[0] == pytest.approx(new - old, abs=1.01 * abs(new - old), rel=0)


@pytest.mark.parametrize(
    ("old", "new", "index"),
    [("16.589", "16.590", 4), ("9.99", "10.01", 0), ("-0.1", "0.1", 0), ("0", "-0.5", 0)],
)
def test_the_digits_that_changed_are_told(old: str, new: str, index: int) -> None:
    assert changed_from(old, new) == index
