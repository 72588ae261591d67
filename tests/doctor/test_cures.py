"""Cures of real runs that are not solved: each one offered is trained here once more."""

from dataclasses import replace
from functools import cache

import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.verdict import judge
from xorviz.doctor.cures import MAX_UNITS, RATES, SEEDS, Cure, Search
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.doctor.findings import TooSlow
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
    "fork": TrainConfig(epochs=900, edits=(Edit(500, "η", 10.0),)),
    "edited, and hopeless": TrainConfig(seed=41, epochs=700, edits=(Edit(0, "x1 → h1", -3.0),)),
    "rate out of bounds": TrainConfig(learning_rate=20.0, epochs=200),
}
UNTIL = 10_000
"""A run here that more epochs solve is solved by then."""
every_run = pytest.mark.parametrize("run", UNSOLVED)


@cache
def diagnosed(run: str) -> Diagnosis:
    return diagnose(trained(UNSOLVED[run]), UNTIL)


@cache
def cured(run: str) -> tuple[Cure, ...]:
    return tuple(Search(UNSOLVED[run]).cures(diagnosed(run)))


def first_cure(config: TrainConfig, until: int = UNTIL) -> Cure:
    diagnosis = diagnose(trained(config), until)
    with Search(config) as search:
        return next(search.cures(diagnosis))


def changed(before: TrainConfig, after: TrainConfig) -> set[str]:
    """The settings that differ, apart from edits."""
    return {name for name in vars(before) if getattr(before, name) != getattr(after, name)} - {
        "edits"
    }


def changes(run: str) -> list[set[str]]:
    return [changed(UNSOLVED[run], cure.config) for cure in cured(run)]


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
def test_a_cure_changes_few_settings_and_drops_edits_unless_it_is_more_epochs(run: str) -> None:
    kinds = [
        {"epochs"},
        {"learning_rate", "epochs"},
        {"learning_rate"},
        {"seed"},
        {"biases"},
        {"hidden_size"},
        set(),
    ]
    for cure, names in zip(cured(run), changes(run), strict=True):
        assert names in kinds
        assert cure.config.edits == (UNSOLVED[run].edits if names == {"epochs"} else ())
        if "biases" in names:
            assert cure.config.biases
        if "hidden_size" in names:
            assert cure.config.hidden_size == UNSOLVED[run].hidden_size + 1


@every_run
def test_a_cure_can_be_opened_on_the_page(run: str) -> None:
    for cure in cured(run):
        config = cure.config
        if config.learning_rate != UNSOLVED[run].learning_rate:
            limits("learning_rate").check(config.learning_rate)
        assert config.seed in (*SEEDS, UNSOLVED[run].seed)
        assert config.hidden_size <= MAX_UNITS
        limits("epochs").check(config.epochs)


@pytest.mark.parametrize("run", ["one unit", "one unit, biases"])
def test_one_unit_is_cured_by_another_alone_as_no_rate_nor_seed_can(run: str) -> None:
    assert changes(run) == [{"hidden_size"}]


def test_one_unit_that_has_to_be_and_needs_biases() -> None:
    assert changes("one unit, AND") == [{"biases"}]


def test_a_seed_that_never_learns_is_cured_by_another_biases_or_a_unit() -> None:
    assert changes("seed 41") == [{"seed"}, {"biases"}, {"hidden_size"}]


def test_too_large_a_rate_is_cured_by_small_steps_and_by_the_nearest_rate_that_helps() -> None:
    config, (small, other, *_) = UNSOLVED["rate 10"], cured("rate 10")
    assert small.config == replace(config, learning_rate=0.25, epochs=small.config.epochs)
    assert other.config == replace(config, learning_rate=other.config.learning_rate)
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
    assert first.config == replace(UNSOLVED[run], epochs=first.solved_at)
    assert diagnosed(run).verdict == TooSlow(UNSOLVED[run].epochs, first.solved_at)


@pytest.mark.parametrize(
    ("config", "epochs"),
    [
        (TrainConfig(284, 0.11, 2, 100, targets="1001"), 5322),
        (TrainConfig(learning_rate=0.01), 43_429),
    ],
    ids=repr,
)
def test_a_slow_run_is_offered_its_epochs_however_many_the_page_has(
    config: TrainConfig, epochs: int
) -> None:
    assert first_cure(config, MOST_EPOCHS) == Cure(replace(config, epochs=epochs), epochs)


