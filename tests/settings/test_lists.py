import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.config import SWEPT
from xorviz.core.fields import ConfigError
from xorviz.settings.lists import MAX_VALUES, Numbers

SEEDS = Numbers("Seeds", SWEPT["seed"])
RATES = Numbers("Learning rates", SWEPT["learning_rate"])
SIZES = Numbers("Hidden sizes", SWEPT["hidden_size"])
NO_INTEGERS = [
    "",
    " ",
    ",",
    ":",
    "1:",
    ":5",
    "1:2:3",
    "5:5",
    "-",
    "5-",
    "-5",
    "9-3",
    "1-2-3",
    "0-3:5",
    "0-5,4-9",
    "0-4294967296",
    "0--1",
    "9:3",
    "3:1,7",
    "-1",
    "-3:4",
    "1.0",
    "0.5:2",
    "1e3",
    "one",
    "1;2",
    "1 2",
    "1,,2",
    "1,2,",
    "1,1",
    "0:10,3",
    "0:5,4:9",
    "٣",
    "0:１0",
    "²",
    "1_000",
    "nan",
    "inf",
    "1e400",
    "0x10",
    "4294967296",
    "0:4294967297",
    "9" * 5000,
    "0:" + "9" * 5000,
    "\n",
    "1\x00",
]
NO_NUMBERS = [
    "",
    " ",
    ",",
    ":",
    "0.1:0.5",
    "0.1-0.5",
    "1-3",
    "1:3",
    "0",
    "-0.5",
    "nan",
    "inf",
    "-inf",
    "1e400",
    "0.5,0.5",
    "0.5,0.50",
    "1,1.0",
    "0.5,",
    "0.5,nan",
    "0_1",
    "fast",
    "٣.5",
    "0,5.1",
]


def refused(field: Numbers, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        field.parse(text)
    return str(caught.value)


def test_whole_numbers_that_can_not_be_used_are_one_sentence() -> None:
    for text in NO_INTEGERS:
        said = refused(SEEDS, text)
        assert said.startswith(
            "Seeds must be whole numbers from 0 to 4,294,967,295, each once: "
            "1,5,7, or 0-9 or 0:10 for 0 up to 9, not "
        )
        assert len(said) < 170
        assert said.isprintable()


@pytest.mark.parametrize("text", NO_NUMBERS, ids=ascii)
def test_numbers_that_can_not_be_used_are_one_sentence(text: str) -> None:
    assert refused(RATES, text) == (
        "Learning rates must be numbers from 1e-06 to 1e+308, each once: "
        f"such as 0.1,0.5,2, not {text!r}"
    )


@pytest.mark.parametrize("text", ["0", "0:3", "0-3", "17", "1:18", "1-17", "2,17"])
def test_values_out_of_bounds_are_refused(text: str) -> None:
    assert refused(SIZES, text) == (
        "Hidden sizes must be whole numbers from 1 to 16, each once: "
        f"1,5,7, or 0-9 or 0:10 for 0 up to 9, not {text!r}"
    )


def test_a_list_of_too_many_is_refused_before_it_takes_memory() -> None:
    said = refused(SEEDS, "0:4000000000,4000000000")
    assert said == f"Seeds must be one range or at most {MAX_VALUES:,} values, not 4,000,000,001"


def test_a_range_alone_stays_a_range() -> None:
    assert SEEDS.parse("0:4000000000") == range(4_000_000_000)
    assert isinstance(SEEDS.parse("7:8"), range)


@given(first=st.integers(0, 2**32 - 1), count=st.integers(1, 100))
def test_a_range_with_a_hyphen_has_both_its_ends(first: int, count: int) -> None:
    last = min(first + count, 2**32) - 1
    assert SEEDS.parse(f"{first}-{last}") == range(first, last + 1)
    assert SEEDS.parse(f"{first}-{last}") == SEEDS.parse(f"{first}:{last + 1}")


def test_a_list_with_commas_stays_a_list() -> None:
    assert RATES.parse("0.1,0.5") == (0.1, 0.5)
    assert RATES.parse("1,234") == (1.0, 234.0)
    assert SEEDS.parse("1,234") == (1, 234)
    assert SEEDS.parse("9,0-2,20:22") == (9, 0, 1, 2, 20, 21)


def test_the_last_value_allowed_can_end_a_range() -> None:
    assert SIZES.parse("1:17") == range(1, 17)
    assert SEEDS.parse("4294967295:4294967296") == range(2**32 - 1, 2**32)


@pytest.mark.parametrize(
    ("text", "values"),
    [("5", (5,)), ("1,5,7", (1, 5, 7)), ("3,1", (3, 1)), ("9,0:3,20:22", (9, 0, 1, 2, 20, 21))],
)
def test_values_keep_the_order_they_are_written_in(text: str, values: tuple[int, ...]) -> None:
    assert SEEDS.parse(text) == values


def test_spaces_around_a_value_are_no_matter() -> None:
    assert RATES.parse(" 0.1, 0.5 ,2 ") == (0.1, 0.5, 2.0)


@given(
    st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=20, unique=True).map(tuple)
    | st.tuples(st.integers(0, 2**32 - 2), st.integers(1, 100)).map(
        lambda ends: range(ends[0], min(sum(ends), 2**32))
    )
)
def test_whole_numbers_that_are_written_are_read_back(values: tuple[int, ...] | range) -> None:
    came = SEEDS.parse(SEEDS.write(values))
    assert came == values
    assert isinstance(came, range) == isinstance(values, range)


@given(st.lists(st.floats(1e-6, 1e308), min_size=1, max_size=20, unique=True).map(tuple))
def test_numbers_that_are_written_are_read_back_to_the_last_bit(values: tuple[float, ...]) -> None:
    assert RATES.parse(RATES.write(values)) == values


def test_a_list_is_written_short() -> None:
    assert RATES.write((0.1, 0.5, 2.0, 1e-6)) == "0.1,0.5,2,1e-06"
    assert SEEDS.write(range(100)) == "0:100"
    assert SEEDS.write(range(0, 10, 5)) == "0,5"
    assert SEEDS.write((12_345_678,)) == "12345678"
