"""Cures of real runs that are not solved: each one offered is trained here once more."""

import re
from dataclasses import replace
from functools import cache

import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.verdict import judge
from xorviz.doctor.cures import MAX_UNITS, RATES, SEEDS, Cure, Search
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.doctor.look import MOST_EPOCHS
from xorviz.settings.link import limits

UNSOLVED = {
    "one unit": TrainConfig(hidden_size=1, epochs=900),
    "one unit, biases": TrainConfig(hidden_size=1, biases=True, epochs=900),
    "one unit, AND": TrainConfig(hidden_size=1, targets="0001", epochs=900),
    "rate 10": TrainConfig(498, 10, epochs=1500, biases=True),
    "seed 41": TrainConfig(seed=41, epochs=3000),
    "few epochs": TrainConfig(epochs=600),
    "very few epochs": TrainConfig(epochs=100, hidden_size=16, biases=True),
    "edited late": TrainConfig(epochs=1000, edits=(Edit(990, "h2 → ŷ", 0.0),)),
    "fork": TrainConfig(epochs=900, edits=(Edit(500, "η", 100.0),)),
    "edited, and hopeless": TrainConfig(seed=41, epochs=700, edits=(Edit(0, "x1 → h1", -3.0),)),
    "rate out of bounds": TrainConfig(learning_rate=1e308, epochs=700),
}
AS_IT_WAS = "the run as it was before it was changed on the way"
WITHOUT = ", without the changes on the way"
every_run = pytest.mark.parametrize("run", UNSOLVED)


@cache
def diagnosed(run: str) -> Diagnosis:
    return diagnose(trained(UNSOLVED[run]))


@cache
def cured(run: str) -> tuple[Cure, ...]:
    return tuple(Search(UNSOLVED[run]).cures(diagnosed(run)))


def changes(run: str) -> list[str]:
    return [cure.change for cure in cured(run)]


def differences(run: str, cure: Cure) -> set[str]:
    """What a cure's settings have otherwise, apart from edits left out."""
    before, after = vars(UNSOLVED[run]), vars(cure.config)
    return {name for name in before if before[name] != after[name]} - {"edits"}


@every_run
def test_each_cure_solves_the_table_when_it_is_trained_alone(run: str) -> None:
    assert cured(run)
    for cure in cured(run):
        verdict = judge(trained(cure.config))
        assert (verdict.kind, verdict.epoch) == ("solved", cure.solved_at)


@every_run
def test_the_diagnosed_run_is_not_solved_and_no_cure_of_itself(run: str) -> None:
    assert judge(trained(UNSOLVED[run])).kind != "solved"
    offered = [cure.config for cure in cured(run)]
    assert len(set(offered)) == len(offered)
    assert UNSOLVED[run] not in offered


@every_run
def test_a_cure_changes_what_it_says_and_nothing_else(run: str) -> None:
    for cure in cured(run):
        config = cure.config
        said = {
            f"{config.epochs:,} epochs": {"epochs"},
            f"learning rate {config.learning_rate:.10g} and {config.epochs:,} epochs": {
                "learning_rate",
                "epochs",
            },
            f"learning rate {config.learning_rate:g}": {"learning_rate"},
            f"seed {config.seed}": {"seed"},
            "biases": {"biases"},
            f"{config.hidden_size} hidden units": {"hidden_size"},
            AS_IT_WAS: set(),
        }
        assert differences(run, cure) == said[cure.change.removesuffix(WITHOUT)]
        changed = bool(UNSOLVED[run].edits) and config.edits == ()
        as_it_was = cure.change == AS_IT_WAS
        assert cure.change.endswith(WITHOUT) == (changed and not as_it_was)
        assert config.edits == (UNSOLVED[run].edits if "epochs" in cure.change else ())


@every_run
def test_a_cure_can_be_opened_on_the_page(run: str) -> None:
    for cure in cured(run):
        config = cure.config
        if config.learning_rate != UNSOLVED[run].learning_rate:
            limits("learning_rate").check(config.learning_rate)
        assert config.seed in (*SEEDS, UNSOLVED[run].seed)
        assert config.hidden_size <= MAX_UNITS
        assert config.epochs <= MOST_EPOCHS


@pytest.mark.parametrize("run", ["one unit", "one unit, biases"])
def test_one_unit_is_cured_by_another_alone_as_no_rate_nor_seed_can(run: str) -> None:
    assert changes(run) == ["2 hidden units"]


def test_one_unit_that_has_to_be_and_needs_biases() -> None:
    assert changes("one unit, AND") == ["biases"]


def test_a_seed_that_never_learns_is_cured_by_another_biases_or_a_unit() -> None:
    assert [re.sub(r"\d+", "N", change) for change in changes("seed 41")] == [
        "seed N",
        "biases",
        "N hidden units",
    ]


def test_too_large_a_rate_is_cured_by_small_steps_and_by_the_nearest_rate_that_helps() -> None:
    config, (small, other, *_) = UNSOLVED["rate 10"], cured("rate 10")
    assert small.change == f"learning rate 0.25 and {small.config.epochs:,} epochs"
    assert other.change == f"learning rate {other.config.learning_rate:g}"
    assert other.config.learning_rate < 10
    nearer = [rate for rate in RATES if rate > other.config.learning_rate]
    assert nearer
    for rate in nearer:
        assert judge(trained(replace(config, learning_rate=rate))).kind != "solved"


