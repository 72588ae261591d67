import pytest

from xorviz.sentences.heading import heading_text, heading_title


@pytest.mark.parametrize(
    ("targets", "title", "targets_text", "end"),
    [
        ("0110", "XOR", " (00 → 0, 01 → 1, 10 → 1 and 11 → 0)", "XOR"),
        ("1000", "NOR", " (00 → 1, 01 → 0, 10 → 0 and 11 → 0)", "NOR"),
        (
            "0010",
            "the truth table 0010",
            " (00 → 0, 01 → 0, 10 → 1 and 11 → 0)",
            "the targets",
        ),
        (None, "a truth table", "", "the targets"),
    ],
)
def test_the_heading_says_what_is_learned_and_how(
    targets: str | None, title: str, targets_text: str, end: str
) -> None:
    assert heading_title(targets) == f"How a neural network learns {title}"
    assert heading_text(targets).replace("\u00a0", " ") == (
        f"Each of four inputs has a target{targets_text}: the network guesses, is corrected, "
        f"guesses again, and so learns {end}."
    )
