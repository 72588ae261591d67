"""The steps of programs with a mistake: their own numbers, and where they leave the right loop."""

from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import runs, trained
from xorviz.core.catalogue import MISTAKE_NAMES, mistake_fits
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.step import latex, plain
from xorviz.step.chain import chain_products
from xorviz.step.gradient_check import TOLERANCE, central_differences, largest_difference
from xorviz.step.notebook import (
    BIASES,
    DELTAS_HIDDEN,
    DELTAS_OUTPUT,
    ERRORS,
    FORWARD_OUTPUT,
    GRADIENTS_HIDDEN,
    GRADIENTS_OUTPUT,
    departing,
)
from xorviz.step.step import Step, step_at, steps

MADE: Final = (
    *("hidden", "output", "error", "delta_output", "delta_hidden"),
    *("row_gradients", "gradients", "updates", "new"),
)
DEPARTS: Final = {
    "early-output-update": {"delta_hidden"},
    "no-derivative-output": {"delta_output"},
    "no-derivative-hidden": {"delta_hidden"},
    "no-derivatives": {"delta_output", "delta_hidden"},
    "double-sigmoid-output": {"delta_output"},
    "double-sigmoid-hidden": {"delta_hidden"},
    "error-not-delta": {"delta_hidden"},
    "wrong-layer-derivative": {"delta_hidden"},
    "activations-backwards": {"delta_hidden"},
    "no-weights-backwards": {"delta_hidden"},
    "wrong-layer-activation": {"row_gradients", "gradients"},
    "preactivation-in-gradient": {"row_gradients", "gradients"},
    "sign-output": {"updates", "new"},
    "sign-hidden": {"updates", "new"},
    "sign-both": {"updates", "new"},
    "no-rate-output": {"updates", "new"},
    "no-rate-hidden": {"updates", "new"},
    "rate-twice": {"updates", "new"},
    "output-layer-only": {"updates", "new"},
    "hidden-layer-only": {"updates", "new"},
    "gradients-not-reset": {"gradients"},
    "last-row-only": {"row_gradients", "gradients"},
    "rounded-deltas": {"delta_output", "delta_hidden"},
    "shifted-targets": {"error"},
    "no-sigmoid-output": {"output", "delta_output"},
    "bias-not-updated": {"updates", "new"},
    "bias-sign": {"updates", "new"},
    "bias-wrong-delta": {"row_gradients", "gradients"},
}
"""The numbers that the lines of each mistake change at first hand."""


def step_of(name: str, **settings: object) -> Step:
    settings = {"epochs": 100, "learning_rate": 0.7, "biases": True, **settings}
    return step_at(trained(TrainConfig(mistake=name, **settings)), 57)  # type: ignore[arg-type]


def departures(step: Step) -> set[str]:
    return {
        name for name in MADE if not np.array_equal(getattr(step, name), getattr(step.right, name))
    }


def test_every_mistake_is_tried() -> None:
    assert {*DEPARTS} == {*MISTAKE_NAMES}


@given(run=runs(most_epochs=40, mistakes=True), data=st.data())
def test_the_step_of_any_run_leads_to_its_next_state_to_the_last_bit(
    run: TrainConfig, data: st.DataObject
) -> None:
    epoch = data.draw(st.integers(0, run.epochs - 1))
    recording = record(run)
    step = step_at(recording, epoch)
    with np.errstate(invalid="ignore"):
        made = step.old + step.updates
    assert np.array_equal(step.old, recording.state(epoch), equal_nan=True)
    assert np.array_equal(made, step.new, equal_nan=True)
    if not any(edit.epoch == epoch + 1 for edit in run.edits):
        assert np.array_equal(step.new, recording.state(epoch + 1), equal_nan=True)


@pytest.mark.parametrize("name", MISTAKE_NAMES)
@pytest.mark.parametrize("biases", [False, True])
def test_a_step_departs_from_the_right_lines_where_its_mistake_is(name: str, biases: bool) -> None:
    if mistake_fits(name, 2, biases):
        assert departures(step_of(name, biases=biases)) == DEPARTS[name]


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_each_frame_has_the_step_that_its_state_has(name: str) -> None:
    recording = trained(TrainConfig(mistake=name, epochs=100, biases=True))
    for frames in (recording.frames, recording.around(57, 3), recording.at([3, 58])):
        for step in steps(frames):
            assert np.array_equal(step.table, step_at(recording, step.epoch).table)


def test_a_right_step_departs_nowhere() -> None:
    step = step_of("")
    assert step.right is step


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_a_gradient_is_the_sum_of_the_inputs_parts_unless_it_is_kept(name: str) -> None:
    step = step_of(name)
    is_sum = np.allclose(step.row_gradients.sum(axis=0), step.gradients, rtol=1e-9, atol=1e-15)
    assert is_sum == (name != "gradients-not-reset")


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_the_gradient_check_fails_where_the_mistake_is_before_the_update(name: str) -> None:
    step = step_of(name, learning_rate=0.1)
    difference = largest_difference(step, central_differences(step.config, step.old))
    assert (difference > TOLERANCE) == (DEPARTS[name] != {"updates", "new"})


def test_a_mistake_that_squares_a_rate_of_one_makes_no_difference() -> None:
    assert departures(step_of("rate-twice", learning_rate=1.0)) == set()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no-derivative-output", DELTAS_OUTPUT),
        ("early-output-update", DELTAS_HIDDEN),
        ("error-not-delta", DELTAS_HIDDEN),
        ("shifted-targets", ERRORS),
        ("no-sigmoid-output", FORWARD_OUTPUT),
        ("preactivation-in-gradient", GRADIENTS_OUTPUT),
        ("last-row-only", GRADIENTS_HIDDEN),
        ("bias-sign", BIASES),
    ],
)
def test_a_wrong_line_stands_beside_the_formula_that_it_gets_wrong(name: str, code: object) -> None:
    config = TrainConfig(mistake=name, biases=True)
    assert departing(code, config)  # type: ignore[arg-type]
    assert not departing(code, TrainConfig(biases=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_formulas_tell_the_programs_number_just_where_it_departs(name: str) -> None:
    step, rows = step_of(name), range(4)
    formulas = {
        "hidden": latex.forward_hidden(step, rows),
        "output": latex.forward_output(step, rows),
        "error": latex.errors(step, rows),
        "delta_output": latex.deltas_output(step, rows),
        "delta_hidden": latex.deltas_hidden(step, rows),
        "gradients": latex.gradients(step, rows),
        "new": latex.updates(step, step.names),
    }
    told = {key for key, some in formulas.items() if "this program" in str(some)}
    assert told == DEPARTS[name] & {*formulas}


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_no_text_of_a_chain_rule_equates_unequal_numbers(name: str) -> None:
    step = step_of(name)
    for weight in step.names:
        products, made = (
            chain_products(step, weight),
            step.row_gradients[:, step.names.index(weight)],
        )
        lines = plain.chain_lines(step, range(4), weight)[1:]
        for line, product, value in zip(lines, products, made, strict=True):
            assert ("this program" in line) == (product != value)