@pytest.mark.parametrize("run", ["few epochs", "very few epochs", "edited late"])
def test_a_run_that_was_cut_short_is_cured_first_by_the_epochs_that_the_diagnosis_found(
    run: str,
) -> None:
    first, *_ = cured(run)
    assert first.config == replace(UNSOLVED[run], epochs=first.config.epochs)
    assert first.change == f"{first.solved_at:,} epochs"
    finding = diagnosed(run).verdict
    assert finding.kind == "too slow"
    assert f"right from epoch {first.solved_at:,} on" in finding.text


@pytest.mark.parametrize(
    ("config", "epochs"),
    [
        (TrainConfig(learning_rate=0.1, epochs=100), 4345),
        (TrainConfig(284, 0.11, 2, 100, targets="1001"), 5322),
        (TrainConfig(learning_rate=0.01), 43_429),
    ],
    ids=repr,
)
def test_a_slow_run_is_offered_its_epochs_however_many_the_page_has(
    config: TrainConfig, epochs: int
) -> None:
    first = next(Search(config).cures(diagnose(trained(config))))
    assert first == Cure(f"{epochs:,} epochs", replace(config, epochs=epochs), epochs)


def test_fewer_epochs_than_the_page_has_are_offered_as_its_fewest() -> None:
    config = TrainConfig(2, 5.0, 4, 10, True, "0001")
    first = next(Search(config).cures(diagnose(trained(config))))
    assert first.solved_at < 100
    assert first == Cure("100 epochs", replace(config, epochs=100), first.solved_at)
    assert judge(trained(first.config)).epoch == first.solved_at


@pytest.mark.parametrize("run", ["edited late", "fork"])
def test_a_run_spoilt_on_the_way_is_cured_by_going_back_or_by_more_epochs_alone(run: str) -> None:
    *longer, back = cured(run)
    assert back.config == replace(UNSOLVED[run], edits=())
    assert all(cure.change.endswith(" epochs") for cure in longer)


def test_going_back_is_not_offered_where_the_run_as_trained_is_no_better() -> None:
    assert judge(trained(replace(UNSOLVED["edited, and hopeless"], edits=()))).kind != "solved"
    assert not [change for change in changes("edited, and hopeless") if "before" in change]


@pytest.mark.parametrize(
    "config", [TrainConfig(epochs=1000), TrainConfig(hidden_size=1, targets="1111", epochs=500)]
)
def test_a_solved_run_needs_no_cure(config: TrainConfig) -> None:
    recording = trained(config)
    assert judge(recording).kind == "solved"
    assert not list(Search(config).cures(diagnose(recording)))


@pytest.mark.parametrize("epochs", [1, 100])
@pytest.mark.parametrize("biases", [False, True])
def test_one_unit_with_too_few_epochs_for_two_is_cured_by_training_as_the_notebook_does(
    epochs: int, biases: bool
) -> None:
    config = TrainConfig(hidden_size=1, biases=biases, epochs=epochs)
    (cure,) = Search(config).cures(diagnose(trained(config)))
    assert cure.change == "learning rate 0.5, 10,000 epochs, 2 hidden units and seed 0"
    assert cure.config == TrainConfig(seed=0, biases=biases)
    assert judge(trained(cure.config)).epoch == cure.solved_at


def test_a_run_that_nothing_cures_has_a_list_of_all_that_was_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xorviz.doctor.cures._several_settings", lambda *_: iter(()))
    config = TrainConfig(hidden_size=1, epochs=100)
    search, diagnosis = Search(config), diagnose(trained(config))
    assert not list(search.cures(diagnosis))
    assert search.tried(diagnosis) == ["biases", "2 hidden units"]


def test_all_that_was_tried_is_listed() -> None:
    config = TrainConfig(hidden_size=3, edits=(Edit(1, "h1 → ŷ", 0.0),))
    assert Search(config).tried(diagnosed("seed 41")) == [
        "50,000 epochs",
        AS_IT_WAS,
        "the rates 0.25, 1, 2, 0.1, 0.05, 5",
        "the seeds 0 to 49",
        "biases",
        "4 hidden units",
        "4 hidden units, biases and the seeds 0 to 49",
        "learning rate 0.5, 10,000 epochs, 3 hidden units and the seeds 0 to 49",
    ]


def test_where_no_single_change_helps_more_units_biases_and_a_seed_are_tried_together() -> None:
    config = TrainConfig(hidden_size=1, targets="0001", epochs=160)
    cure, _ = Search(config).cures(diagnose(trained(config)))
    assert re.fullmatch(r"2 hidden units, biases and seed \d+", cure.change)
    assert (cure.config.hidden_size, cure.config.biases) == (2, True)
    assert judge(trained(cure.config)).epoch == cure.solved_at


def test_the_largest_network_is_not_made_larger() -> None:
    config = TrainConfig(hidden_size=MAX_UNITS, learning_rate=0.01, epochs=100)
    for cure in Search(config).cures(diagnose(trained(config))):
        assert cure.config.hidden_size == MAX_UNITS
