"""The search: what it names, what it says beside, and when it says that nothing is known."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from xorviz.core.catalogue import BY_NAME, MISTAKE_NAMES, Change
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.loop import Loop, sigmoid
from xorviz.core.network import Array, initial_parameters
from xorviz.core.observed import Observed
from xorviz.mistakes.answer import Answer
from xorviz.mistakes.programs import ORDERS, merge, pairs, singles
from xorviz.mistakes.search import check, resolution_of
from xorviz.mistakes.stack import Stack

CONFIG = TrainConfig(seed=3, learning_rate=0.7, epochs=40)
EVERY = np.arange(41)


def states(config: TrainConfig, change: Change, order: tuple[int, ...] = (0, 1, 2, 3)) -> Array:
    """Every state of a run with a change, its rows in this order."""
    flat = initial_parameters(config.seed, config.hidden_size, config.biases)
    shape = config.hidden_size, config.biases, config.targets
    loop, seen = Loop(change, flat, *shape, order=order), [flat.copy()]
    with np.errstate(all="ignore"):
        for _ in range(config.epochs):
            loop.update(config.learning_rate)
            seen.append(flat.copy())
    return np.array(seen)


def checked(config: TrainConfig, seen: Array) -> Answer:
    return check(Observed(config, np.arange(len(seen)), seen))


def online(config: TrainConfig, orders: list[tuple[int, ...]]) -> Array:
    """The right loop row after row, in an order for each epoch."""
    w = initial_parameters(config.seed, 2, False)
    seen = [w.copy()]
    table = [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]
    for order in orders:
        for row in order:
            (a, b), target = table[row]
            h = sigmoid(a * w[:2] + b * w[2:4])
            y = sigmoid(h @ w[4:])
            delta = (target - y) * y * (1 - y)
            back = delta * w[4:] * h * (1 - h)
            change = np.concatenate([a * back, b * back, delta * h])
            w = w + config.learning_rate * change
        seen.append(w.copy())
    return np.array(seen)


def test_the_right_loop_is_equal_to_the_last_bit() -> None:
    answer = checked(CONFIG, states(CONFIG, Change()))
    assert (answer.answer, answer.names, answer.since) == ("equal", (), None)
    assert answer.is_exact
    assert (answer.updates, answer.compared) == (40, 40)
    assert answer.as_object() == {
        "answer": "equal",
        "names": [],
        "since": None,
        "difference": 0.0,
        "layer": None,
    }


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_each_mistake_is_named_with_its_lines_its_first_update_and_its_loss(name: str) -> None:
    config = replace(CONFIG, biases=True)
    answer = checked(config, states(config, BY_NAME[name].change))
    assert (answer.answer, answer.names) == ("mistake", (name,))
    assert answer.change == BY_NAME[name].change
    assert answer.is_exact
    assert answer.since == (2 if name == "gradients-not-reset" else 1)
    assert answer.losses[0] != answer.losses[1]


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("early-output-update", "hidden"),
        ("error-not-delta", "hidden"),
        ("preactivation-in-gradient", "output"),
        ("sign-both", "both"),
    ],
)
def test_the_layer_is_that_whose_weights_differ_first(name: str, layer: str) -> None:
    assert checked(CONFIG, states(CONFIG, BY_NAME[name].change)).layer == layer


@pytest.mark.parametrize(
    ("rate", "names", "kind"),
    [
        (1.0, {"no-rate-output", "no-rate-hidden", "rate-twice"}, "equal"),
        (2.0, {"rate-twice", "twice"}, "another way"),
        (0.25, {"rate-twice", "mean"}, "another way"),
    ],
)
def test_where_several_give_the_same_numbers_all_are_named(
    rate: float, names: set[str], kind: str
) -> None:
    config = replace(CONFIG, learning_rate=rate)
    answer = checked(config, states(config, BY_NAME["rate-twice"].change))
    assert (answer.answer, {*answer.names}) == (kind, names)


@pytest.mark.parametrize("way", ["mean", "twice"])
def test_another_way_is_right(way: str) -> None:
    answer = checked(CONFIG, states(CONFIG, BY_NAME[way].change))
    assert (answer.answer, answer.names) == ("another way", (way,))


def test_a_mean_square_error_is_both_the_mean_and_twice() -> None:
    change = merge(BY_NAME["mean"].change, BY_NAME["twice"].change)
    assert change
    assert {*checked(CONFIG, states(CONFIG, change)).names} == {"mean", "twice"}


@pytest.mark.parametrize("order", [ORDERS[0], ORDERS[13], ORDERS[23]])
def test_row_after_row_is_another_way_and_its_order_is_told(order: tuple[int, ...]) -> None:
    answer = checked(CONFIG, online(CONFIG, [order] * 40))
    assert (answer.answer, answer.names, answer.order) == ("another way", ("online",), order)


def test_so_is_another_order_in_each_epoch() -> None:
    orders = [ORDERS[7 * epoch % 24] for epoch in range(40)]
    answer = checked(CONFIG, online(CONFIG, orders))
    assert (answer.answer, answer.names, answer.order) == ("another way", ("online",), None)


def test_rows_in_another_order_are_told_by_the_last_bits() -> None:
    seen = states(CONFIG, Change(), (3, 1, 0, 2))
    assert seen.tobytes() != states(CONFIG, Change()).tobytes()
    answer = checked(CONFIG, seen)
    assert (answer.answer, answer.names, answer.is_exact) == ("another way", ("row-order",), True)
    assert answer.order
    assert states(CONFIG, Change(), answer.order).tobytes() == seen.tobytes()


def test_float32_is_another_way() -> None:
    seen = states(CONFIG, Change())[:1]
    for _ in range(40):
        after = Stack([singles(CONFIG)[0]], CONFIG, seen[-1:], np.array([0.7]))
        after.update()
        seen = np.vstack([seen, after.flat[0].astype(np.float32)])
    answer = checked(CONFIG, seen)
    assert (answer.answer, answer.names) == ("another way", ("float32",))


@pytest.mark.parametrize("epochs", [1, 40])
@pytest.mark.parametrize("name", ["", *MISTAKE_NAMES])
def test_eight_decimals_of_the_end_are_enough(name: str, epochs: int) -> None:
    config = replace(CONFIG, biases=True, epochs=epochs)
    seen = states(config, BY_NAME[name].change if name else Change())[[0, -1]]
    seen[1] = np.round(seen[1], 8)
    answer = check(Observed(config, np.array([0, epochs]), seen))
    assert name in (*answer.names, "")
    assert answer.since == (None if epochs > 1 or answer.answer == "equal" else 1)
    assert answer.answer == "mistake" or not name or (epochs, name) == (1, "gradients-not-reset")


def test_with_too_few_decimals_no_name_is_guessed() -> None:
    seen = states(replace(CONFIG, epochs=1), BY_NAME["early-output-update"].change)
    seen[1] = np.round(seen[1], 2)
    answer = check(Observed(CONFIG, np.array([0, 1]), seen))
    assert (answer.answer, answer.names) == ("not known", ())
    assert {(), ("early-output-update",)} <= {*answer.close}


def test_what_no_program_does_is_not_known_and_the_first_weight_is_told() -> None:
    seen = states(CONFIG, Change())
    seen[20:, 3] += 1e-6
    answer = checked(CONFIG, seen)
    assert (answer.answer, answer.names, answer.since) == ("not known", (), 20)
    assert (answer.layer, answer.weights) == ("hidden", ("x2 → h2",))
    assert answer.difference == pytest.approx(1e-6, rel=1e-6)


def test_a_factor_that_no_mistake_has_is_told() -> None:
    seen = [states(CONFIG, Change())[0]]
    for _ in range(5):
        stack = Stack([singles(CONFIG)[0]], CONFIG, seen[-1:][0][np.newaxis], np.array([0.7]))
        stack.update()
        update = stack.flat[0, 0] - seen[-1]
        update[4:] *= 3
        seen.append(seen[-1] + update)
    answer = checked(CONFIG, np.array(seen))
    assert (answer.answer, answer.since, answer.layer) == ("not known", 1, "output")
    assert answer.factor == pytest.approx(3, rel=1e-9)


@pytest.mark.parametrize(
    "names", [("sign-hidden", "no-rate-output"), ("early-output-update", "rounded-deltas")]
)
def test_two_mistakes_are_named_together(names: tuple[str, str]) -> None:
    change = merge(*(BY_NAME[name].change for name in names))
    assert change
    answer = checked(CONFIG, states(CONFIG, change))
    assert (answer.answer, {*answer.names}) == ("mistake", {*names})


def test_a_mistake_row_after_row_is_named_with_the_way() -> None:
    config = replace(CONFIG, epochs=12)
    program = next(one for one in singles(config) if one.names == ("sign-hidden",))
    rows = replace(program, order=(2, 0, 3, 1))
    start = initial_parameters(config.seed, 2, False)
    stack, seen = Stack([rows], config, start[np.newaxis], np.array([0.7])), [start]
    for _ in range(12):
        stack.update()
        seen.append(stack.flat[0, 0].copy())
    answer = checked(config, np.array(seen))
    assert (answer.answer, answer.names) == ("mistake", ("sign-hidden", "online"))


def test_initial_weights_may_be_any_and_states_far_apart() -> None:
    config = replace(CONFIG, edits=(Edit(0, "x1 → h1", -2.0),))
    seen = states(config, Change())
    seen[0, 0] = -2.0
    loop = Loop(BY_NAME["error-not-delta"].change, seen[0].copy(), 2, False, "0110")
    known = [seen[0]]
    for before, epoch in pairwise([0, 1, 7, 30, 40]):
        for _ in range(epoch - before):
            loop.update(0.7)
        known.append(loop.flat.copy())
    answer = check(Observed(config, np.array([0, 1, 7, 30, 40]), np.array(known)))
    assert (answer.names, answer.since) == (("error-not-delta",), 1)


def test_numbers_that_stop_being_numbers_are_checked_up_to_there() -> None:
    seen = states(CONFIG, BY_NAME["sign-hidden"].change)
    seen[7:] = np.nan
    assert checked(CONFIG, seen).names == ("sign-hidden",)
    seen[1:] = np.inf
    answer = checked(CONFIG, seen)
    assert (answer.answer, answer.layer, answer.since) == ("not known", None, None)


def test_there_must_be_something_to_check() -> None:
    with pytest.raises(ValueError, match="nothing to check"):
        check(Observed(CONFIG, EVERY[:1], states(CONFIG, Change())[:1]))


def test_decimals_are_told_by_the_numbers() -> None:
    seen = states(CONFIG, Change())[[0, 40]]
    assert resolution_of(Observed(CONFIG, np.array([0, 40]), seen)) == 0
    seen[1] = np.round(seen[1], 6)
    assert resolution_of(Observed(CONFIG, np.array([0, 40]), seen)) == pytest.approx(5e-7)


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("hidden_size", [1, 2, 3, 16])
def test_a_stack_has_the_bits_of_each_program_alone(hidden_size: int, biases: bool) -> None:
    config = TrainConfig(7, 0.5, hidden_size, 30, biases)
    programs = [*singles(config), *pairs(config)[::7]]
    starts = np.array([initial_parameters(seed, hidden_size, biases) for seed in (7, 8, 9)])
    stack = Stack(programs, config, starts, np.full(3, 0.5))
    with np.errstate(all="ignore"):
        for _ in range(30):
            stack.update()
    scaled = {"rate-twice"}  # a rate squared at once, and not one factor after the other
    for program, ends in zip(programs, stack.flat, strict=True):
        alone = states(config, program.change)[-1]
        if np.isfinite(alone).all() and not scaled & {*program.names}:
            np.testing.assert_allclose(ends[0], alone, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("name", ["", "early-output-update"])
def test_in_float32_many_updates_tell_the_closest_pair_apart(name: str) -> None:
    config = replace(CONFIG, learning_rate=0.1, epochs=200)
    (program,) = [one for one in singles(config) if one.names == ((name,) if name else ())]
    seen = initial_parameters(3, 2, False)[np.newaxis]
    for _ in range(200):
        stack = Stack([program], config, seen[-1:], np.array([0.1]))
        stack.update()
        seen = np.vstack([seen, stack.flat[0].astype(np.float32)])
    assert checked(config, seen).names == ((name,) if name else ("float32",))
