import dataclasses
import math
import string
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import ALL_OTHER
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import MAX_SHOWN, Choice, ConfigError, Number
from xorviz.core.names import LEARNING_RATE

SETTINGS = [
    "seed",
    "learning_rate",
    "hidden_size",
    "epochs",
    "biases",
    "targets",
    "edits",
    "mistake",
]
LABELS = {
    "seed": "Seed",
    "learning_rate": "Learning rate",
    "hidden_size": "Hidden size",
    "epochs": "Epochs",
    "biases": "Biases",
    "targets": "Targets",
    "edits": "Edits",
    "mistake": "Mistake",
}
ALLOWED = {
    "seed": "a whole number from 0 to 4,294,967,295",
    "learning_rate": "a number from 1e-06 to 1e+308",
    "hidden_size": "a whole number from 1 to 16",
    "epochs": "a whole number from 1 to 1,000,000",
    "biases": "true or false",
    "targets": "four digits 0 or 1, such as 0110, or one of XOR, AND, OR, NAND, NOR, XNOR",
    "edits": (
        "a list, at most 200 long, such as 0_h1_y_-3~500_lr_2 (epoch, from, to, value from "
        "-1000 to 1000; or epoch, lr, rate from 1e-06 to 1000), each once an epoch"
    ),
    "mistake": "one of 28 names, such as early-output-update",
}
HOSTILE = [
    "",
    " ",
    "5 ",
    " 5",
    "\t5",
    "5\n",
    "5\x00",
    "\x00",
    "\x1b[31m5",
    "1_0",
    "0.5_0",
    "\u0663",
    "\uff15",
    "\u00b2",
    "0.\uff15",
    "+ 5",
    "--5",
    "0x10",
    "1e400",
    "-1e400",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "infinity",
    "None",
    "1,000,00",
    "1,00,000",
    "1.000,5",
    "0,1,2",
    ",",
    "1;2",
    "9" * 400,
    "9" * 10_000,
    "a" * 10_000,
    "0110" * 2500,
    "-" * 10_000,
    "tru\u0435",
    "<script>alert(1)</script>",
    "\u202e0110",
    "\ud800",
    "\U0001d7d8\U0001d7d9\U0001d7d9\U0001d7d8",
]


def beyond(bound: float, direction: int) -> float:
    """The nearest number below or above."""
    return (
        bound + direction if isinstance(bound, int) else math.nextafter(bound, direction * math.inf)
    )


def configured(name: str, value: Any) -> TrainConfig:
    """The defaults but for one setting."""
    return TrainConfig(**{name: value})


def sentence(name: str, came: str) -> str:
    return f"{LABELS[name]} must be {ALLOWED[name]}, not {came}"


def shown(value: Any) -> str:
    """How an error repeats a value."""
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def test_the_defaults_are_the_notebooks_settings() -> None:
    assert dataclasses.astuple(TrainConfig()) == (42, 0.5, 2, 10_000, False, "0110", (), "")


def test_no_setting_of_the_run_that_tests_take_for_any_other_is_the_notebooks() -> None:
    notebooks = vars(TrainConfig())
    assert not [name for name, value in vars(ALL_OTHER).items() if value == notebooks[name]]


