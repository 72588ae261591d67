import csv
import io
import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.notebook import notebook_run
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.network import Array, parameter_count
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import ROW_NAMES
from xorviz.step.chain import chain
from xorviz.step.gradient_check import central_differences
from xorviz.step.numbers import as_csv
from xorviz.step.step import Step, open_step

CONFIGS = st.builds(
    TrainConfig,
    seed=st.integers(0, 2**32 - 1),
    learning_rate=st.floats(0.01, 10),
    hidden_size=st.integers(1, 16),
    biases=st.booleans(),
    targets=st.text("01", min_size=4, max_size=4),
)
BEFORE = st.integers(0, 60)


def opened(config: TrainConfig, before: int) -> Step:
    """The step that follows so many epochs of training."""
    trainer = Trainer(config)
    trainer.run(before)
    return open_step(config, trainer.parameters, before)


def numbers(text: str) -> dict[tuple[str, str, str], float]:
    """Read a step's CSV back, each number by its quantity, its owner and its input."""
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["quantity", "of", "input", "value"]
    read = {(quantity, of, where): float(value) for quantity, of, where, value in rows}
    assert len(read) == len(rows)
    return read


@given(config=CONFIGS, before=BEFORE)
def test_an_opened_step_is_the_trainers_own_to_the_last_bit(
    config: TrainConfig, before: int
) -> None:
    trainer = Trainer(config)
    trainer.run(before)
    step = open_step(config, trainer.parameters, trainer.epoch)
    assert step.epoch == before
    assert step.old.tobytes() == trainer.parameters.tobytes()
    trainer.step()
    network = trainer.network
    for ours, theirs in (
        (step.hidden, network.hidden),
        (step.output, network.output),
        (step.delta_output, network.delta_output),
        (step.delta_hidden, network.delta_hidden),
        (step.gradients, network.gradients.flat),
        (step.new, trainer.parameters),
    ):
        assert ours.tobytes() == theirs.tobytes()


@given(
    seed=st.integers(0, 2**32 - 1),
    learning_rate=st.floats(0.01, 10),
    hidden_size=st.integers(1, 16),
    before=BEFORE,
)
def test_an_opened_step_has_the_notebooks_numbers_to_the_last_bit(
    seed: int, learning_rate: float, hidden_size: int, before: int
) -> None:
    step = opened(TrainConfig(seed, learning_rate, hidden_size), before)
    _, weights_hidden, weights_output, predicted = notebook_run(
        seed, learning_rate, hidden_size, before + 1
    )
    assert step.new.tobytes() == weights_hidden.tobytes() + weights_output.tobytes()
    assert step.output.tobytes() == predicted.tobytes()


@given(config=CONFIGS, data=st.data(), epochs=st.integers(1, 500))
def test_the_old_weights_plus_the_updates_are_the_next_recorded_state_to_the_last_bit(
    config: TrainConfig, data: st.DataObject, epochs: int
) -> None:
    config = TrainConfig(**{**vars(config), "epochs": epochs})
    recording = trained(config)
    epoch = data.draw(st.integers(0, epochs - 1), label="epoch")
    step = open_step(config, recording.state(epoch), epoch)
    assert (step.old + step.updates).tobytes() == recording.state(epoch + 1).tobytes()
    assert step.new.tobytes() == recording.state(epoch + 1).tobytes()
    assert step.output.tobytes() == recording.predictions[epoch].tobytes()


def test_a_step_from_an_edited_state_starts_from_the_typed_weight() -> None:
    config = TrainConfig(epochs=9, edits=(Edit(4, "h1 → ŷ", 2.5),))
    recording = trained(config)
    step = open_step(config, recording.state(4), 4)
    assert step.old[4] == 2.5
    assert step.new.tobytes() == recording.state(5).tobytes()


