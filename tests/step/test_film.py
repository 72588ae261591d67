"""The film of a step: its beats in order, and their numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.names import OUTPUT, ends
from xorviz.core.network import parameter_count
from xorviz.core.truth_table import INPUTS, ROW_NAMES
from xorviz.settings.link import LAST_BEAT
from xorviz.step.film import COUNT, KINDS, OF_INPUT, film, kind_at, row_at
from xorviz.step.step import Step, open_step

ROWS = range(len(ROW_NAMES))


@st.composite
def steps(draw: st.DrawFn) -> Step:
    config = TrainConfig(
        learning_rate=draw(st.floats(0.01, 10)),
        hidden_size=draw(st.sampled_from([1, 2, 4, 16])),
        biases=draw(st.booleans()),
        targets=draw(st.text("01", min_size=4, max_size=4)),
    )
    size = parameter_count(config.hidden_size, config.biases)
    weights = np.random.default_rng(draw(st.integers(0, 10_000))).normal(size=size)
    return open_step(config, weights * draw(st.sampled_from([0.1, 1.0, 5.0])), 0)


def test_a_film_goes_through_the_four_inputs_then_the_sum_then_the_update() -> None:
    config = TrainConfig()
    beats = film(open_step(config, trained(config).state(300), 300))
    in_order = [(kind, row) for row in ROWS for kind in OF_INPUT]
    assert [(beat.kind, beat.row) for beat in beats] == [
        *in_order,
        ("sum", None),
        ("update", None),
    ]
    assert [(kind_at(beat), row_at(beat)) for beat in range(COUNT)] == [
        (beat.kind, beat.row) for beat in beats
    ]
    assert len(beats) == COUNT == LAST_BEAT + 1
    assert {beat.kind for beat in beats} == set(KINDS)


@given(step=steps())
def test_every_number_of_a_film_is_that_of_the_step_to_the_last_bit(step: Step) -> None:
    beats = film(step)
    for row in ROWS:
        hidden, output, error, delta_output, delta_hidden, shares = beats[6 * row : 6 * row + 6]
        assert {name: hidden.units[name] for name in ("x1", "x2")} == {
            "x1": (INPUTS[row, 0],),
            "x2": (INPUTS[row, 1],),
        }
        for index, unit in enumerate(step.units):
            assert hidden.units[unit] == (step.z_hidden[row, index], step.hidden[row, index])
            arriving, derivative, delta = delta_hidden.units[unit]
            assert arriving == delta_hidden.edges[f"{unit} → ŷ"][-1]
            assert (derivative, delta) == (
                step.derivative_hidden[row, index],
                step.delta_hidden[row, index],
            )
        assert output.units == {OUTPUT: (step.z_output[row], step.output[row])}
        target = float(step.config.targets[row])
        assert error.units == {OUTPUT: (step.output[row], target, step.error[row])}
        backward = step.error[row], step.derivative_output[row], step.delta_output[row]
        assert delta_output.units == {OUTPUT: backward}
        assert [numbers[-1] for numbers in shares.edges.values()] == list(step.row_gradients[row])
    total, update = beats[-2:]
    assert [*total.edges.values()] == [
        (*rows, gradient)
        for rows, gradient in zip(step.row_gradients.T, step.gradients, strict=True)
    ]
    assert [*update.edges.values()] == [*zip(step.old, step.updates, step.new, strict=True)]


@given(step=steps())
def test_what_runs_along_the_edges_gathers_to_what_the_units_make_of_it(step: Step) -> None:
    beats = film(step)
    for row in ROWS:
        hidden, output, _, _, delta_hidden, shares = beats[6 * row : 6 * row + 6]
        for beat in (hidden, output):
            for unit, (z, *_) in beat.units.items():
                arriving = [
                    product for name, (_, _, product) in beat.edges.items() if ends(name)[1] == unit
                ]
                assert not arriving or sum(arriving) == pytest.approx(z, rel=1e-9, abs=1e-12)
        assert hidden.edges.keys() | output.edges.keys() == {*step.names}
        for beat in (hidden, output, delta_hidden, shares):
            for first, second, product in beat.edges.values():
                assert first * second == pytest.approx(product, rel=1e-9)
        for arriving, derivative, delta in delta_hidden.units.values():
            assert arriving * derivative == pytest.approx(delta, rel=1e-12)


def test_the_film_of_one_unit_by_hand() -> None:
    # x = (0, 1), w = (1, -2), b = 0.5: z = -1.5; v = 2, c = -1
    config = TrainConfig(hidden_size=1, biases=True, learning_rate=0.5)
    beats = film(open_step(config, np.array([1.0, -2.0, 2.0, 0.5, -1.0]), 0))
    hidden, output, error, delta_output, delta_hidden, shares = beats[6:12]
    h = 1 / (1 + np.exp(1.5))
    y = 1 / (1 + np.exp(-(2 * h - 1)))
    d = (y - 1) * y * (1 - y)
    assert hidden.edges == {
        "x1 → h1": (0.0, 1.0, 0.0),
        "x2 → h1": (1.0, -2.0, -2.0),
        "1 → h1": (1.0, 0.5, 0.5),
    }
    assert hidden.units["h1"] == pytest.approx((-1.5, h))
    assert output.edges["h1 → ŷ"] == pytest.approx((h, 2, 2 * h))
    assert output.edges["1 → ŷ"] == (1.0, -1.0, -1.0)
    assert error.units[OUTPUT] == pytest.approx((y, 1, y - 1))
    assert delta_output.units[OUTPUT] == pytest.approx((y - 1, y * (1 - y), d))
    assert delta_hidden.edges == {"h1 → ŷ": pytest.approx((d, 2, 2 * d))}
    delta = 2 * d * h * (1 - h)
    assert delta_hidden.units["h1"] == pytest.approx((2 * d, h * (1 - h), delta))
    assert shares.edges == {
        "x1 → h1": pytest.approx((0, delta, 0)),
        "x2 → h1": pytest.approx((1, delta, delta)),
        "h1 → ŷ": pytest.approx((h, d, h * d)),
        "1 → h1": pytest.approx((1, delta, delta)),
        "1 → ŷ": pytest.approx((1, d, d)),
    }
