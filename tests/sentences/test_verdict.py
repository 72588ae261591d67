import pytest

from xorviz.core.verdict import Verdict
from xorviz.sentences.verdict import verdict_text


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict("solved", 4, 1234), "Solved: all four predictions are right from epoch 1,234 on."),
        (Verdict("3 of 4", 3, None), "Not solved. At the end 3 of 4 predictions are right."),
        (Verdict("1 of 4", 1, None), "Not solved. At the end 1 of 4 predictions is right."),
        (
            Verdict("plateau", 2, None),
            "Not solved. At the end 2 of 4 predictions are right, and all four are close to 0.5.",
        ),
        (
            Verdict("impossible", 2, None),
            "Not solved. At the end 2 of 4 predictions are right. "
            "With one hidden unit, no weights solve this truth table.",
        ),
        (
            Verdict("diverged", 0, 212),
            "Diverged: from epoch 212 on the numbers are too large to compute with. "
            "The learning rate is too large.",
        ),
    ],
)
def test_a_verdict_reads_as_it_should(verdict: Verdict, text: str) -> None:
    assert verdict_text(verdict) == text


def test_the_rate_is_not_to_blame_where_there_is_a_mistake() -> None:
    text = "Diverged: from epoch 212 on the numbers are too large to compute with."
    assert verdict_text(Verdict("diverged", 0, 212), "sign-both") == text
