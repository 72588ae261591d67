"""Claims: every sentence that the doctor says of a run, held against training by another loop."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np

from tests.support.subject import LIMIT, Subject, first_right, solved_at
from xorviz.core.network import Array
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.cures import Cure
from xorviz.doctor.finding import Finding

NUMBER: Final = r"(\d[\d,]*)"
DECIMAL: Final = r"([\d.e+-]+?)"
STEPS: Final = (
    rf"With steps {NUMBER} times as small, over the same distance \({NUMBER} epochs at the "
    rf"learning rate {DECIMAL}\), the same start "
)


def refuted(subject: Subject, findings: Iterable[Finding]) -> list[str]:
    """List the sentences about a run that are not so."""
    return [said for found in findings for said in _refuted_sentences(subject, found.text)]


def unoffered(subject: Subject, first: Cure | None) -> bool:
    """Whether the page has the epochs that solve a run, and the first cure is another or none."""
    epochs = first_right(subject.right, subject.config.epochs)
    return epochs is not None and (first is None or first.solved_at != epochs)


def fails(cure: Cure) -> bool:
    """Whether a cure does not solve the table when it says."""
    return solved_at(cure.config) != cure.solved_at


def _refuted_sentences(subject: Subject, text: str) -> Iterator[str]:
    """Take a finding apart, sentence by sentence; one that nobody knows is refuted as well."""
    while text:
        for pattern, holds in CLAIMS.items():
            if match := re.match(pattern, text):
                if not holds(subject, *match.groups()):
                    yield match[0]
                text = text[match.end() :].lstrip()
                break
        else:
            yield f"unknown: {text}"
            return


def _whole(number: str) -> int:
    return int(number.replace(",", ""))


def _near(written: str, value: float, digits: int) -> bool:
    """Whether a value rounds to what is written, to a last digit at most."""
    return abs(float(written) - value) <= 10.0 ** (1 - digits) * abs(value)


def _impossible(subject: Subject, targets: str, biases: str) -> bool:
    """One unit has one sign of ŷ - 0.5 without biases, and a straight line with them."""
    config = subject.config
    is_one = config.hidden_size == 1 and config.targets == targets
    parted = {"with": targets in ("0110", "1001"), "without": len({*targets}) == 2}[biases]
    return is_one and config.biases == (biases == "with") and parted


def _too_slow(subject: Subject, more: str, epoch: str) -> bool:
    is_from = first_right(subject.right, subject.config.epochs)
    return is_from == _whole(epoch) == subject.config.epochs + _whole(more)


def _small_solve(subject: Subject, factor: str, epochs: str, rate: str, epoch: str) -> bool:
    small = subject.smaller(_whole(factor))
    solved = first_right(small.right(subject.config.targets), 0)
    return solved == _whole(epoch) and _distance(subject, factor, epochs, rate)


def _small_end_elsewhere(subject: Subject, factor: str, epochs: str, rate: str) -> bool:
    small = subject.smaller(_whole(factor))
    is_solved = small.right(subject.config.targets)[-1].all()
    differ = np.abs(small.outputs[-1] - subject.outputs).max() >= 0.01
    return bool(differ) and not is_solved and _distance(subject, factor, epochs, rate)


def _small_end_here(subject: Subject, factor: str, epochs: str, rate: str, _: str | None) -> bool:
    small = subject.smaller(_whole(factor))
    differ = np.abs(small.outputs[-1] - subject.outputs).max()
    return bool(differ < 0.01) and _distance(subject, factor, epochs, rate)


def _unlucky(subject: Subject, factor: str, epochs: str, rate: str) -> bool:
    """No direction leads down, and training on leaves the loss where it is."""
    is_at_rest = not _directions(subject)[0] and abs(_moves(subject)) <= 0.01
    return is_at_rest and _small_end_here(subject, factor, epochs, rate, None)


def _distance(subject: Subject, factor: str, epochs: str, rate: str) -> bool:
    config = subject.config
    return _whole(epochs) == config.epochs * _whole(factor) <= 200_000 and _near(
        rate, config.learning_rate / _whole(factor), 10
    )


def _rises(subject: Subject) -> list[int]:
    """The states of the run that have a larger loss than the one before."""
    losses = subject.losses[: subject.config.epochs + 1]
    return (np.flatnonzero(np.diff(losses) > 1e-12 * losses[:-1]) + 1).tolist()


def _rose(subject: Subject, times: str, updates: str, last: str) -> bool:
    rises, told = _rises(subject), (_whole(times), _whole(updates), _whole(last))
    return told == (len(rises), subject.config.epochs, rises[-1])


def _never_rose(subject: Subject, updates: str) -> bool:
    return not _rises(subject) and _whole(updates) == subject.config.epochs


def _near_half(subject: Subject, low: str, high: str) -> bool:
    outputs = subject.outputs
    return (
        bool((np.abs(outputs - 0.5) < 0.1).all())
        and _near(low, outputs.min(), 4)
        and _near(high, outputs.max(), 4)
    )


def _count(subject: Subject, count: str, wrong: str) -> bool:
    right = subject.right[0]
    told = re.findall(
        r"the output for (\d\d) is (less than|more than|just below|just above|) ?([\d.e-]+) "
        r"instead of (\d)",
        wrong,
    )
    rows = [ROW_NAMES.index(name) for name, *_ in told]
    for (_, bound, written, target), row in zip(told, rows, strict=True):
        output = subject.outputs[row]
        is_so = {
            "less than": output < float(written),
            "more than": output > float(written),
            "just below": written == "0.5" and 0.4999 < output < 0.5,
            "just above": written == "0.5" and 0.5 < output < 0.5001,
            "": _near(written, output, 4),
        }[bound]
        if not is_so or target != subject.config.targets[row]:
            return False
    return int(count) == right.sum() and rows == np.flatnonzero(~right).tolist()


def _stay(subject: Subject, until: str) -> bool:
    return bool((subject.right == subject.right[0]).all()) and _whole(until) == LIMIT


def _change(subject: Subject, until: str, changes: str) -> bool:
    told = {}
    for change in changes.split("; that for "):
        numbers = [_whole(number) for number in re.findall(NUMBER, change[2:])]
        for pattern, count in CHANGES.items():
            if match := re.fullmatch(pattern, change):
                times = count or numbers.pop(0)
                told[change[:2]] = times, numbers, match["side"]
    changed = subject.right[1:] != subject.right[:-1]
    really = {}
    for row, name in enumerate(ROW_NAMES):
        epochs = (subject.config.epochs + 1 + np.flatnonzero(changed[:, row])).tolist()
        side = "right" if subject.right[-1, row] else "wrong"
        if epochs:
            really[name] = len(epochs), epochs if len(epochs) == 2 else epochs[-1:], side
    return told == really and _whole(until) == LIMIT


CHANGES: Final = {
    rf"\d\d becomes (?P<side>right|wrong) at epoch {NUMBER} and stays (?P=side)": 1,
    rf"\d\d becomes (right|wrong) at epoch {NUMBER} and (?P<side>right|wrong) again at epoch "
    rf"{NUMBER}, and stays (?P=side)": 2,
    rf"\d\d changes {NUMBER} times, the last time at epoch {NUMBER}, and stays "
    r"(?P<side>right|wrong) from then on": 0,
}
"""How a prediction is said to change, and how often it then does; 0 where that is said, too."""


def _directions(subject: Subject) -> tuple[int, int, int]:
    """How many curve down, however slightly, and up, and how many do neither noticeably."""
    least = 1 / (subject.config.learning_rate * LIMIT)
    rounding = 1e-12 * max(1.0, float(np.abs(subject.eigenvalues).max()))
    down, up = (subject.eigenvalues < -rounding).sum(), (subject.eigenvalues > least).sum()
    return int(down), int(up), subject.eigenvalues.size - int(down) - int(up)


def _moves(subject: Subject) -> float:
    """By what share the loss changes after the run's last state."""
    return float(subject.losses[-1] / subject.losses[subject.config.epochs] - 1)