@given(
    config=CONFIGS,
    forks=st.dictionaries(st.integers(0, 20), st.floats(0.01, 30), min_size=1, max_size=4),
)
def test_the_steps_across_forks_are_the_trainers_own_to_the_last_bit(
    config: TrainConfig, forks: dict[int, float]
) -> None:
    edits = tuple(Edit(epoch, LEARNING_RATE, rate) for epoch, rate in forks.items())
    config = TrainConfig(**{**vars(config), "epochs": 20, "edits": edits})
    trainer = Trainer(config)
    for epoch in range(20):
        step = open_step(config, trainer.parameters, epoch)
        trainer.step()
        assert step.gradients.tobytes() == trainer.network.gradients.flat.tobytes()
        assert step.new.tobytes() == trainer.parameters.tobytes()
        assert (step.old + step.updates).tobytes() == trainer.parameters.tobytes()


def test_the_step_from_the_last_state_has_the_rate_of_a_fork_there() -> None:
    config = TrainConfig(epochs=9, edits=(Edit(9, LEARNING_RATE, 4.0),))
    step = open_step(config, trained(config).state(9), 9)
    assert step.learning_rate == 4.0
    assert (step.updates / step.gradients).tolist() == [-4.0] * 6


def test_opening_a_step_leaves_the_state_alone() -> None:
    recording = trained(TrainConfig(epochs=9, biases=True))
    start = recording.parameters[3].copy()
    open_step(recording.config, recording.parameters[3], 3)
    assert recording.parameters[3].tobytes() == start.tobytes()


@given(config=CONFIGS, before=BEFORE)
def test_the_rows_add_up_to_the_gradients(config: TrainConfig, before: int) -> None:
    step = opened(config, before)
    rows = step.row_gradients
    assert rows.shape == (4, parameter_count(config.hidden_size, config.biases))
    by_hand = rows[0] + rows[1] + rows[2] + rows[3]
    # Rows of either sign may cancel, so rounding counts against their sizes.
    assert (np.abs(by_hand - step.gradients) <= 1e-12 * np.abs(rows).sum(axis=0)).all()


@given(config=CONFIGS, before=BEFORE)
def test_each_rows_gradient_is_the_product_of_its_chain(config: TrainConfig, before: int) -> None:
    step = opened(config, before)
    for index, name in enumerate(step.names):
        product = np.ones(4)
        for factor in chain(step, name):
            assert factor.values.shape == (4,)
            product = product * factor.values
        np.testing.assert_allclose(step.row_gradients[:, index], product, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize(
    ("name", "derivatives"),
    [
        ("x2 → h3", ["E/ŷ", "ŷ/z_ŷ", "z_ŷ/h3", "h3/z_h3", "z_h3/w"]),
        ("1 → h1", ["E/ŷ", "ŷ/z_ŷ", "z_ŷ/h1", "h1/z_h1", "z_h1/w"]),
        ("h2 → ŷ", ["E/ŷ", "ŷ/z_ŷ", "z_ŷ/w"]),
        ("1 → ŷ", ["E/ŷ", "ŷ/z_ŷ", "z_ŷ/w"]),
    ],
)
def test_a_chain_leads_from_the_loss_to_the_weight(name: str, derivatives: list[str]) -> None:
    factors = chain(opened(TrainConfig(hidden_size=3, biases=True), 5), name)
    assert ["/".join(factor.derivative) for factor in factors] == derivatives
    for one, following in itertools.pairwise(factors):
        assert one.derivative[1] == following.derivative[0]


@given(hidden_size=st.integers(1, 16), seed=st.integers(0, 999))
def test_the_last_factor_of_a_chain_is_what_flows_through_the_edge(
    hidden_size: int, seed: int
) -> None:
    step = opened(TrainConfig(seed, hidden_size=hidden_size, biases=True), 3)
    flows = {"x1": [0, 0, 1, 1], "x2": [0, 1, 0, 1], "1": [1, 1, 1, 1]}
    flows |= {f"h{unit + 1}": step.hidden[:, unit].tolist() for unit in range(hidden_size)}
    for name in step.names:
        assert chain(step, name)[-1].values.tolist() == flows[name.split(" → ")[0]]


@pytest.mark.parametrize(
    "name",
    ["", "w", "x1", "x1 → h3", "x1 → h0", "h3 → ŷ", "1 → h1", "1 → ŷ", "x1 → ŷ", "h1 → h2"],
)
def test_a_chain_of_a_weight_the_network_has_not_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match=f"no weight {name}"):
        chain(opened(TrainConfig(), 0), name)


