import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.network import Array
from xorviz.core.numbers import side_by_side
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import INPUTS, ROW_NAMES
from xorviz.step.quiz import Judgement, judge_prediction
from xorviz.step.step import Step, open_step

# Learning rates that move every weight by more than 1 %, so that a slip is never right as well.
STEPS = [(3, 4.0, 0), (5, 8.0, 20), (8, 3.0, 5), (11, 6.0, 2), (21, 9.0, 40)]


def after(config: TrainConfig, epoch: int) -> Step:
    """The step that follows so many epochs of training."""
    trainer = Trainer(config)
    trainer.run(epoch)
    return open_step(config, trainer.parameters, epoch)


def factors(step: Step, name: str) -> dict[str, Array]:
    """The chain of a weight, its factors written from their formulas."""
    source, target = name.split(" → ")
    flow = np.ones(4)
    if source[0] == "x":
        flow = INPUTS[:, int(source[1]) - 1]
    elif source[0] == "h":
        flow = step.hidden[:, int(source[1:]) - 1]
    parts: dict[str, Array] = {
        "∂E/∂ŷ": step.output - np.array([float(digit) for digit in step.config.targets]),
        "∂ŷ/∂z_ŷ": step.output * (1 - step.output),
    }
    if target != "ŷ":
        unit = int(target[1:]) - 1
        hidden = step.hidden[:, unit]
        parts[f"∂z_ŷ/∂{target}"] = np.full(4, step.old[2 * step.config.hidden_size + unit])
        parts[f"∂{target}/∂z_{target}"] = hidden * (1 - hidden)
    return {**parts, f"∂z_{target}/∂w": flow}


def product(parts: list[Array]) -> Array:
    return np.array([math.prod(row) for row in zip(*parts, strict=True)])


def slips(step: Step, name: str) -> list[tuple[str, float]]:
    """The usual slips: words by which each is told, and the change that it gives."""
    rate = step.config.learning_rate
    parts = factors(step, name)
    rows = product(list(parts.values()))
    gradient = rows.sum()
    old = float(step.old[step.names.index(name)])
    told = [
        ("the sign: ", rate * gradient),
        ("the learning rate: ", -gradient),
        ("not averaged", -rate * gradient / 4),
        ("the old one plus the change", -rate * gradient - old),
    ]
    told += [
        (f"from input {where} alone", -rate * row)
        for where, row in zip(ROW_NAMES, rows, strict=True)
    ]
    for left_out in parts:
        rest = product([part for part_name, part in parts.items() if part_name != left_out])
        told.append((f"the factor {left_out}, the ", -rate * rest.sum()))
    return told


def is_one_short_string(judged: Judgement) -> bool:
    text = judged.text
    return isinstance(text, str) and 0 < len(text) < 300 and text.isprintable()


def test_a_prediction_worked_out_by_hand_is_judged_by_hand() -> None:
    # The step of test_gradients.py, but with a learning rate of 10: one hidden unit, targets
    # 0 1 1 0, w1 = ln 3, w2 = -ln 3, v = 4 ln 3 = 4.39444915. Each row's error · σ′ · hidden:
    #
    #   00    0.9        · 0.09       · 0.5   =  0.0405
    #   01   -0.25       · 0.1875     · 0.25  = -0.01171875
    #   10   -0.03571429 · 0.03443878 · 0.75  = -0.00092247
    #   11    0.9        · 0.09       · 0.5   =  0.0405
    #                                    sum  =  0.06835878
    #
    #   new v = 4.39444915 - 10 · 0.06835878 = 3.71086139, right from 3.674 to 3.747.
    ln_3 = np.log(3)
    start = np.array([ln_3, -ln_3, 4 * ln_3])
    step = open_step(TrainConfig(hidden_size=1, learning_rate=10), start, 0)
    for prediction, right, told in (
        (3.71086139, True, "Right: within 1 % of the new weight, 3.711."),
        (3.6742, True, "Right: within 1 % of the new weight, 3.711."),
        (3.7475, True, "Right: within 1 % of the new weight, 3.711."),
        (5.0780, False, "the sign: "),  # 4.3944 + 0.6836
        (4.3261, False, "the learning rate: "),  # 4.3944 - 0.0684
        (4.2235, False, "not averaged"),  # 4.3944 - 0.6836 / 4
        (-0.6836, False, "the old one plus the change"),
        (3.9894, False, "from input 00 alone"),  # 4.3944 - 10 · 0.0405
        (4.5116, False, "from input 01 alone"),  # 4.3944 + 10 · 0.0117
        (4.4037, False, "from input 10 alone"),  # 4.3944 + 10 · 0.0009
        (4.3944, False, ""),
        (2.0, False, "3.5 times the real one"),  # -2.3944 / -0.6836
        (9.0, False, "The change has the wrong sign"),
    ):
        judged = judge_prediction(step, "h1 → ŷ", prediction)
        assert judged.right is right
        assert told in judged.text


