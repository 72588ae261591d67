"""The programs themselves: written in several styles, they train alike."""

from dataclasses import replace

import numpy as np
import pytest

from tests.support.notebook import notebook_run
from tests.support.programs import lists
from tests.support.programs.mistakes import OF_BIASES, PARTS
from tests.support.programs.protocol import Train, observed, states
from tests.support.programs.right import RIGHT
from tests.support.programs.styles import STYLES
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array, initial_parameters

A_RUN = TrainConfig(seed=7, learning_rate=0.5, hidden_size=2, epochs=25)
SAME_STEPS = {style: train for style, (train, way) in RIGHT.items() if not way}
OTHER_SIGN = {("letters", "activations-backwards")}
"""Where the error is ŷ − t, activations that are sent back push the other way."""


class NotebooksWeights:
    """Gives out the weights of a run in place of Python's own random numbers."""

    def __init__(self, seed: int) -> None:
        self.weights = iter(initial_parameters(seed, A_RUN.hidden_size, biases=False))

    def uniform(self, *_: float) -> float:
        return float(next(self.weights))


@pytest.fixture(autouse=True)
def _same_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "Random", NotebooksWeights)


@pytest.mark.parametrize("train", SAME_STEPS.values(), ids=SAME_STEPS)
def test_a_right_program_reaches_the_notebooks_weights(train: Train) -> None:
    _, hidden, output, _ = notebook_run(7, 0.5, 2, 500)
    end = states(train, replace(A_RUN, epochs=500))[-1]
    np.testing.assert_allclose(end, [*hidden.ravel(), *output.ravel()], rtol=0, atol=1e-12)


@pytest.mark.parametrize("mistake", PARTS)
def test_a_mistake_trains_alike_in_every_style(mistake: str) -> None:
    config = replace(A_RUN, biases=mistake in OF_BIASES)
    runs: list[Array] = [
        states(program.train, config, {mistake})
        for style, program in STYLES.items()
        if mistake in program.mistakes and (style, mistake) not in OTHER_SIGN
    ]
    assert len(runs) >= 4
    for run in runs[1:]:
        np.testing.assert_allclose(run, runs[0], rtol=1e-9, atol=1e-9)


def test_each_mistake_trains_differently_from_all_others_and_from_the_right_program() -> None:
    config = replace(A_RUN, epochs=3, biases=True)
    ends = [
        states(STYLES["classes"].train, config, wrong)[-1]
        for wrong in [frozenset(), *({mistake} for mistake in PARTS)]
    ]
    for index, end in enumerate(ends):
        assert all(np.abs(end - other).max() > 1e-6 for other in ends[:index])


def test_what_is_known_of_a_program_are_its_states_and_its_own_initial_weights(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    parameters = states(lists.train, A_RUN)
    known = observed(parameters, A_RUN, (5, 25), decimals=4)
    assert known.epochs.tolist() == [0, 5, 25]
    assert {edit.value for edit in known.config.edits} == set(parameters[0])
    np.testing.assert_array_equal(known.parameters[0], parameters[0])
    assert np.abs(known.parameters - parameters[known.epochs]).max() <= known.resolution