def test_every_setting_has_a_field() -> None:
    assert list(FIELDS) == [field.name for field in dataclasses.fields(TrainConfig)] == SETTINGS


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("seed", 0, 4_294_967_295),
        ("learning_rate", 1e-6, 1e308),
        ("hidden_size", 1, 16),
        ("epochs", 1, 1_000_000),
    ],
)
def test_both_bounds_are_allowed_and_what_lies_beyond_is_not(
    name: str, low: float, high: float
) -> None:
    for value in (low, high):
        assert getattr(configured(name, value), name) == value
    for value in (beyond(low, -1), beyond(high, 1)):
        with pytest.raises(ConfigError) as caught:
            configured(name, value)
        assert str(caught.value) == sentence(name, repr(value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seed", True),
        ("seed", 1.0),
        ("seed", "1"),
        ("seed", None),
        ("seed", np.int64(1)),
        ("seed", -1),
        ("learning_rate", True),
        ("learning_rate", "0.5"),
        ("learning_rate", 1j),
        ("learning_rate", float("nan")),
        ("learning_rate", float("inf")),
        ("learning_rate", float("-inf")),
        ("learning_rate", 0.0),
        ("learning_rate", -0.5),
        ("learning_rate", None),
        ("hidden_size", True),
        ("hidden_size", 2.0),
        ("hidden_size", 0),
        ("hidden_size", [2]),
        ("epochs", False),
        ("epochs", 1e3),
        ("epochs", np.int32(10)),
        ("biases", 0),
        ("biases", 1),
        ("biases", "true"),
        ("biases", None),
        ("biases", np.True_),
        ("targets", 110),
        ("targets", "XOR"),
        ("targets", "011"),
        ("targets", "01100"),
        ("targets", "01x0"),
        ("targets", ["0", "1", "1", "0"]),
        ("targets", b"0110"),
        ("targets", "०११०"),
        ("targets", None),
        ("edits", None),
        ("edits", "0_x1_h1_2.5"),
        ("edits", [Edit(0, "x1 → h1", 2.5)]),
        ("edits", Edit(0, "x1 → h1", 2.5)),
        ("edits", ((0, "x1 → h1", 2.5),)),
        ("mistake", "Sign-output"),
        ("mistake", "mean"),
        ("mistake", None),
        ("mistake", ["sign-output"]),
    ],
)
def test_a_value_that_is_not_allowed_is_named_with_what_is(name: str, value: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        configured(name, value)
    assert str(caught.value) == sentence(name, shown(value))


@pytest.mark.parametrize("name", ["seed", "learning_rate", "hidden_size", "epochs"])
@pytest.mark.parametrize("digits", [309, 5000])
def test_a_whole_number_too_large_for_a_float_is_refused_like_any_other(
    name: str, digits: int
) -> None:
    with pytest.raises(ConfigError, match=LABELS[name]):
        configured(name, 10**digits)


def test_a_whole_number_will_do_for_the_learning_rate() -> None:
    assert TrainConfig(learning_rate=2) == TrainConfig(learning_rate=2.0)


def test_a_config_can_not_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        TrainConfig().seed = 1  # type: ignore[misc]


def test_equal_settings_are_one_and_the_same_key() -> None:
    assert len({TrainConfig(), TrainConfig(seed=42), TrainConfig(seed=43)}) == 2


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("seed", "0", 0),
        ("seed", "007", 7),
        ("seed", "4294967295", 2**32 - 1),
        ("learning_rate", "0.5", 0.5),
        ("learning_rate", "5e-1", 0.5),
        ("learning_rate", "1e308", 1e308),
        ("learning_rate", "3", 3.0),
        ("learning_rate", "0,1414", 0.1414),
        ("learning_rate", "1,234", 1.234),
        ("learning_rate", "10,000", 10.0),
        ("learning_rate", "5,5e-1", 0.55),
        ("hidden_size", "16", 16),
        ("epochs", "1000000", 1_000_000),
        ("epochs", "1,000,000", 1_000_000),
        ("epochs", "10,000", 10_000),
        ("epochs", "10000", 10_000),
        ("biases", "true", True),
        ("biases", "FALSE", False),
        ("targets", "1001", "1001"),
        ("targets", "XOR", "0110"),
        ("targets", "and", "0001"),
        ("targets", "Or", "0111"),
        ("targets", "nand", "1110"),
        ("targets", "NOR", "1000"),
        ("targets", "xnor", "1001"),
        ("mistake", "", ""),
        ("mistake", "sign-output", "sign-output"),
        ("edits", "", ()),
        ("edits", "0_x1_h1_2.5", (Edit(0, "x1 → h1", 2.5),)),
        ("edits", "500_lr_2", (Edit(500, LEARNING_RATE, 2.0),)),
        ("edits", "5,000_lr_0,25", (Edit(5000, LEARNING_RATE, 0.25),)),
    ],
)
def test_text_is_read_as_the_value_it_means(name: str, text: str, value: Any) -> None:
    read = FIELDS[name].parse(text)
    assert read == value
    assert type(read) is type(value)


def test_minus_zero_is_read_as_zero() -> None:
    assert math.copysign(1, Number("Share", 0, 1).parse("-0.0")) == 1


@given(rate=st.floats(1e-6, 1e308))
def test_a_rate_is_the_same_number_with_a_comma_for_its_decimal_point(rate: float) -> None:
    field = FIELDS["learning_rate"]
    assert field.parse(repr(rate).replace(".", ",")) == field.parse(repr(rate)) == rate


@given(epochs=st.integers(1, 1_000_000))
def test_a_whole_number_is_the_same_with_and_without_commas_between_its_thousands(
    epochs: int,
) -> None:
    field = FIELDS["epochs"]
    assert field.parse(f"{epochs:,}") == field.parse(str(epochs)) == epochs
    assert field.write(epochs) == str(epochs)
    assert field.write_for_people(epochs) == f"{epochs:,}"