SLIPS = ("Not yet: look again at ", "Not yet: this is the old weight")


@pytest.mark.parametrize(("seed", "learning_rate", "epoch"), STEPS)
@pytest.mark.parametrize("hidden_size", [1, 3, 16])
def test_the_new_weight_is_right_and_so_is_what_is_within_one_percent_and_no_slip(
    hidden_size: int, seed: int, learning_rate: float, epoch: int
) -> None:
    step = after(TrainConfig(seed, learning_rate, hidden_size, biases=True), epoch)
    for index, name in enumerate(step.names):
        new = float(step.new[index])
        exact = judge_prediction(step, name, new)
        _, told = side_by_side(float(step.old[index]), new)  # as the formula has it
        told = told.replace("-", "−")
        assert exact == Judgement(True, f"Right: within 1 % of the new weight, {told}.")
        for off in (0.9901, 1.0099):
            judged = judge_prediction(step, name, off * new)
            assert judged.right or judged.text.startswith(SLIPS)
        for off in (0.9899, 1.0101):
            assert not judge_prediction(step, name, off * new).right


@given(
    seed=st.integers(0, 999),
    learning_rate=st.floats(0.01, 10),
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=st.text("01", min_size=4, max_size=4),
    epoch=st.integers(0, 100),
)
def test_the_exact_new_weight_of_any_run_is_right(
    seed: int, learning_rate: float, hidden_size: int, biases: bool, targets: str, epoch: int
) -> None:
    config = TrainConfig(seed, learning_rate, hidden_size, biases=biases, targets=targets)
    step = after(config, epoch)
    for index, name in enumerate(step.names):
        assert judge_prediction(step, name, float(step.new[index])).right


def test_a_prediction_after_a_fork_is_judged_by_the_rate_of_its_step() -> None:
    step = after(TrainConfig(3, 0.1, biases=True, edits=(Edit(0, LEARNING_RATE, 4.0),)), 2)
    plain = after(TrainConfig(3, 4.0, biases=True), 2)
    for name, old, gradient in zip(step.names, step.old, step.gradients, strict=True):
        for change in (-4 * gradient, 4 * gradient, -gradient, -0.1 * gradient, 0.1 * gradient):
            predicted = float(old + change)
            judged = judge_prediction(step, name, predicted)
            assert judged == judge_prediction(plain, name, predicted)
        assert judge_prediction(step, name, float(old - 4 * gradient)).right
        assert "the sign: " in judge_prediction(step, name, float(old + 4 * gradient)).text


def test_every_usual_slip_is_told_by_its_name() -> None:
    told: set[str] = set()
    for seed, learning_rate, epoch in STEPS:
        step = after(TrainConfig(seed, learning_rate, 2, biases=True), epoch)
        for index, name in enumerate(step.names):
            usual = slips(step, name)
            old, new = float(step.old[index]), float(step.new[index])
            for words, change in usual:
                others = [other for other_words, other in usual if other_words != words]
                near = [abs(change - other) <= 0.03 * abs(other) for other in (*others, new - old)]
                if change == 0 or any(near) or abs(old + change - new) <= 0.01 * abs(new):
                    continue  # no slip, or one that can't be told from another
                judged = judge_prediction(step, name, old + change)
                assert not judged.right
                assert words in judged.text
                told.add(words)
    assert told >= {
        "the sign: ",
        "the learning rate: ",
        "not averaged",
        "the old one plus the change",
        *(f"from input {where} alone" for where in ROW_NAMES),
        *(f"the factor {of}, the " for of in ("∂E/∂ŷ", "∂ŷ/∂z_ŷ", "∂z_ŷ/∂w")),
        *(f"the factor ∂z_ŷ/∂h{unit}, the " for unit in (1, 2)),
        *(f"the factor ∂h{unit}/∂z_h{unit}, the " for unit in (1, 2)),
        *(f"the factor ∂z_h{unit}/∂w, the " for unit in (1, 2)),
    }