def _counted(written: str, count: int, subject: Subject) -> bool:
    size = subject.eigenvalues.size
    return written == (f"all {size}" if count == size else f"{count} of {size}")


def _saddle(subject: Subject, gradient: str, down: str, up: str, stays: str | None) -> bool:
    downs, ups, _ = _directions(subject)
    return (
        downs > 0
        and (abs(_moves(subject)) <= 0.01) == (stays is not None)
        and _counted(down, downs, subject)
        and up == (str(ups) if ups else "none")
        and _near(gradient, subject.gradient, 2)
    )


def _valley(subject: Subject, gradient: str, up: str) -> bool:
    downs, ups, _ = _directions(subject)
    is_still = abs(_moves(subject)) <= 0.01
    is_up = _counted(up, ups, subject) and _near(gradient, subject.gradient, 2)
    return not downs and ups > 0 and is_still and is_up


def _flat(subject: Subject, gradient: str, epochs: str) -> bool:
    downs, ups, _ = _directions(subject)
    is_still = abs(_moves(subject)) <= 0.01 and _whole(epochs) == LIMIT
    is_so = subject.gradient < 1e-12 or _near(gradient, subject.gradient, 2)
    return not downs and not ups and is_still and is_so


def _left_out(subject: Subject, count: str | None, least: str, epochs: str) -> bool:
    *_, flat = _directions(subject)
    bound = 1 / (subject.config.learning_rate * LIMIT)
    is_so = flat == int(count or 1) and _whole(epochs) == LIMIT
    return is_so and _near(least, bound, 1)


