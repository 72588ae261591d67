"""Findings in sentences: how a run ended, and why."""

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
            return f"No weights give the table {targets}: {unit} is too little."
        case findings.Diverged(epoch):
            return (
                f"From epoch {epoch:,} on there are numbers that are not finite: the learning rate "
                "is too large."
            )
        case findings.Solved(epoch):
            return f"All four predictions are right from epoch {epoch:,} on."
        case findings.TooSlow():
            return _too_slow(finding)
        case findings.RateTooLarge(steps):
            solved = f"{_with(steps)} is solved from epoch {steps.solved_at:,} on."
            return f"{solved} {_risen(finding)}"
        case findings.StuckAnyhow():
            return _stuck(finding)
        case findings.Plateau(low, high, is_solved):
            near = f"All four outputs are near 0.5, from {low:.4g} to {high:.4g}"
            if is_solved:
                return f"{near}, each on its right side."
            return f"{near}: a plateau, on which the network can hardly tell the inputs apart."
        case findings.Count():
            return count_text(finding)
        case findings.Oscillating(rises, updates, sharpness):
            return (
                f"The loss goes up and down: it rose at {rises:.0%} of the last {updates:,} "
                f"updates. At the end learning rate × largest eigenvalue is {sharpness:.3g}; where "
                f"it is above {STABLE}, steps overshoot."
            )
        case findings.SaturatedUnits():
            return " ".join(filter(None, [_saturated_hidden(finding), _saturated_output(finding)]))
        case findings.DuplicateUnits(groups):
            return " ".join(map(_duplicates, groups))


def _too_slow(finding: findings.TooSlow) -> str:
    more = finding.solved_at - finding.epochs
    return (
        "The learning rate is small, or the epochs are few: trained on for "
        f"{more:,} more epoch{'' if more == 1 else 's'}, the run is solved. All four predictions "
        f"are right from epoch {finding.solved_at:,} on."
    )


def _with(steps: SmallSteps) -> str:
    """How many smaller steps there are, and how long; "the same start" is the subject."""
    small, factor = steps.config, steps.factor
    size = f"{small.epochs:,} epochs at the learning rate {ten_digits(small.learning_rate)}"
    if small.forks:
        size = f"{small.epochs:,} epochs, every learning rate divided by {factor}"
    return f"With steps {factor} times as small, over the same distance ({size}), the same start"


def _risen(finding: findings.RateTooLarge) -> str:
    """How the loss rose under the run's own steps."""
    if finding.last_rise is None:
        return f"Here none of the {finding.epochs:,} updates raised the loss."
    return (
        f"Here the loss rose at {finding.rises:,} of {finding.epochs:,} updates, the last time at "
        f"epoch {finding.last_rise:,}."
    )


def _stuck(finding: findings.StuckAnyhow) -> str:
    start = _with(finding.steps)
    if not finding.is_same:
        return f"{start} ends elsewhere, but is not solved either."
    same = f"{start} ends with the same outputs, within {SAME}"
    if finding.kind == "unlucky start":
        return f"{same}: the start leads there, not the rate."
    small = ", but may be too small" if finding.terrain == "slope" else ""
    return f"{same}: the rate is not too large{small}."


def _saturated_hidden(finding: findings.SaturatedUnits) -> str:
    if not finding.hidden:
        return ""
    units, derivatives = zip(*finding.hidden, strict=True)
    are, them = ("is", "it") if len(units) == 1 else ("are", "them")
    inputs = "every input" if finding.biases else "01, 10 and 11"
    most = max(derivatives)
    size = f"at most {most:.2g}, so little" if most else "0 but for rounding, so hardly any"
    return (
        f"{unit_names(units)} {are} saturated: on {inputs} σ′ is {size} of the error gets through "
        f"{them}."
    )


def _saturated_output(finding: findings.SaturatedUnits) -> str:
    if not finding.output:
        return ""
    rows, derivatives = zip(*finding.output, strict=True)
    most = max(derivatives)
    at_most = "" if len(rows) == 1 else "at most "
    size = f"{at_most}{most:.2g}" if most else "0 but for rounding"
    return (
        f"ŷ is saturated on the wrong side for {listed(rows)}: σ′ is {size} there, so hardly any "
        "error comes back."
    )


def _duplicates(group: findings.Group) -> str:
    if group.is_one:
        so = f"one unit with the sum of their output weights gives the same outputs, within {ALIKE}"
    else:
        weights = listed([with_minus(f"{weight:.4g}") for weight in group.output_weights])
        so = f"yet their output weights, {weights}, make even so small a difference count"
    alike = f"{unit_names(group.units)} have the same activations on every input, within {ALIKE}"
    equal = " Their weights are equal, so every update keeps them alike." * group.is_equal
    return f"{alike}: {so}.{equal}"
