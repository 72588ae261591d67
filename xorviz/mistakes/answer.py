"""Answer: what a check says about somebody's training, as data."""

from dataclasses import dataclass, field
from typing import Any, Literal

from xorviz.core.catalogue import Change
from xorviz.core.numbers import finite

Kind = Literal["equal", "another way", "mistake", "not known"]


@dataclass(frozen=True)
class Answer:
    """What a check says about somebody's training.

    Attributes
    ----------
    answer
        Whether the numbers are the right loop's, in the same way or another, those of a mistake,
        or of nothing that is known.
    names
        The mistakes and ways, as the catalogue names them. Where several explain the numbers
        equally well, those of all.
    since
        The first update that differs from the right loop's; None where none does, or where the
        states around it are not known.
    difference
        The largest difference between a known state and the one that the answer's program makes
        of the known state before. Where nothing is known, it is that of the right loop at `since`.
    layer
        The layer whose weights differ first from the right loop's: ``hidden``, ``output``, or
        ``both``; None where none does.
    explanations
        Each explanation that fits equally well: the names that belong together.
    chosen
        The names of the explanation that is written out: the right loop's or another way's before a
        mistake's.
    change
        Its lines; no change for the right loop.
    order
        The order of the rows, where the program goes by it; None otherwise.
    digits
        The number of significant digits to which the numbers are the explanation's, at most 16.
    is_exact
        Whether they are so to the last bit.
    is_single
        Whether the numbers have the precision of float32.
    updates
        The number of updates between the first known state and the last.
    compared
        The number of known states that were compared.
    losses
        The loss ½ Σ error² of the last known state, and the right loop's after as many updates.
    factor
        Where nothing is known: by how much the deviating layer's update is the right one's, if it
        is a multiple; 0 where there is no update at all.
    weights
        Where nothing is known: the names of the weights and biases that deviate first.
    close
        Where nothing is known since too few digits are: the explanations that these digits allow.
    by
        The first known state that differs from the right loop's; None where none does.
    """

    answer: Kind
    names: tuple[str, ...] = ()
    since: int | None = None
    difference: float | None = None
    layer: str | None = None
    explanations: tuple[tuple[str, ...], ...] = ()
    chosen: tuple[str, ...] = ()
    change: Change = field(default_factory=Change)
    order: tuple[int, ...] | None = None
    digits: int = 0
    is_exact: bool = False
    is_single: bool = False
    updates: int = 0
    compared: int = 0
    losses: tuple[float, float] = (0.0, 0.0)
    factor: float | None = None
    weights: tuple[str, ...] = ()
    close: tuple[tuple[str, ...], ...] = ()
    by: int | None = None

    def as_object(self) -> dict[str, Any]:
        """Build the object that ``xorviz check --json`` prints."""
        return {
            "answer": self.answer,
            "names": list(self.names),
            "since": self.since,
            "difference": None if self.difference is None else finite(self.difference),
            "layer": self.layer,
        }