def _slope(subject: Subject, gradient: str, until: str, way: str, percent: str) -> bool:
    change = _moves(subject) * (1 if way == "rises" else -1)
    is_so = change > 0.01 and _near(percent, 100 * change, 3)
    return is_so and _whole(until) == LIMIT and _near(gradient, subject.gradient, 2)


def _no_rest(subject: Subject, gradient: str) -> bool:
    distance = max(subject.config.learning_rate * subject.config.epochs, 5000)
    falls = distance * subject.gradient**2 > 0.0099 * subject.losses[subject.config.epochs]
    return falls and _near(gradient, subject.gradient, 2)


def _oscillates(subject: Subject, percent: str, updates: str, sharpness: str) -> bool:
    epochs = subject.config.epochs
    count = min(epochs, max(10, epochs // 10))
    losses = subject.losses[epochs - count : epochs + 1]
    share = 100 * (np.diff(losses) > 1e-12 * losses[:-1]).mean()
    really = subject.config.learning_rate * subject.eigenvalues[-1]
    is_so = abs(share - int(percent)) <= 0.5 and _near(sharpness, really, 3)
    return bool(is_so) and share > 0 and _whole(updates) == count


def _hidden(subject: Subject) -> Array:
    size, flat = subject.config.hidden_size, subject.way.parameters[subject.config.epochs]
    biases = flat[3 * size : 4 * size] if subject.config.biases else 0.0
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-(inputs @ flat[: 2 * size].reshape(2, size) + biases)))


def _units(names: str) -> list[int]:
    return [int(unit) - 1 for unit in re.findall(r"h(\d+)", names)]


def _saturated(subject: Subject, names: str, inputs: str, most: str | None) -> bool:
    has_biases = subject.config.biases
    hidden = _hidden(subject)[0 if has_biases else 1 :]
    largest = (hidden * (1 - hidden)).max(axis=0)
    units = np.flatnonzero(largest < 1e-3)
    is_so = _near(most, largest[units].max(), 2) if most else not largest[units].any()
    return is_so and _units(names) == units.tolist() and (inputs == "every input") == has_biases


def _output_saturated(subject: Subject, names: str, _bound: str, most: str) -> bool:
    slopes = subject.outputs * (1 - subject.outputs)
    wrong = np.flatnonzero(~subject.right[0] & (slopes < 1e-3)).tolist()
    are_all = re.findall(r"\d+", names) == [ROW_NAMES[row] for row in wrong]
    return are_all and ("rounding" in most or _near(most, slopes[wrong].max(), 2))


def _equal(subject: Subject) -> bool:
    """Some two units have the same weights."""
    size, flat = subject.config.hidden_size, subject.way.parameters[subject.config.epochs]
    columns = flat[: (4 if subject.config.biases else 3) * size].reshape(-1, size)
    return len({column.tobytes() for column in columns.T}) < size