def test_fewer_epochs_than_the_page_has_are_offered_as_its_fewest() -> None:
    config = TrainConfig(2, 5.0, 4, 10, True, "0001")
    first = first_cure(config)
    assert first.solved_at < 100
    assert first == Cure(replace(config, epochs=100), first.solved_at)
    assert judge(trained(first.config)).epoch == first.solved_at


@pytest.mark.parametrize("run", ["edited late", "fork"])
def test_a_run_spoilt_on_the_way_is_cured_by_going_back_or_by_more_epochs_alone(run: str) -> None:
    *longer, back = cured(run)
    assert back.config == replace(UNSOLVED[run], edits=())
    assert all(changed(UNSOLVED[run], cure.config) == {"epochs"} for cure in longer)


def test_going_back_is_not_offered_where_the_run_as_trained_is_no_better() -> None:
    assert judge(trained(replace(UNSOLVED["edited, and hopeless"], edits=()))).kind != "solved"
    assert set() not in changes("edited, and hopeless")


@pytest.mark.parametrize(
    "config", [TrainConfig(epochs=1000), TrainConfig(hidden_size=1, targets="1111", epochs=500)]
)
def test_a_solved_run_needs_no_cure(config: TrainConfig) -> None:
    recording = trained(config)
    assert judge(recording).kind == "solved"
    with Search(config) as search:
        assert not list(search.cures(diagnose(recording)))


@pytest.mark.parametrize(("epochs", "biases"), [(1, False), (100, True)])
def test_one_unit_with_too_few_epochs_for_two_is_cured_by_training_as_the_notebook_does(
    epochs: int, biases: bool
) -> None:
    config = TrainConfig(hidden_size=1, biases=biases, epochs=epochs)
    (cure,) = Search(config).cures(diagnose(trained(config), UNTIL))
    assert cure.config == TrainConfig(seed=0, biases=biases)
    assert judge(trained(cure.config)).epoch == cure.solved_at


def test_a_run_that_nothing_cures_has_a_list_of_all_that_was_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xorviz.doctor.cures._several_settings", lambda *_: iter(()))
    config = TrainConfig(hidden_size=1, epochs=100)
    search, diagnosis = Search(config), diagnose(trained(config), UNTIL)
    assert not list(search.cures(diagnosis))
    biases, larger = search.tried(diagnosis)
    assert biases == [replace(config, biases=True)]
    assert larger == [replace(config, hidden_size=2)]


@pytest.mark.parametrize("epochs", [700, 10_000])
def test_all_that_was_tried_is_listed_once(epochs: int) -> None:
    config = TrainConfig(hidden_size=3, epochs=epochs, edits=(Edit(1, "h1 → ŷ", 0.0),))
    plain = replace(config, edits=())
    with Search(config) as search:
        tried = search.tried(diagnosed("seed 41"))
    larger, usual = replace(plain, hidden_size=4, biases=True), replace(plain, epochs=10_000)
    seeds = [seed for seed in SEEDS if seed != config.seed]
    expected = [
        [replace(config, epochs=UNTIL)],
        [plain],
        [replace(plain, learning_rate=rate) for rate in (0.25, 1.0, 2.0, 0.1, 0.05, 5.0)],
        [replace(plain, seed=seed) for seed in seeds],
        [replace(plain, biases=True)],
        [replace(plain, hidden_size=4)],
        *([replace(run, seed=seed) for seed in seeds] for run in (larger, usual)),
    ]
    assert tried == [runs for number, runs in enumerate(expected) if runs not in expected[:number]]


def test_the_largest_network_with_biases_is_not_trained_twice_with_other_seeds() -> None:
    config = TrainConfig(hidden_size=MAX_UNITS, biases=True, epochs=100)
    with Search(config) as search:
        tried = search.tried(diagnosed("seed 41"))
    listed = [run for runs in tried for run in runs]
    assert len(set(listed)) == len(listed)


def test_where_no_single_change_helps_more_units_biases_and_a_seed_are_tried_together() -> None:
    config = TrainConfig(hidden_size=1, targets="0001", epochs=160)
    cure, _ = Search(config).cures(diagnose(trained(config), UNTIL))
    assert changed(config, cure.config) == {"hidden_size", "biases", "seed"}
    assert (cure.config.hidden_size, cure.config.biases) == (2, True)
    assert judge(trained(cure.config)).epoch == cure.solved_at


def test_the_largest_network_is_not_made_larger() -> None:
    config = TrainConfig(hidden_size=MAX_UNITS, learning_rate=0.01, epochs=100)
    for cure in Search(config).cures(diagnose(trained(config), UNTIL)):
        assert cure.config.hidden_size == MAX_UNITS