@given(parts=st.lists(st.text(string.digits, max_size=5), min_size=2, max_size=4))
def test_a_whole_number_has_commas_between_its_thousands_and_nowhere_else(parts: list[str]) -> None:
    text = ",".join(parts)
    value, refusal = outcome(partial(FIELDS["seed"].parse, text))
    if refusal:
        assert refusal == sentence("seed", shown(text))
    else:
        assert f"{value:,}" == text


@pytest.mark.parametrize("text", ["1,5", "0,001", "01,000", "1,0000", "1000,000", ",100", "100,"])
def test_a_comma_that_parts_no_thousands_is_no_part_of_a_whole_number(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        FIELDS["epochs"].parse(text)
    assert str(caught.value) == sentence("epochs", repr(text))


def outcome(make: Callable[[], Any]) -> tuple[Any, str]:
    """What was made, or why it was refused."""
    try:
        return make(), ""
    except ConfigError as error:
        return None, str(error)


@pytest.mark.parametrize("name", SETTINGS)
def test_hostile_text_is_told_in_one_short_sentence(name: str) -> None:
    for text in HOSTILE:
        if text or name not in ("edits", "mistake"):
            _, refusal = outcome(partial(FIELDS[name].parse, text))
            assert refusal == sentence(name, shown(text))
            assert len(refusal) < (250 if name == "edits" else 200)
            assert refusal.isprintable()


@given(text=st.text() | st.text(string.digits + string.punctuation + "eEnaif \t\x00"))
def test_any_text_gives_an_allowed_value_or_a_config_error(text: str) -> None:
    for name in SETTINGS:
        value, refusal = outcome(partial(FIELDS[name].parse, text))
        if refusal:
            assert refusal.startswith(f"{LABELS[name]} must be {ALLOWED[name]}, not ")
            assert refusal.isprintable()
        else:
            assert getattr(configured(name, value), name) == value


@given(value=st.integers() | st.floats() | st.booleans() | st.none() | st.text() | st.binary())
def test_any_value_is_kept_as_it_is_or_refused(value: Any) -> None:
    for name in SETTINGS:
        config, refusal = outcome(partial(configured, name, value))
        if refusal:
            assert refusal.startswith(f"{LABELS[name]} must be {ALLOWED[name]}, not ")
        else:
            kind = type(getattr(TrainConfig(), name))  # a large whole number is a rounded rate
            assert getattr(config, name) == kind(value)
            assert type(getattr(config, name)) is kind


def test_the_learning_rate_of_an_update_is_the_last_one_set_up_to_its_epoch() -> None:
    edits = (
        Edit(500, LEARNING_RATE, 2.0),
        Edit(7, "x1 → h1", 9.0),
        Edit(20, LEARNING_RATE, 4.0),
    )
    config = TrainConfig(learning_rate=0.25, epochs=500, edits=edits)
    rates = {0: 0.25, 7: 0.25, 19: 0.25, 20: 4.0, 21: 4.0, 499: 4.0, 500: 2.0}
    assert {epoch: config.learning_rate_at(epoch) for epoch in rates} == rates


def test_without_a_fork_the_learning_rate_is_that_of_the_run_throughout() -> None:
    config = TrainConfig(learning_rate=3, edits=(Edit(0, "x1 → h1", 9.0),))
    assert [config.learning_rate_at(epoch) for epoch in (0, 1, 10_000)] == [3.0, 3.0, 3.0]


CHOICE = Choice("View", ("loss", "weights"))


@pytest.mark.parametrize("choice", ["loss", "weights"])
def test_a_setting_with_choices_takes_any_of_them(choice: str) -> None:
    assert CHOICE.parse(choice) == CHOICE.check(choice) == choice


@pytest.mark.parametrize(
    "text", ["", "Loss", "los", "loss ", "lossweights", "0110", "\x00", "l" * 999]
)
def test_a_setting_with_choices_names_them_where_another_comes(text: str) -> None:
    for take in (CHOICE.parse, CHOICE.check):
        with pytest.raises(ConfigError) as caught:
            take(text)
        error = caught.value
        assert (error.label, error.allowed) == ("View", "one of loss, weights")
        assert error.came == shown(text)


@pytest.mark.parametrize("value", [None, 0, True, ("loss",), ["loss"], b"loss"])
def test_a_setting_with_choices_takes_nothing_but_text(value: Any) -> None:
    with pytest.raises(ConfigError):
        CHOICE.check(value)
