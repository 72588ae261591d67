"""Findings: the facts that hold about a run, as numbers."""

from dataclasses import dataclass
from typing import ClassVar

from xorviz.doctor.hessian import Curvature, Terrain
from xorviz.doctor.look import Look
from xorviz.doctor.rate import SmallSteps


@dataclass(frozen=True)
class Impossible:
    """No weights of one hidden unit, with biases or without, give these targets."""

    kind: ClassVar = "impossible"
    targets: str
    biases: bool


@dataclass(frozen=True)
class Diverged:
    """From this epoch on there are numbers that are not finite."""

    kind: ClassVar = "diverged"
    epoch: int


@dataclass(frozen=True)
class Solved:
    """From this epoch on all four predictions are right."""

    kind: ClassVar = "solved"
    epoch: int


@dataclass(frozen=True)
class TooSlow:
    """A run of so many epochs is not solved, and is from `solved_at` on if trained on."""

    kind: ClassVar = "too slow"
    epochs: int
    solved_at: int


@dataclass(frozen=True)
class RateTooLarge:
    """The same start with smaller steps is solved.

    Attributes
    ----------
    steps
        The run with smaller steps.
    epochs, rises, last_rise
        The diagnosed run's updates, how many of them raised the loss, and the last that did.
    """

    kind: ClassVar = "learning rate too large"
    steps: SmallSteps
    epochs: int
    rises: int
    last_rise: int | None


@dataclass(frozen=True)
class StuckAnyhow:
    """The same start with smaller steps is not solved either.

    Attributes
    ----------
    steps
        The run with smaller steps.
    is_same
        Whether it ends with the diagnosed run's outputs.
    terrain
        Where the diagnosed run ends.
    """

    steps: SmallSteps
    is_same: bool
    terrain: Terrain

    @property
    def kind(self) -> str:
        """The start is to blame where smaller steps lead to the same valley."""
        return "unlucky start" if self.is_same and self.terrain == "valley" else "learning rate"


@dataclass(frozen=True)
class Plateau:
    """All four outputs are near 0.5, between these two; those of a solved run are right."""

    kind: ClassVar = "plateau"
    low: float
    high: float
    is_solved: bool


@dataclass(frozen=True)
class WrongOutput:
    """An output on the wrong side of 0.5: the row by name, the output, and the row's target."""

    row: str
    output: float
    target: str


@dataclass(frozen=True)
class Count:
    """How many predictions are right, and whether that changes with more epochs.

    Attributes
    ----------
    wrong, look
        The other predictions, and how they go on with more epochs.
    gradient, curvature
        Length of the last state's gradient, and how the loss curves there.
    """

    wrong: tuple[WrongOutput, ...]
    look: Look
    gradient: float
    curvature: Curvature

    @property
    def correct(self) -> int:
        """How many predictions are right."""
        return 4 - len(self.wrong)

    @property
    def kind(self) -> str:
        """The same in words."""
        return f"{self.correct} of 4"


@dataclass(frozen=True)
class Oscillating:
    """The loss goes up and down.

    Attributes
    ----------
    rises, updates
        The share of the last updates that raised it, and how many updates these are.
    sharpness
        That of the last state; see `Curvature`.
    """

    kind: ClassVar = "oscillating"
    rises: float
    updates: int
    sharpness: float


@dataclass(frozen=True)
class SaturatedUnits:
    """Units through which hardly any error gets back.

    Attributes
    ----------
    hidden
        The numbers of the hidden units, each with its largest σ′ over the inputs that reach
        its weights.
    output
        The rows on which the output is saturated on the wrong side, each with its σ′.
    biases
        Whether there are biases: without them row 00 reaches no hidden unit's weights.
    """

    kind: ClassVar = "saturated units"
    hidden: tuple[tuple[int, float], ...]
    output: tuple[tuple[str, float], ...]
    biases: bool


@dataclass(frozen=True)
class Group:
    """Hidden units that have the same activations.

    Attributes
    ----------
    units, output_weights
        Their numbers, and their weights to the output.
    is_one
        Whether one unit with the sum of these weights gives the same outputs.
    is_equal
        Whether all of their weights and biases are the same, to the last bit.
    """

    units: tuple[int, ...]
    output_weights: tuple[float, ...]
    is_one: bool
    is_equal: bool


@dataclass(frozen=True)
class DuplicateUnits:
    """Hidden units that do the same, group by group."""

    kind: ClassVar = "duplicate units"
    groups: tuple[Group, ...]


Finding = (
    Impossible
    | Diverged
    | Solved
    | TooSlow
    | RateTooLarge
    | StuckAnyhow
    | Plateau
    | Count
    | Oscillating
    | SaturatedUnits
    | DuplicateUnits
)
