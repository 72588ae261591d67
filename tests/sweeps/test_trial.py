import numpy as np

from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.truth_table import right
from xorviz.sweeps.trial import CHUNK, Trial

SOLVED = {
    "x1 → h1": 10.0,
    "x1 → h2": -10.0,
    "x2 → h1": 10.0,
    "x2 → h2": -10.0,
    "h1 → ŷ": 10.0,
    "h2 → ŷ": 10.0,
    "1 → h1": -5.0,
    "1 → h2": 15.0,
    "1 → ŷ": -15.0,
}


def test_wrong_until_is_the_last_state_in_which_not_all_four_were_right() -> None:
    epochs = CHUNK + 20
    configs = [
        TrainConfig(seed, rate, targets="0111", biases=True)
        for rate in (0.5, 2.0)
        for seed in range(12)
    ]
    batch, wrong_until = Batch(configs), np.full(24, -1)
    for epoch in range(epochs):
        wrong_until[~right(batch.predict(), batch.targets).all(axis=0)] = epoch
        batch.run(1)
    trial = Trial(configs)
    trial.run(7)
    trial.run(epochs - 7)
    assert trial.batch.epoch == epochs
    assert trial.wrong_until.tolist() == wrong_until.tolist()
    assert -1 < wrong_until.min() < epochs - 1 == wrong_until.max()


def test_a_network_is_solved_from_the_state_after_its_last_wrong_one() -> None:
    trial = Trial([TrainConfig(42), TrainConfig(41)])
    trial.run(1000)
    assert trial.solved_at().tolist() == [871, -1]


def test_what_was_never_wrong_is_solved_from_the_start() -> None:
    edits = tuple(Edit(0, name, value) for name, value in SOLVED.items())
    trial = Trial([TrainConfig(biases=True, edits=edits)])
    trial.run(5)
    assert trial.wrong_until.tolist() == [-1]
    assert trial.solved_at().tolist() == [0]
