import ast
import inspect

import numpy as np
import pytest
from hypothesis import example, given, settings

from tests.support.notebook import PRINTED_LOSSES, notebook_run
from tests.support.runs import runs, trained
from xorviz.core import loop, reference
from xorviz.core.catalogue import Change
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.loop import compiled
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.network import Layers
from xorviz.core.reference import array_entry, reference_run


def assert_same_bits(config: TrainConfig) -> None:
    recording, outcome = trained(config), reference_run(config)
    assert outcome.parameters.tobytes() == recording.final.flat.tobytes()
    assert outcome.predictions.tobytes() == recording.predictions[-2].tobytes()
    assert outcome.printed_losses == recording.printed_losses


@settings(max_examples=60)
@given(config=runs())
@example(
    TrainConfig(epochs=3, edits=(Edit(0, "x1 → h1", 2.5), Edit(3, "h2 → ŷ", -0.0))),
)
@example(
    TrainConfig(
        epochs=2, biases=True, edits=tuple(Edit(epoch, LEARNING_RATE, 2) for epoch in range(3))
    ),
)
def test_a_recorded_run_is_the_references_to_the_last_bit(config: TrainConfig) -> None:
    assert_same_bits(config)


@pytest.mark.parametrize(
    "config",
    [
        TrainConfig(),
        TrainConfig(7, 10, 16, 3000, biases=True, targets="1001"),
        TrainConfig(
            3, 2, 5, 2500, edits=(Edit(999, LEARNING_RATE, 8), Edit(2000, "x2 → h5", -40.0))
        ),
    ],
)
def test_so_are_the_printed_losses_of_a_long_run(config: TrainConfig) -> None:
    assert_same_bits(config)
    assert trained(config).printed_losses


def test_without_anything_more_the_reference_is_the_notebook() -> None:
    printed, weights_hidden, weights_output, predictions = notebook_run(42, 0.5, 2, 10_000)
    outcome = reference_run(TrainConfig())
    assert outcome.printed_losses == printed
    assert dict(printed) == pytest.approx(PRINTED_LOSSES, rel=0, abs=1e-9)
    assert outcome.parameters.tobytes() == weights_hidden.tobytes() + weights_output.tobytes()
    assert outcome.predictions.tobytes() == predictions.tobytes()


def test_what_is_set_by_hand_is_there_by_hand() -> None:
    # Two updates of a network with one unit, the second with another rate and weight.
    edits = (Edit(1, LEARNING_RATE, 3.0), Edit(1, "h1 → ŷ", 2.0), Edit(2, "x2 → h1", 5.0))
    start = reference_run(TrainConfig(hidden_size=1, epochs=1)).parameters
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    hidden = 1 / (1 + np.exp(-rows @ start[:2]))
    output = 1 / (1 + np.exp(-hidden * 2.0))
    delta = (np.array([0, 1, 1, 0]) - output) * output * (1 - output)
    expected = [
        start[0] + 3.0 * (rows[:, 0] @ (delta * 2.0 * hidden * (1 - hidden))),
        5.0,
        2.0 + 3.0 * (hidden @ delta),
    ]
    outcome = reference_run(TrainConfig(hidden_size=1, epochs=2, edits=edits))
    np.testing.assert_allclose(outcome.parameters, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(outcome.predictions[:, 0], output, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("hidden_size", "biases"), [(1, False), (3, False), (16, True)])
def test_every_weight_has_its_entry_in_the_notebooks_arrays(hidden_size: int, biases: bool) -> None:
    names = parameter_names(hidden_size, biases)
    layers = Layers(np.arange(float(len(names))), hidden_size)
    arrays = {
        "weights_input_hidden": layers.weights_hidden,
        "weights_hidden_output": layers.weights_output,
        "biases_hidden": layers.biases_hidden,
        "biases_output": layers.biases_output,
    }
    found = [arrays[array][index] for array, index in map(array_entry, names)]
    assert found == list(range(len(names)))


@pytest.mark.parametrize(
    ("config", "overflows"),
    [
        (TrainConfig(epochs=50), False),
        (TrainConfig(epochs=50, learning_rate=1e6), True),
        (TrainConfig(epochs=5, edits=(Edit(2, "x1 → h1", -1000),)), True),
        (TrainConfig(epochs=5, edits=(Edit(5, "x1 → h1", -1000),)), False),
    ],
)
def test_an_overflow_is_told_and_not_warned_of(config: TrainConfig, overflows: bool) -> None:
    assert reference_run(config).overflows is overflows


def test_the_reference_leaves_numpys_global_random_numbers_alone() -> None:
    before = np.random.get_state(legacy=False)
    reference_run(TrainConfig(seed=3, epochs=20))
    after = np.random.get_state(legacy=False)
    np.testing.assert_array_equal(before["state"]["key"], after["state"]["key"])


def test_the_reference_takes_no_arithmetic_from_what_it_checks() -> None:
    tree = ast.parse(inspect.getsource(reference))
    imported = {
        (node.module, name.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("xorviz")
        for name in node.names
    }
    modules = {module for module, _ in imported}
    assert modules == {f"xorviz.core.{name}" for name in ("config", "edit", "loop", "names")}
    assert {name for module, name in imported if module == "xorviz.core.loop"} == {
        "KEPT",
        "change_of",
        "compiled",
    }
    update = compiled(Change(), biases=True)
    used = {update.__globals__.get(name) for name in update.__code__.co_names}
    assert used == {np, loop.sigmoid, loop.sigmoid_derivative, None}
