"""The doctor's headline: what a teacher would say of the run, before any number."""

from collections.abc import Sequence

from xorviz.doctor import findings
from xorviz.doctor.findings import Count, Finding, WrongOutput
from xorviz.sentences.count import is_stuck, wrong_text
from xorviz.sentences.findings import finding_text
from xorviz.sentences.words import listed


def headline(diagnosed: Sequence[Finding]) -> str:
    """Write how a run ended, by its findings: "Stuck: 11 is predicted 1"."""
    wrong = next((one.wrong for one in diagnosed if isinstance(one, Count)), ())
    match diagnosed[0]:
        case findings.Impossible():
            return "Impossible: one hidden unit can't learn this truth table"
        case findings.Diverged():
            return "Diverged: the steps were too large"
        case findings.Solved():
            return "Solved: all four inputs are predicted right"
        case findings.TooSlow():
            return f"Not there yet: {predicted(wrong)}"
        case findings.RateTooLarge():
            return f"Steps too large: {predicted(wrong)}"
        case findings.Plateau():
            return "Undecided: all four outputs are near 0.5"
        case Count() as count if is_stuck(count):
            return f"Stuck: {predicted(wrong)}"
        case _:
            return f"Not solved: {predicted(wrong)}"


def plain_text(finding: Finding) -> str:
    """Write a finding in a few sentences, and leave the terrain of the loss to the evidence."""
    return wrong_text(finding) if isinstance(finding, Count) else finding_text(finding)


def predicted(wrong: Sequence[WrongOutput]) -> str:
    """Write what is predicted for the inputs that have wrong outputs."""
    rows: dict[str, list[str]] = {}
    for one in wrong:
        rows.setdefault(_prediction(one.output), []).append(one.row)
    return ", ".join(
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} predicted {prediction}"
        for prediction, names in rows.items()
    )


def _prediction(output: float) -> str:
    """Name the side of 0.5 on which an output lies; 0.5 itself lies on none."""
    return "0.5" if output == 0.5 else str(int(output > 0.5))