def _alike(subject: Subject, names: str, rest: str) -> bool:
    hidden, units, size = _hidden(subject), _units(names), subject.config.hidden_size
    flat = subject.way.parameters[subject.config.epochs]
    merged = hidden.copy()
    merged[:, units] = hidden[:, units[:1]]
    bias = flat[-1] if subject.config.biases else 0.0
    with np.errstate(over="ignore"):
        outputs = 1 / (1 + np.exp(-(merged @ flat[2 * size : 3 * size] + bias)))
    is_one = np.abs(outputs - subject.outputs).max() <= 1e-3
    return np.ptp(hidden[:, units], axis=1).max() <= 2e-3 and is_one == ("one unit" in rest)


CLAIMS: Final[dict[str, Callable[..., bool]]] = {
    r"No weights give the table (\d{4}): one hidden unit (with|without) biases is too little\.": (
        _impossible
    ),
    rf"The learning rate is small, or the epochs are few: trained on for {NUMBER} more epochs?, "
    rf"the run is solved\. All four predictions are right from epoch {NUMBER} on\.": _too_slow,
    rf"{STEPS}is solved from epoch {NUMBER} on\.": _small_solve,
    rf"{STEPS}ends elsewhere, but is not solved either\.": _small_end_elsewhere,
    rf"{STEPS}ends with the same outputs, within 0\.01: the start leads there, not the "
    r"rate\.": _unlucky,
    rf"{STEPS}ends with the same outputs, within 0\.01: the rate is not too large"
    r"(, but may be too small)?\.": _small_end_here,
    rf"Here none of the {NUMBER} updates raised the loss\.": _never_rose,
    rf"Here the loss rose at {NUMBER} of {NUMBER} updates, the last time at epoch "
    rf"{NUMBER}\.": _rose,
    rf"All four outputs are near 0\.5, from {DECIMAL} to {DECIMAL}: a plateau, on which the "
    r"network can hardly tell the inputs apart\.": _near_half,
    r"(\d) of 4 predictions (?:is|are) right: "
    r"((?:the output for \d\d is [^,]+?(?:, |\.(?= |$)))+)": _count,
    rf"Trained on to epoch {NUMBER}, no prediction becomes right or wrong\.": _stay,
    rf"Trained on to epoch {NUMBER}, the prediction for ([^.]+)\.": _change,
    rf"The gradient is {DECIMAL}; the loss curves down along ([\w ]+) directions and up along "
    r"(\d+|none): a saddle( that it does not leave up to epoch 50,000)?\.": _saddle,
    rf"The gradient is {DECIMAL}; the loss curves up along ([\w ]+) directions and down along "
    r"none: the floor of a valley\.": _valley,
    rf"The gradient is {DECIMAL}; the loss curves too slightly to matter within {NUMBER} epochs: a "
    r"flat place\.": _flat,
    rf"Along the other ?(\d+)? it curves by less than {DECIMAL}, too slightly to matter within "
    rf"{NUMBER} epochs\.": _left_out,
    rf"The gradient is {DECIMAL}: (?:a slope|no place of rest); up to epoch {NUMBER} the loss "
    rf"(falls|rises) by {DECIMAL} %\.": _slope,
    rf"The gradient is {DECIMAL}: too large for a place of rest\.": _no_rest,
    rf"The loss goes up and down: it rose at (\d+)% of the last {NUMBER} updates\. At the end "
    rf"learning rate × largest eigenvalue is {DECIMAL}; where it is above 2, steps "
    r"overshoot\.": _oscillates,
    r"([h\d, and]+) (?:is|are) saturated: on (every input|01, 10 and 11) σ′ is "
    rf"(?:at most {DECIMAL}, so little|0 but for rounding, so hardly any) of the error gets "
    r"through (?:it|them)\.": _saturated,
    r"ŷ is saturated on the wrong side for ([\d, and]+): σ′ is (at most )?"
    r"([^ ]+|0 but for rounding) there, so hardly any error comes back\.": _output_saturated,
    r"Their weights are equal, so every update keeps them alike\.": _equal,
    r"([h\d, and]+) have the same activations on every input, within 0\.001: "
    r"([^.]+(?:\.\d+[^.]*)*)\.": _alike,
}
"""Every sentence by its pattern, and what is true where it may be said."""