def test_a_slip_is_not_right_though_the_update_is_small() -> None:
    step = after(TrainConfig(learning_rate=0.02), 1)
    index = step.names.index("h1 → ŷ")
    change = float(step.new[index] - step.old[index])
    assert abs(2 * change) < 0.01 * step.new[index]
    judged = judge_prediction(step, "h1 → ŷ", float(step.old[index]) - change)
    assert not judged.right
    assert judged.text.startswith("Not yet: look again at the sign")


def test_the_old_weight_is_no_judged_where_the_new_one_shows_another() -> None:
    step = after(TrainConfig(), 500)
    for name, old, new in zip(step.names, step.old.tolist(), step.new.tolist(), strict=True):
        assert f"{old:.4g}" != f"{new:.4g}"
        for typed in (old, float(f"{old:.4g}")):
            assert not judge_prediction(step, name, typed).right


def test_rounding_to_the_digits_shown_is_no_slip() -> None:
    step = after(TrainConfig(learning_rate=0.01), 10)
    for name, new in zip(step.names, step.new.tolist(), strict=True):
        judged = judge_prediction(step, name, float(f"{new:.4g}"))
        assert judged.text.startswith("Right: within 1 %")


def test_a_weight_whose_gradient_is_zero_stays() -> None:
    # A hidden unit without a weight to the output gets no δ: ∂E/∂w = ... · 0 · ...
    start = np.array([0.5, 0.25, 0.0])
    step = open_step(TrainConfig(hidden_size=1, learning_rate=4), start, 0)
    assert step.gradients[:2].tolist() == [0, 0]
    assert judge_prediction(step, "x1 → h1", 0.5).text == (
        "Right: within 1 % of the new weight, 0.5000."
    )
    for predicted in (0.4, 0.6, -0.5, 1e300):
        judged = judge_prediction(step, "x1 → h1", predicted)
        assert not judged.right
    assert "The gradient is 0" in judge_prediction(step, "x2 → h1", 7.0).text


def test_a_guess_far_off_is_told_how_far() -> None:
    step = after(TrainConfig(3, 4.0), 0)
    old, update = float(step.old[0]), float(step.updates[0])
    for times, told in ((7.3, "7.3"), (37, "37"), (1234.5, "more than a hundred")):
        judged = judge_prediction(step, "x1 → h1", old + times * update)
        assert not judged.right
        assert f"the change is {told} times the real one" in judged.text
        assert "wrong sign" in judge_prediction(step, "x1 → h1", old - times * update).text


def test_a_guess_that_nothing_changes_is_told() -> None:
    step = after(TrainConfig(3, 9.0), 0)
    judged = judge_prediction(step, "h1 → ŷ", float(step.old[4]))
    assert judged == Judgement(False, "Not yet: this is the old weight, but its gradient is not 0.")


@given(
    predicted=st.floats(allow_nan=False, allow_infinity=False) | st.floats(-2, 2),
    seed=st.integers(0, 999),
    learning_rate=st.floats(0.01, 10) | st.floats(1, 1e6),
    hidden_size=st.integers(1, 16),
    epoch=st.integers(0, 20),
    data=st.data(),
)
def test_any_finite_guess_gets_one_short_judged(
    predicted: float,
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epoch: int,
    data: st.DataObject,
) -> None:
    step = after(TrainConfig(seed, learning_rate, hidden_size, biases=True), epoch)
    name = data.draw(st.sampled_from(step.names), label="name")
    judged = judge_prediction(step, name, predicted)
    new = float(step.new[step.names.index(name)])
    assert not judged.right or abs(predicted - new) <= 0.01 * abs(new)
    assert judged.text.startswith("Right" if judged.right else "Not yet")
    assert is_one_short_string(judged)


@pytest.mark.parametrize("predicted", [0.0, -0.0, 5e-324, 1e308, -1.7976931348623157e308])
def test_the_smallest_and_largest_numbers_get_a_short_judged(predicted: float) -> None:
    step = after(TrainConfig(biases=True), 5)
    tiny = replace(step, updates=np.full(9, 5e-324), gradients=np.full(9, -1e-323))
    for name in parameter_names(2, biases=True):
        assert is_one_short_string(judge_prediction(step, name, predicted))
        assert is_one_short_string(judge_prediction(tiny, name, predicted))


@pytest.mark.parametrize("name", ["", "x1", "x1 → h3", "x1 → h0", "h3 → ŷ", "1 → ŷ", "x1→h1"])
def test_a_guess_of_a_weight_the_network_has_not_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match=r"in list|no weight"):
        judge_prediction(after(TrainConfig(), 0), name, 1.0)