def test_an_opened_step_has_every_number_one_works_out_by_hand() -> None:
    # The step of test_gradients.py: one hidden unit, targets 0 1 1 0, learning rate 0.5, biases
    # at 0, w1 = ln 3, w2 = -ln 3, v = 4 ln 3, with ln 3 = 1.09861229. Forward:
    #
    #   x1 x2   z_hidden   hidden   σ′ = hidden · (1 - hidden)   z_output = hidden · v
    #   0  0       0        0.5        0.25                       2 ln 3 = 2.19722458
    #   0  1     - ln 3     0.25       0.1875                       ln 3 = 1.09861229
    #   1  0       ln 3     0.75       0.1875                     3 ln 3 = 3.29583687
    #   1  1       0        0.5        0.25                       2 ln 3 = 2.19722458
    #
    #   x1 x2   output       σ′ = output · (1 - output)   error = output - target   δ = error · σ′
    #   0  0     9/10         9/100   = 0.09                0.9                        0.081
    #   0  1     3/4          3/16    = 0.1875             -0.25                      -0.046875
    #   1  0    27/28        27/28²   = 0.03443878         -1/28 = -0.03571429        -0.00122996
    #   1  1     9/10         9/100   = 0.09                0.9                        0.081
    #
    # δ_hidden = δ · v · σ′ of the hidden unit, as in test_gradients.py:
    #
    #   0.08898760, -0.03862309, -0.00101343, 0.08898760
    #
    # What each row contributes to each gradient, δ_hidden or δ times what flows through the edge:
    #
    #   row    w1 = x1 · δ_h   w2 = x2 · δ_h    v = hidden · δ   b_h = δ_h     b_y = δ
    #   00      0               0                0.0405           0.08898760    0.081
    #   01      0              -0.03862309      -0.01171875      -0.03862309   -0.046875
    #   10     -0.00101343      0               -0.00092247      -0.00101343   -0.00122996
    #   11      0.08898760      0.08898760       0.0405           0.08898760    0.081
    #   sum     0.08797416      0.05036451       0.06835878       0.13833867    0.11389504
    #
    # The updates are these sums times -0.5.
    ln_3 = np.log(3)
    start = np.array([ln_3, -ln_3, 4 * ln_3, 0, 0])
    step = open_step(TrainConfig(hidden_size=1, learning_rate=0.5, biases=True), start, 0)
    by_hand: list[tuple[Array, Any]] = [
        (step.z_hidden, [[0], [-1.09861229], [1.09861229], [0]]),
        (step.hidden, [[0.5], [0.25], [0.75], [0.5]]),
        (step.derivative_hidden, [[0.25], [0.1875], [0.1875], [0.25]]),
        (step.z_output, [2.19722458, 1.09861229, 3.29583687, 2.19722458]),
        (step.output, [0.9, 0.75, 0.96428571, 0.9]),
        (step.derivative_output, [0.09, 0.1875, 0.03443878, 0.09]),
        (step.error, [0.9, -0.25, -0.03571429, 0.9]),
        (step.delta_output, [0.081, -0.046875, -0.00122996, 0.081]),
        (step.delta_hidden, [[0.08898760], [-0.03862309], [-0.00101343], [0.08898760]]),
        (
            step.row_gradients,
            [
                [0, 0, 0.0405, 0.08898760, 0.081],
                [0, -0.03862309, -0.01171875, -0.03862309, -0.046875],
                [-0.00101343, 0, -0.00092247, -0.00101343, -0.00122996],
                [0.08898760, 0.08898760, 0.0405, 0.08898760, 0.081],
            ],
        ),
        (step.gradients, [0.08797416, 0.05036451, 0.06835878, 0.13833867, 0.11389504]),
        (step.updates, [-0.04398708, -0.02518225, -0.03417939, -0.06916933, -0.05694752]),
        (step.new, [1.05462521, -1.12379454, 4.36026976, -0.06916933, -0.05694752]),
    ]
    for computed, expected in by_hand:
        assert computed.shape == np.shape(expected)
        np.testing.assert_allclose(computed, expected, rtol=0, atol=1e-8)
    # The chain of w1: ∂E/∂ŷ · ∂ŷ/∂z_ŷ · ∂z_ŷ/∂h1 · ∂h1/∂z_h1 · ∂z_h1/∂w.
    chain_by_hand = [
        [0.9, -0.25, -0.03571429, 0.9],
        [0.09, 0.1875, 0.03443878, 0.09],
        [4.39444915, 4.39444915, 4.39444915, 4.39444915],
        [0.25, 0.1875, 0.1875, 0.25],
        [0, 0, 1, 1],
    ]
    factors = [factor.values for factor in chain(step, "x1 → h1")]
    np.testing.assert_allclose(factors, chain_by_hand, rtol=0, atol=1e-8)


