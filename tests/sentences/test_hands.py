import pytest

from xorviz.core.hand import STEP, Move
from xorviz.sentences import hands as sentences

MOVE, UPDATE = Move("x1 → h1", 2.0), Move(STEP)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        ([MOVE], "1 move"),
        ([MOVE, MOVE], "2 moves"),
        ([UPDATE], "1 update of gradient descent"),
        ([MOVE, UPDATE, UPDATE], "1 move and 2 updates of gradient descent"),
    ],
)
def test_updates_of_gradient_descent_are_not_counted_as_moves(made: list[Move], text: str) -> None:
    assert sentences.moved_text(made) == text


def test_the_aim_is_told_first_and_then_how_far_the_reader_has_come() -> None:
    assert sentences.aim_text([], 1200, 0.5, 0.5) == (
        "Bring the loss E = ½ Σ error² down by hand, in as few moves as you can. At epoch 1,200 "
        "it is 0.5000."
    )
    assert sentences.aim_text([MOVE, MOVE], 300, 0.4977, 0.213) == (
        "Loss by hand: 0.2130 after 2 moves. That is lower than at epoch 300, where it was 0.4977."
    )
    assert "That is not lower than" in sentences.aim_text([MOVE], 300, 0.5, 0.5)
    assert "undo the last move" in sentences.aim_text([MOVE], 300, 0.5, float("nan"))


def test_the_updates_that_gradient_descent_needs_are_counted() -> None:
    assert sentences.needed_text(412) == (
        "Gradient descent alone needs 412 updates from there to get as low."
    )
    assert "needs 1 update from" in sentences.needed_text(1)
    assert sentences.needed_text(None) == (
        "Gradient descent alone does not get as low within 50,000 updates from there."
    )


def test_arrows_that_are_drawn_longer_say_so() -> None:
    assert "2,000 times as long" in sentences.magnified_text(2000)
    assert sentences.magnified_text(1) == "Arrows are as long as the update is."
