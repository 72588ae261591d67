"""Findings in sentences: how a run ended, and why."""

from collections.abc import Sequence

from xorviz.core.numbers import ten_digits, with_minus
from xorviz.doctor import findings
from xorviz.doctor.finders import STABLE
from xorviz.doctor.rate import SAME, SmallSteps
from xorviz.doctor.units import ALIKE
from xorviz.sentences.count import count_text, count_title
from xorviz.sentences.words import listed, unit_names


def finding_title(finding: findings.Finding) -> str:
    """Write a finding in a few words."""
    if isinstance(finding, findings.Count):
        return count_title(finding)
    return finding.kind.capitalize()


def finding_text(finding: findings.Finding) -> str:
    """Write a finding in a few sentences."""
    match finding:
        case findings.Impossible(targets, biases):
            unit = f"one hidden unit {'with' if biases else 'without'} biases"
            return f"No weights can give the targets {', '.join(targets)}: {unit} is not enough."
        case findings.Diverged(epoch):
            return (
                f"From epoch {epoch:,} on the numbers are too large to compute with (not finite): "
                "the learning rate is too large."
            )
        case findings.Solved(epoch):
            return f"All four predictions are right from epoch {epoch:,} on."
        case findings.TooSlow():
            return _too_slow(finding)
        case findings.RateTooLarge(steps):
            solved = f"{_with(steps)} solves it, from epoch {steps.solved_at:,} on."
            return f"{solved} {_risen(finding)}"
        case findings.StuckAnyhow():
            return _stuck(finding)
        case findings.Plateau(low, high, is_solved):
            near = f"All four outputs are near 0.5, from {low:.4g} to {high:.4g}"
            if is_solved:
                return f"{near}, but each on its target's side."
            return f"{near}: a plateau. The network can hardly tell the inputs apart."
        case findings.Count():
            return count_text(finding)
        case findings.Oscillating(rises, updates, sharpness):
            return (
                f"The loss goes up and down: it rose at {rises:.0%} of the last {updates:,} "
                f"updates. At the end its sharpness is {sharpness:.3g}: how steeply it bends, "
                f"times the learning rate. Above {STABLE}, each update lands farther from the "
                "lowest point than the one before."
            )
        case findings.SaturatedUnits():
            return " ".join(filter(None, [_saturated_hidden(finding), _saturated_output(finding)]))
        case findings.DuplicateUnits(groups):
            return " ".join(map(_duplicates, groups))


def _too_slow(finding: findings.TooSlow) -> str:
    more = finding.solved_at - finding.epochs
    return (
        f"With {more:,} more epoch{'' if more == 1 else 's'} this run would be solved, from epoch "
        f"{finding.solved_at:,} on: the learning rate is small, or the epochs are too few."
    )


def _with(steps: SmallSteps) -> str:
    """A smaller rate, and how many more epochs; "training" is the subject."""
    small, epochs = steps.config, f"{steps.config.epochs:,}"
    if small.forks:
        changed = f"every learning rate divided by {steps.factor} and more epochs ({epochs})"
    else:
        rate = ten_digits(small.learning_rate)
        changed = f"a smaller learning rate and more epochs ({rate} and {epochs})"
    return f"With {changed}, training from the same start"


def _risen(finding: findings.RateTooLarge) -> str:
    """How the loss rose under the run's own steps."""
    if finding.last_rise is None:
        return f"In this run none of the {finding.epochs:,} updates raised the loss."
    return (
        f"In this run the loss rose at {finding.rises:,} of {finding.epochs:,} updates, the last "
        f"time at epoch {finding.last_rise:,}."
    )


def _stuck(finding: findings.StuckAnyhow) -> str:
    start = _with(finding.steps)
    if not finding.is_same:
        return f"{start} ends with other outputs, but does not solve it either."
    same = f"{start} ends with the same outputs, to within {SAME}."
    if finding.kind == "unlucky start":
        return f"{same} So the starting weights are to blame, not the learning rate."
    small = ", but may be too small" if finding.terrain == "slope" else ""
    return f"{same} So the learning rate is not too large{small}."


def _saturated_hidden(finding: findings.SaturatedUnits) -> str:
    if not finding.hidden:
        return ""
    units, derivatives = zip(*finding.hidden, strict=True)
    learns, are = (
        ("learns", "its activation is") if len(units) == 1 else ("learn", "their activations are")
    )
    inputs = "every input" if finding.biases else "01, 10 and 11"
    return (
        f"{unit_names(units)} hardly {learns} any more (saturated): on {inputs} {are} so near 0 or "
        f"1 that the sigmoid is almost flat, with a derivative of {_at_most(derivatives)}."
    )


def _saturated_output(finding: findings.SaturatedUnits) -> str:
    if not finding.output:
        return ""
    rows, derivatives = zip(*finding.output, strict=True)
    return (
        f"For {listed(rows)} the output is wrong, and so near 0 or 1 that the sigmoid is almost "
        f"flat, with a derivative of {_at_most(derivatives)}: hardly any of the error goes back to "
        "the weights."
    )


def _at_most(derivatives: Sequence[float]) -> str:
    most = max(derivatives)
    return f"at most {with_minus(f'{most:.2g}')}" if most else "practically 0"


def _duplicates(group: findings.Group) -> str:
    if group.is_one:
        does, so = "the same", "so one unit with the sum of their weights to ŷ could replace them"
    else:
        weights = listed([with_minus(f"{weight:.4g}") for weight in group.output_weights])
        does = "nearly the same"
        so = f"but their weights to ŷ, {weights}, are so large that even this difference matters"
    equal = " Their weights are equal, so every update keeps them alike." * group.is_equal
    return (
        f"{unit_names(group.units)} do {does} on every input (their activations differ by at most "
        f"{ALIKE}), {so}.{equal}"
    )
