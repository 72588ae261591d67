import csv
import io
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.core.config import TrainConfig
from xorviz.core.verdict import KINDS
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.sweeps.table import COLUMNS, Share, as_csv, share, summary

CONFIG = SweepConfig(TrainConfig(epochs=600), range(5), (0.1, 2.0), (1, 2))
SOLVED = KINDS.index("solved")


@pytest.fixture(scope="module")
def results() -> Results:
    found = Results(CONFIG)
    for _ in sweep(found):
        pass
    return found


def some_trained(*indices: int) -> Results:
    """Results of which just those networks are trained, and solved."""
    results = Results(CONFIG)
    for index in indices:
        results.mean_abs_error[index] = results.half_squared_error[index] = 0.25
        results.correct[index], results.solved_at[index] = 4, 7
        results.verdict[index] = SOLVED
    return results


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def networks(text: str) -> list[tuple[int, float, int]]:
    return [
        (int(row["hidden_size"]), float(row["learning_rate"]), int(row["seed"]))
        for row in rows(text)
    ]


@pytest.mark.parametrize(
    ("solved", "total", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (8, 10, 0.4902, 0.9433),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(solved: int, total: int, low: float, high: float) -> None:
    # The last four are in Newcombe, Statistics in Medicine 17 (1998), table I.
    assert Share(solved, total).interval == pytest.approx((low, high), abs=5.1e-5)


@given(st.integers(1, 10_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_within_0_and_1(counts: tuple[int, int]) -> None:
    found = Share(*counts)
    low, high = found.interval
    assert 0 <= low <= found.value <= high <= 1
    assert low < high


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bounds_are_the_shares_from_which_it_is_1_96_deviations_off(
    counts: tuple[int, int],
) -> None:
    solved, total = counts
    for bound in Share(solved, total).interval:
        deviation = math.sqrt(bound * (1 - bound) / total)
        if 0 < bound < 1:
            off = abs(solved / total - bound) / deviation
            assert off == pytest.approx(1.959963984540054, rel=1e-6)


@given(
    st.integers(1, 1000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(2, 100),
)
def test_more_networks_make_it_narrower(counts: tuple[int, int], times: int) -> None:
    solved, total = counts
    few, many = Share(solved, total), Share(times * solved, times * total)
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


def test_a_share_reads_as_a_sentence() -> None:
    many, none = Share(395, 1000), Share(0, 0)
    assert str(many) == "395 of 1,000 solved (39.5%)"
    assert many.of_seeds == "395 of 1,000 solved (39.5%; 95 % interval 36.5% to 42.6%)"
    assert (str(none), none.of_seeds) == ("none trained", "none trained")


def test_the_share_of_none_is_unknown() -> None:
    assert math.isnan(Share(0, 0).value)
    assert Share(0, 0).interval == (0, 1)


def test_networks_that_are_not_trained_do_not_count() -> None:
    results = some_trained(0, 1, 2)
    results.verdict[1] = KINDS.index("plateau")
    assert share(results, slice(0, 5)) == Share(2, 3)
    assert share(results, slice(5, 10)) == Share(0, 0)


def test_the_summary_has_a_line_a_setting(results: Results) -> None:
    lines = list(summary(results))
    assert [line.split(":")[0] for line in lines] == [
        "hidden size 1, learning rate 0.1",
        "hidden size 1, learning rate 2",
        "hidden size 2, learning rate 0.1",
        "hidden size 2, learning rate 2",
    ]
    solved = (results.verdict == SOLVED).reshape(4, 5).sum(axis=1)
    assert [line.split(": ")[1].split(" (")[0] for line in lines] == [
        f"{count} of 5 solved" for count in solved
    ]
    assert solved[0] == 0 < solved[3]


def test_the_csv_has_these_columns(results: Results) -> None:
    assert as_csv(results).split("\n")[0] == (
        "seed,learning_rate,hidden_size,epochs,mean_abs_error,half_squared_error,"
        "correct,solved_at,verdict"
    )


def test_the_csv_has_a_row_a_network_and_reads_back_to_the_last_bit(results: Results) -> None:
    text = as_csv(results)
    assert text.count("\n") == 1 + CONFIG.count
    assert "\r" not in text
    for index, row in enumerate(rows(text)):
        assert list(row) == list(COLUMNS)
        size, rate, seed = CONFIG.setting(index)
        assert (int(row["seed"]), float(row["learning_rate"])) == (seed, rate)
        assert (int(row["hidden_size"]), int(row["epochs"])) == (size, 600)
        assert float(row["mean_abs_error"]) == results.mean_abs_error[index]
        assert float(row["half_squared_error"]) == results.half_squared_error[index]
        assert int(row["correct"]) == results.correct[index]
        assert int(row["solved_at"] or -1) == results.solved_at[index]
        assert row["verdict"] == KINDS[results.verdict[index]]


def test_solved_at_is_empty_where_a_network_did_not_solve_the_table(results: Results) -> None:
    for row in rows(as_csv(results)):
        assert (row["solved_at"] == "") == (row["verdict"] != "solved")


@pytest.mark.parametrize("trained", [(), (0,), (3, 4, 11), (19,), tuple(range(20))])
def test_the_csv_of_a_stopped_sweep_has_just_what_is_done(trained: tuple[int, ...]) -> None:
    text = as_csv(some_trained(*trained))
    assert networks(text) == [CONFIG.setting(index) for index in trained]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_loss_that_is_not_finite_reads_back_too(value: Any) -> None:
    results = some_trained(0)
    results.mean_abs_error[0] = value
    (row,) = rows(as_csv(results))
    np.testing.assert_equal(float(row["mean_abs_error"]), value)
