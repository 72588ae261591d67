from dataclasses import replace

import numpy as np
import pytest

from tests.support.runs import OVERFLOWING, start_far_out
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import Recording, record
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import GATES, target_column
from xorviz.core.verdict import KINDS, Verdict, classify, judge


def with_predictions(rows: list[list[float]], targets: str = "0110") -> Recording:
    """A recording of just these predictions, one row a state."""
    recording = record(TrainConfig(epochs=len(rows) - 1, targets=targets))
    return replace(recording, predictions=np.array(rows))


def right_by_state(config: TrainConfig) -> list[int]:
    """Right predictions of every state, counted one at a time from a run of its own."""
    trainer = Trainer(config)
    counts = []
    for _ in range(config.epochs + 1):
        predictions = trainer.predict().ravel().tolist()
        counts.append(
            sum(
                prediction > 0.5 if target == "1" else prediction < 0.5
                for prediction, target in zip(predictions, config.targets, strict=True)
            )
        )
        trainer.run(1)
    return counts


@pytest.mark.parametrize(
    "config",
    [
        TrainConfig(epochs=3000),
        TrainConfig(seed=1, epochs=3000, biases=True, hidden_size=4, learning_rate=2.0),
        TrainConfig(epochs=2000, targets="0111", biases=True),
        TrainConfig(epochs=2000, targets="0001", biases=True),
    ],
    ids=repr,
)
def test_a_solved_run_tells_the_first_epoch_from_which_all_four_stay_right(
    config: TrainConfig,
) -> None:
    counts = right_by_state(config)
    first = next(k for k in range(len(counts)) if all(count == 4 for count in counts[k:]))
    assert first > 0
    assert judge(record(config)) == Verdict("solved", 4, first)


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        (TrainConfig(epochs=200), "plateau"),
        (TrainConfig(seed=967, learning_rate=20.0, epochs=1000), "3 of 4"),
        (TrainConfig(hidden_size=1, epochs=2000), "impossible"),
        (TrainConfig(learning_rate=1e-6, epochs=100, biases=True), "plateau"),
        (TrainConfig(learning_rate=1e6, epochs=100), "2 of 4"),
    ],
    ids=repr,
)
def test_a_run_that_is_not_solved_tells_how_many_are_right(config: TrainConfig, kind: str) -> None:
    correct = right_by_state(config)[-1]
    assert correct < 4
    assert judge(record(config)) == Verdict(kind, correct, None)


def test_the_default_run_is_solved() -> None:
    verdict = judge(record(TrainConfig()))
    assert str(verdict) == f"Solved: all four predictions are right from epoch {verdict.epoch} on."


def test_what_is_right_at_once_is_solved_from_epoch_0() -> None:
    rows = [[0.1, 0.9, 0.9, 0.1]] * 3
    assert judge(with_predictions(rows)) == Verdict("solved", 4, 0)


def test_solved_counts_from_the_last_relapse() -> None:
    good, bad = [0.1, 0.9, 0.9, 0.1], [0.1, 0.9, 0.4, 0.1]
    assert judge(with_predictions([bad, good, bad, good, good])) == Verdict("solved", 4, 3)
    assert judge(with_predictions([good, good, bad])) == Verdict("3 of 4", 3, None)


@pytest.mark.parametrize(("targets", "undecided"), [("0110", 0), ("0110", 1), ("1001", 3)])
def test_a_prediction_of_exactly_one_half_is_wrong(targets: str, undecided: int) -> None:
    row = [0.9 if target == "1" else 0.1 for target in targets]
    row[undecided] = 0.5
    recording = with_predictions([row, row], targets)
    assert judge(recording) == Verdict("3 of 4", 3, None)
    assert recording.right[-1].tolist() == [index != undecided for index in range(4)]


def test_the_least_bit_off_one_half_decides() -> None:
    above, below = np.nextafter(0.5, 1), np.nextafter(0.5, 0)
    rows = [[below, above, above, below]] * 2
    assert judge(with_predictions(rows)).kind == "solved"


