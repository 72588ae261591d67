"""The chain rule in lines of text, against steps worked out by hand and by the trainer."""

import math
import re

import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.step.plain import chain_lines, update_lines
from xorviz.step.step import Step, open_step

CONFIG = TrainConfig(hidden_size=2, epochs=300, biases=True)
ALL = range(4)


def step(epoch: int = 120) -> Step:
    return open_step(CONFIG, trained(CONFIG).state(epoch), epoch)


def numbers(text: str) -> list[float]:
    return [float(one.strip("()").replace("−", "-")) for one in re.split(" [·+] ", text)]


def test_the_first_line_is_the_chain_of_a_weight_into_a_hidden_unit() -> None:
    assert chain_lines(step(), [], "x2 → h1") == [
        "w = x2 → h1: ∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂z_ŷ · ∂z_ŷ/∂h1 · ∂h1/∂z_h1 · ∂z_h1/∂w "
        "= (ŷ − t) · ŷ (1 − ŷ) · w(h1 → ŷ) · h1 (1 − h1) · x2"
    ]


def test_a_bias_has_the_constant_1_in_place_of_an_input() -> None:
    (line,) = chain_lines(step(), [], "1 → ŷ")
    assert line.endswith("= ∂E/∂ŷ · ∂ŷ/∂z_ŷ · ∂z_ŷ/∂w = (ŷ − t) · ŷ (1 − ŷ) · 1")


@pytest.mark.parametrize("name", step().names)
def test_the_factors_of_each_input_multiply_to_its_part_and_the_parts_add_up(name: str) -> None:
    index = step().names.index(name)
    _, *lines = chain_lines(step(), ALL, name)
    for row, line in enumerate(lines):
        _, product, value = re.split(": | = ", line)
        assert math.prod(numbers(product)) == pytest.approx(numbers(value)[0], rel=2e-3)
        assert numbers(value)[0] == pytest.approx(step().row_gradients[row, index], rel=1e-3)
    added, _ = update_lines(step(), name)
    *_, parts, total = added.split(" = ")
    assert sum(numbers(parts)) == pytest.approx(numbers(total)[0], abs=2e-4)


def test_the_update_goes_from_the_old_value_to_the_new_one() -> None:
    _, update = update_lines(step(), "h1 → ŷ")
    index = step().names.index("h1 → ŷ")
    old = update.split(" = ")[1].split(" − ")[0]
    assert numbers(old)[0] == pytest.approx(step().old[index], rel=1e-3)
    assert numbers(update.split(" = ")[-1])[0] == pytest.approx(step().new[index], rel=1e-3)
    assert " − 0.5 · " in update


def test_numbers_that_are_not_finite_are_written_in_words() -> None:
    with np.errstate(all="ignore"):
        lost = open_step(CONFIG, np.full(9, np.nan), 0)
    for line in (*chain_lines(lost, ALL, "x1 → h1")[1:], *update_lines(lost, "x1 → h1")):
        assert "not finite" in line
        assert "nan" not in line
