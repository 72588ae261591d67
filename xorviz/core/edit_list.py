"""Edits: the edits of a run as one setting, and how links and files spell them."""

import re
from dataclasses import dataclass
from typing import Any, Final

from xorviz.core.edit import LOWEST_RATE, MAX_EDITS, WEIGHT_LIMIT, Edit, ordered
from xorviz.core.fields import Field, Number, Whole
from xorviz.core.names import LEARNING_RATE, read_name, spelled

EPOCH: Final = Whole("Epoch", 0, 9_999_999)
VALUE: Final = Number("Value", -WEIGHT_LIMIT, WEIGHT_LIMIT)
RATE: Final = Number("Learning rate", LOWEST_RATE, WEIGHT_LIMIT)

SEPARATOR: Final = "~"
_EDIT: Final = re.compile(
    r"([\d,]{1,9})_((?:x1|x2|h\d{1,2}|1)_(?:h\d{1,2}|y)|lr)_([^_~]{1,30})", re.ASCII
)


@dataclass(frozen=True)
class Edits(Field):
    """Edits of a run, such as ``0_x1_h1_2.5~5000_h2_y_-1``: epoch, from, to and value of each.

    The learning rate has ``lr`` in place of from and to, as in ``500_lr_2``.
    """

    allowed = (
        f"a list, at most {MAX_EDITS} long, such as 0_h1_y_-3~500_lr_2 (epoch, from, to, "
        f"value from {-WEIGHT_LIMIT} to {WEIGHT_LIMIT}; or epoch, lr, rate from "
        f"{LOWEST_RATE:g} to {WEIGHT_LIMIT}), each once an epoch"
    )

    def allows(self, value: Any) -> bool:
        """Whether these are edits with values in bounds, each parameter once an epoch."""
        return (
            isinstance(value, tuple)
            and len(value) <= MAX_EDITS
            and all(isinstance(edit, Edit) and _in_bounds(edit) for edit in value)
            and len({edit[:2] for edit in value}) == len(value)
        )

    def read(self, text: str) -> tuple[Edit, ...]:
        """Read edits, in any order."""
        return ordered(map(_read, text.split(SEPARATOR))) if text else ()

    def write(self, value: Any) -> str:
        """Write edits as `read` reads them back, to the last bit."""
        return SEPARATOR.join(
            f"{edit.epoch}_{spelled(edit.parameter)}_{edit.value!r}" for edit in value
        )


def _read(text: str) -> Edit:
    match = _EDIT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    epoch, spelling, value = match.groups()
    return Edit(EPOCH.read(epoch), read_name(spelling), VALUE.read(value))


def _in_bounds(edit: Edit) -> bool:
    values = RATE if edit.parameter == LEARNING_RATE else VALUE
    is_name = isinstance(edit.parameter, str)
    return is_name and EPOCH.allows(edit.epoch) and values.allows(edit.value)