@given(config=CONFIGS, before=BEFORE)
def test_the_csv_has_every_number_of_the_step_to_the_last_bit(
    config: TrainConfig, before: int
) -> None:
    step = opened(config, before)
    differences = central_differences(config, step.old)
    expected: dict[tuple[str, str, str], Any] = {}
    for row, where in enumerate(ROW_NAMES):
        expected["target", "ŷ", where] = int(config.targets[row])
        expected["error", "ŷ", where] = step.error[row]
        for quantity, of_hidden, of_output in (
            ("z", step.z_hidden, step.z_output),
            ("activation", step.hidden, step.output),
            ("derivative", step.derivative_hidden, step.derivative_output),
            ("delta", step.delta_hidden, step.delta_output),
        ):
            expected[quantity, "ŷ", where] = of_output[row]
            for unit in range(config.hidden_size):
                expected[quantity, f"h{unit + 1}", where] = of_hidden[row, unit]
    for index, name in enumerate(parameter_names(config.hidden_size, config.biases)):
        expected["old", name, ""] = step.old[index]
        expected["gradient", name, "sum"] = step.gradients[index]
        expected["update", name, ""] = step.updates[index]
        expected["new", name, ""] = step.new[index]
        for row, where in enumerate(ROW_NAMES):
            expected["gradient", name, where] = step.row_gradients[row, index]
            expected["central difference", name, where] = differences[row, index]
    read = numbers(as_csv(step, differences))
    assert read.keys() == expected.keys()
    for key, value in read.items():
        assert value.hex() == float(expected[key]).hex()


def test_the_csv_of_a_diverged_step_has_its_infinities_and_nans() -> None:
    config = TrainConfig(biases=True)
    start = np.array([1, 2, 3, 4, np.inf, -np.inf, 0, 0, np.nan])
    step = open_step(config, start, 0)
    read = numbers(as_csv(step, central_differences(config, start)))
    assert read["old", "h1 → ŷ", ""] == math.inf
    assert read["old", "h2 → ŷ", ""] == -math.inf
    assert math.isnan(read["old", "1 → ŷ", ""])
    assert math.isnan(read["z", "ŷ", "00"])
    assert math.isnan(read["new", "x1 → h1", ""])


@pytest.mark.parametrize(
    "start",
    [
        [np.nan] * 6,
        [np.inf] * 6,
        [-np.inf] * 6,
        [1, 2, 3, 4, np.inf, -np.inf],
        [1, np.nan, 3, 4, 5, 6],
        [800, 800, 800, 800, 1e308, 1e308],
        [1e308, 1e308, 1e308, 1e308, 1, 1],
        [-1e308, 1, -1e308, 1, 1, 1],
        [0, 0, 0, 0, 1e10, -1e10],
    ],
    ids=repr,
)
def test_a_step_with_a_number_that_is_none_is_told_without_a_warning(start: list[float]) -> None:
    # Where the state itself is finite, a sum of two weights of 1e308 is not, or an update with
    # this learning rate.
    step = open_step(TrainConfig(learning_rate=1e308, targets="0111"), np.array(start), 0)
    every = [value for value in vars(step).values() if isinstance(value, np.ndarray)]
    assert len(every) == 14
    assert not all(np.isfinite(array).all() for array in every)
    assert not step.is_finite


@given(config=CONFIGS, before=BEFORE)
def test_a_step_of_numbers_is_finite(config: TrainConfig, before: int) -> None:
    assert opened(config, before).is_finite