def test_a_run_that_overflows_diverged_at_its_first_number_that_is_not_finite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start_far_out(monkeypatch)
    recording = record(OVERFLOWING)

    def finite(array: Array) -> bool:
        return bool(np.isfinite(array).all())

    assert finite(recording.predictions[0])
    assert finite(recording.parameters[0])
    assert not finite(recording.parameters[1])
    assert judge(recording) == Verdict("diverged", 0, 1)


@pytest.mark.parametrize("epoch", [0, 3, 5])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_diverged_tells_the_epoch_of_the_first_odd_prediction(epoch: int, value: float) -> None:
    rows = [[0.1, 0.9, 0.9, 0.1] for _ in range(6)]
    rows[epoch][2] = value
    verdict = judge(with_predictions(rows))
    assert (verdict.kind, verdict.epoch) == ("diverged", epoch)


def test_a_final_weight_that_is_not_finite_is_diverged_too() -> None:
    recording = record(TrainConfig(epochs=5))
    parameters = recording.parameters.copy()
    parameters[-1, 0] = np.inf
    verdict = judge(replace(recording, parameters=parameters))
    assert (verdict.kind, verdict.epoch) == ("diverged", 5)


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (Verdict("solved", 4, 1234), "Solved: all four predictions are right from epoch 1,234 on."),
        (Verdict("3 of 4", 3, None), "Not solved. At the end 3 of 4 predictions are right."),
        (Verdict("0 of 4", 0, None), "Not solved. At the end 0 of 4 predictions are right."),
        (
            Verdict("plateau", 2, None),
            "Not solved. At the end 2 of 4 predictions are right, and all four are close to 0.5.",
        ),
        (
            Verdict("impossible", 2, None),
            "Not solved. At the end 2 of 4 predictions are right; "
            "with one hidden unit no weights solve this truth table.",
        ),
        (Verdict("diverged", 0, 212), "Diverged at epoch 212: the learning rate is too large."),
    ],
)
def test_a_verdict_reads_as_one_sentence(verdict: Verdict, sentence: str) -> None:
    assert str(verdict) == sentence


def kinds(*predictions: list[float], finite: bool = True, possible: bool = True) -> list[str]:
    """Classify final predictions, one row a network, against XOR."""
    columns = np.array(predictions).T
    found = classify(
        columns, target_column(GATES["XOR"]), np.full(len(predictions), finite), possible
    )
    return [KINDS[kind] for kind in found]


def test_networks_are_told_apart_by_how_many_are_right() -> None:
    assert kinds(
        [0.1, 0.9, 0.9, 0.1],
        [0.1, 0.9, 0.9, 0.9],
        [0.1, 0.9, 0.1, 0.9],
        [0.1, 0.1, 0.1, 0.9],
        [0.9, 0.1, 0.1, 0.9],
    ) == ["solved", "3 of 4", "2 of 4", "1 of 4", "0 of 4"]


def test_a_plateau_is_all_four_near_one_half_unless_they_are_right() -> None:
    assert kinds([0.41, 0.59, 0.45, 0.5]) == ["plateau"]
    assert kinds([0.39, 0.59, 0.45, 0.5]) == ["2 of 4"]
    assert kinds([0.41, 0.59, 0.59, 0.45]) == ["solved"]


def test_impossible_is_an_unsolved_network_whatever_its_predictions() -> None:
    plateau, solved, far = [0.5] * 4, [0.1, 0.9, 0.9, 0.1], [0.9, 0.1, 0.1, 0.9]
    assert kinds(plateau, far, possible=False) == ["impossible"] * 2
    assert kinds(solved, possible=False) == ["solved"]


@pytest.mark.parametrize("possible", [False, True])
def test_diverged_goes_before_every_other_kind(possible: bool) -> None:
    solved, broken = [0.1, 0.9, 0.9, 0.1], [0.1, 0.9, np.nan, 0.1]
    assert kinds(solved, [0.5] * 4, finite=False, possible=possible) == ["diverged"] * 2
    assert kinds(broken, [np.nan] * 4, possible=possible) == ["diverged"] * 2


def test_each_network_is_judged_by_its_own_parameters() -> None:
    predictions = np.array([[0.1, 0.9, 0.9, 0.1]] * 3).T
    found = classify(
        predictions, target_column(GATES["XOR"]), np.array([True, False, True]), possible=True
    )
    assert [KINDS[kind] for kind in found] == ["solved", "diverged", "solved"]
