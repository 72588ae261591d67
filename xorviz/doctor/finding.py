"""Finding: one thing that holds of a run."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "diverged",
    "solved",
    "impossible",
    "too slow",
    "learning rate too large",
    "plateau",
    "3 of 4",
    "2 of 4",
    "1 of 4",
    "0 of 4",
    "unlucky start",
    "learning rate",
    "oscillating",
    "saturated units",
    "duplicate units",
]


@dataclass(frozen=True)
class Finding:
    """One thing that holds of a run, in a few sentences."""

    kind: Kind
    text: str
