"""Mistakes in sentences: what a check says about somebody's own backprop."""

from collections.abc import Iterator, Sequence
from typing import Final

from xorviz.core.catalogue import BY_NAME
from xorviz.core.config import TrainConfig
from xorviz.core.loop import changed_lines
from xorviz.core.numbers import ten_digits, written
from xorviz.core.truth_table import ROW_NAMES
from xorviz.mistakes.answer import Answer
from xorviz.mistakes.programs import FLOAT32, ONLINE, ROW_ORDER
from xorviz.sentences.words import first_few, listed

TITLES: Final = {
    "equal": "Right: these are the numbers of correct backprop",
    "another way": "Right, done another way",
    "mistake": "A mistake",
    "not known": "Not known",
}
WAYS: Final = {
    ONLINE: (
        "updates the weights after each row, and not once for all four",
        "That is stochastic gradient descent, with other numbers but the same gradients.",
    ),
    FLOAT32: (
        "computes in float32",
        "Its numbers have about seven digits, so their last ones differ.",
    ),
    ROW_ORDER: (
        "has the rows in another order",
        "The sums are the same, but are rounded in another way in the last digit.",
    ),
}
"""What a program does in the ways that are no change of lines, and why it is right."""
WITHOUT_DERIVATIVE: Final = {"no-derivative-output", "no-derivatives"}
CROSS_ENTROPY: Final = (
    "Without σ′ at the output, its δ is exactly that of another loss, the cross-entropy "
    "−Σ (t ln ŷ + (1 − t) ln(1 − ŷ)). Many networks are trained with it on purpose; but it is not "
    "the gradient of ½ Σ error²."
)
LAYERS: Final = {
    "hidden": "the weights into the hidden layer",
    "output": "the weights into the output",
    "both": "the weights of both layers",
}


def answer_title(answer: Answer) -> str:
    """Write the answer in a few words."""
    several = answer.answer == "mistake" and len([*_mistakes(answer)]) > 1
    return "Two mistakes" if several else TITLES[answer.answer]


def answer_text(answer: Answer) -> list[str]:
    """Write the answer in sentences, a paragraph each."""
    if answer.answer == "not known":
        return [*_unknown(answer), _losses(answer)]
    deeds = [_deed(answer, name) for name in answer.chosen]
    if answer.answer == "mistake":
        deeds += [CROSS_ENTROPY] if WITHOUT_DERIVATIVE & {*answer.chosen} else []
        deeds += [_since(answer)]
    sentences = [*deeds, _reproduced(answer), *_coincidences(answer)]
    return [*sentences, _losses(answer)] if answer.answer == "mistake" else sentences


def report(config: TrainConfig, answer: Answer) -> str:
    """Write an answer as text: its sentences, the lines that it is about, and the settings."""
    wrong, right = changed_lines(answer.change, config.biases)
    network = "1 hidden unit" if config.hidden_size == 1 else f"{config.hidden_size} hidden units"
    assumed = (
        f"Checked with {network}, a learning rate of {ten_digits(config.learning_rate)} and the "
        f"targets {' '.join(config.targets)}."
    )
    lines = [f"{answer_title(answer)}.", *answer_text(answer), assumed]
    if answer.answer == "mistake":
        lines += ["", "As the program has it:", *(f"    {line}" for line in wrong or ["(nothing)"])]
        lines += ["As it should be:", *(f"    {line}" for line in right)]
        lines += [f"Documented at {source}" for source in sources(answer)]
    return "\n".join(lines)


def sources(answer: Answer) -> list[str]:
    """The addresses of pages on which the mistakes are documented."""
    return [BY_NAME[name].source for name in _mistakes(answer) if BY_NAME[name].source]


def _mistakes(answer: Answer) -> Iterator[str]:
    """The mistakes of the explanation that is written out."""
    return (name for name in answer.chosen if name in BY_NAME and name not in ("mean", "twice"))


def _deed(answer: Answer, name: str) -> str:
    """Say what the program does, and why that is wrong or right."""
    title, reason = WAYS.get(name) or (BY_NAME[name].title, BY_NAME[name].reason)
    if name in (ONLINE, ROW_ORDER):
        rows = ", ".join(ROW_NAMES[row] for row in answer.order or ())
        title += f": {rows}" if rows else ", each time in an order of its own"
    return f"The program {title} ({name}). {reason}"


def _since(answer: Answer) -> str:
    """Say where the numbers leave the right loop's."""
    if answer.layer is None:
        return ""
    layer = LAYERS[answer.layer]
    if answer.since is None:
        return f"{_by(answer)} {layer} are not those of the right loop."
    return f"From update {answer.since:,} on, {layer} are not those of the right loop."


def _by(answer: Answer) -> str:
    """Say at which known state the numbers differ, where those before it are not known."""
    return "At the end" if answer.by in (None, answer.updates) else f"By update {answer.by:,}"


def _reproduced(answer: Answer) -> str:
    """Say how exactly the program's lines give the numbers."""
    loop = "The notebook's loop, changed in this way," if answer.chosen else "The notebook's loop"
    states = f"all {answer.compared:,} known states" if answer.compared > 1 else "these weights"
    when = "up to" if answer.compared > 1 else "after"
    gives = f"{loop} gives {states}, {when} update {answer.updates:,}"
    if answer.is_exact:
        return f"{gives}, to the last bit."
    apart = written(answer.difference or 0.0)
    return f"{gives}, to {answer.digits} digits: the largest difference is {apart}."


def _coincidences(answer: Answer) -> list[str]:
    """Say which other explanations give the same numbers."""
    others = [names for names in answer.explanations if names and not {*names} <= {*answer.chosen}]
    if not others:
        return []
    named = listed([" with ".join(names) for names in others])
    return [f"With these settings, {named} would give the same numbers."]


def _losses(answer: Answer) -> str:
    """Put the loss beside the right loop's."""
    theirs, right = answer.losses
    return (
        f"After {answer.updates:,} updates the loss ½ Σ error² is {written(theirs)}; the right "
        f"loop's is {written(right)}."
    )


def _unknown(answer: Answer) -> list[str]:
    """Say which numbers leave the right loop's first, and in which way."""
    if answer.close:
        names = [" with ".join(names) or "the right loop" for names in answer.close]
        return [
            f"So few digits are known that several programs fit: {listed(names)}. "
            "Give more decimals, or the weights after more updates."
        ]
    begin = "No mistake that is known, alone or with another, gives these numbers."
    if answer.layer is None:
        return [f"{begin} They stop being numbers before one could be compared."]
    when = _by(answer) if answer.since is None else f"At update {answer.since:,}"
    return [begin, f"{when} {_deviating(answer.weights)} first: {_pattern(answer)}."]


def _deviating(weights: Sequence[str]) -> str:
    return f"{first_few(weights)} {'deviate' if len(weights) > 1 else 'deviates'}"


def _pattern(answer: Answer) -> str:
    """Say in which way the first numbers deviate."""
    match answer.factor:
        case None:
            return f"by up to {written(answer.difference or 0.0)}, and by no common factor"
        case factor if abs(factor) < 1e-9:
            return "there is no update at all"
        case factor:
            return f"the update is {written(factor)} times the right one"
