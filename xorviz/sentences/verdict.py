"""The verdict in a sentence or two."""

from typing import Final

from xorviz.core.verdict import Verdict

HIDDEN_FUTURE: Final = "What happens later is hidden until you have played the run to its end."
COUNTS: Final = tuple(
    f"At epoch {{epoch}}: {count} of 4 predictions {'is' if count == 1 else 'are'} right."
    for count in range(5)
)
"""The sentence about a state before the end, by how many predictions are right."""


def verdict_text(verdict: Verdict, mistake: str = "") -> str:
    """Write how a run ended; where it has a mistake, nothing is said of why."""
    are = "is" if verdict.correct == 1 else "are"
    count = f"Not solved. At the end {verdict.correct} of 4 predictions {are} right"
    match verdict.kind:
        case "solved":
            return f"Solved: all four predictions are right from epoch {verdict.epoch:,} on."
        case "diverged":
            because = "" if mistake else " The learning rate is too large."
            return (
                f"Diverged: from epoch {verdict.epoch:,} on the numbers are too large to compute "
                f"with.{because}"
            )
        case "plateau":
            return f"{count}, and all four are close to 0.5."
        case "impossible":
            return f"{count}. With one hidden unit, no weights solve this truth table."
        case _:
            return f"{count}."
