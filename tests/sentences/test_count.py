"""The sentences about a count of right predictions, part by part."""

import math

import pytest

from xorviz.doctor.findings import Count, WrongOutput
from xorviz.doctor.hessian import Curvature, Terrain
from xorviz.doctor.look import Look, RowLook
from xorviz.sentences.count import count_text, count_title

STAYS_RIGHT, STAYS_WRONG = RowLook(0, None, None, True), RowLook(0, None, None, False)
ROWS = (STAYS_RIGHT, STAYS_WRONG, STAYS_RIGHT, STAYS_RIGHT)
REST = "The loss hardly pulls at the weights (gradient 0.00077). Around them it"
VALUES = tuple(-0.1 * (6 - index) for index in range(6))


def curvature(
    terrain: Terrain, negative: int = 0, flat: int = 0, positive: int = 6, slight: int = 0
) -> Curvature:
    return Curvature(VALUES, negative, flat, positive, 3.4e-5, slight, 0.4, terrain)


def text(
    wrong: tuple[WrongOutput, ...] = (WrongOutput("01", 0.38456, "1"),),
    rows: tuple[RowLook, ...] = ROWS,
    since: int = 3000,
    solved_at: int | None = 9000,
    change: float = 0.0,
    curve: Curvature | None = None,
) -> str:
    """A count in words: of a run that is solved later, if nothing else is given."""
    look = Look(since, 50_000, rows, solved_at, change)
    return count_text(Count(wrong, look, 0.000774, curve or curvature("valley")))


def terrain(curve: Curvature, change: float = 0.0, since: int = 3000) -> str:
    """The sentences about where a run is stuck."""
    plain = text(since=since)
    stuck = text(solved_at=None, change=change, curve=curve, since=since)
    assert stuck.startswith(f"{plain} ")
    return stuck.removeprefix(f"{plain} ")


def title(*rows: RowLook, wrong: int = 1, since: int = 3000, change: float = 0.0) -> str:
    look = Look(since, 50_000, rows, None, change)
    outputs = (WrongOutput("01", 0.4, "1"),) * wrong
    return count_title(Count(outputs, look, 0.0, curvature("valley")))


def later(*rows: RowLook) -> str:
    """The sentence about more epochs."""
    return text(rows=rows).removeprefix(text(since=50_000)).strip()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            (WrongOutput("01", 0.38456, "1"),),
            "The output for 01 is 0.3846 instead of 1.",
        ),
        (
            (
                WrongOutput("00", 0.99999, "0"),
                WrongOutput("01", 0.00001, "1"),
                WrongOutput("11", 0.500001, "0"),
            ),
            "The output for 00 is more than 0.9999 instead of 0, the "
            "output for 01 is less than 0.0001 instead of 1, the output for 11 is just above 0.5 "
            "instead of 0.",
        ),
        (
            (WrongOutput("01", 0.499999, "1"), WrongOutput("11", 0.5, "0")),
            "The output for 01 is just below 0.5 instead of 1, the "
            "output for 11 is 0.5 instead of 0.",
        ),
    ],
)
def test_wrong_outputs_read_as_they_should(wrong: tuple[WrongOutput, ...], sentence: str) -> None:
    assert text(wrong, since=50_000) == sentence


def test_a_run_is_stuck_where_more_epochs_change_neither_predictions_nor_loss() -> None:
    changing = RowLook(1, 15_929, 15_929, True)
    assert title(*ROWS) == "Stuck with 3 of 4 predictions right"
    assert title(changing, *ROWS[1:]) == "Only 3 of 4 predictions right"
    assert title(*ROWS, change=-0.02) == "Only 3 of 4 predictions right"
    assert title(*ROWS, since=50_000) == "Only 3 of 4 predictions right"
    assert title(*ROWS, wrong=3) == "Stuck with 1 of 4 predictions right"


def test_changes_with_more_epochs_read_as_they_should() -> None:
    on = "If training went on to epoch 50,000, the"
    assert later(*ROWS) == f"{on} same prediction would still be wrong."
    assert later(*[STAYS_WRONG] * 4) == f"{on} same predictions would still be wrong."
    assert later(
        RowLook(1, 15_929, 15_929, True),
        STAYS_RIGHT,
        RowLook(2, 3270, 5322, True),
        RowLook(1001, 3300, 41_000, False),
    ) == (
        f"{on} prediction for 00 would become right at epoch 15,929 and stay right. The one for 10 "
        "would become wrong at epoch 3,270 and right again at epoch 5,322, and stay right. The one "
        "for 11 would change 1,001 times, the last time at epoch 41,000, and stay wrong from then "
        "on."
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (0.0, ", but hardly changes up to epoch 50,000."),
        (-0.1234, ": this is a slope, and up to epoch 50,000 the loss falls by 12.3 %."),
        (0.1234, ", but up to epoch 50,000 it rises by 12.3 %."),
    ],
)
def test_a_slope_reads_as_it_should(change: float, sentence: str) -> None:
    start = "The loss still pulls at the weights (gradient 0.00077)"
    assert terrain(curvature("slope"), change) == f"{start}{sentence}"
    assert terrain(curvature("slope"), change, since=50_000) == f"{start}: this is a slope."


@pytest.mark.parametrize(
    ("curve", "sentence"),
    [
        (
            curvature("valley"),
            "bends up in all 6 directions and down in none: the floor of a valley.",
        ),
        (
            curvature("valley", flat=1, positive=5),
            "bends up in 5 of 6 directions and down in none: the floor of a valley. In the other "
            "it bends by less than 3e−5, too little to matter within 50,000 epochs.",
        ),
        (
            curvature("flat", flat=6, positive=0),
            "bends too little to matter within 50,000 epochs: the ground is flat.",
        ),
    ],
)
def test_a_place_of_rest_reads_as_it_should(curve: Curvature, sentence: str) -> None:
    assert terrain(curve) == f"{REST} {sentence}"


def test_a_saddle_reads_as_it_should() -> None:
    curve = curvature("saddle", negative=1, flat=4, positive=1, slight=1)
    start = f"{REST} bends down in 2 of 6 directions and up in 1"
    rest = "In the other 3 it bends by less than 3e−5, too little to matter within 50,000 epochs."
    stays = "a saddle. Training does not leave it up to epoch 50,000."
    assert terrain(curve) == f"{start}: {stays} {rest}"
    assert terrain(curve, change=-0.5) == f"{start}: a saddle. {rest}"
    assert terrain(curve, since=50_000) == f"{start}: a saddle. {rest}"
    down = terrain(curvature("saddle", negative=6, positive=0), change=-0.5)
    assert down.endswith(" bends down in all 6 directions and up in none: a saddle.")


def test_a_curvature_that_is_not_finite_is_told() -> None:
    curve = Curvature((), 0, 0, 0, math.nan, 0, math.nan, "not finite")
    assert terrain(curve) == (
        "How the loss bends there can't be computed: the numbers are too large."
    )
