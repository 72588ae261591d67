"""Switches: the choices between views of a chart or a diagram."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Option:
    """One position of a switch: its changes of traces and layout; links call it `key`.

    A position that is a view shows data that are asked for when it is chosen; see `views`. `detail`
    is the parameter of what the reader may pick in it: a pair of these `units`.
    """

    label: str
    traces: dict[str, Any] = field(default_factory=dict)
    layout: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    is_view: bool = False
    detail: str = ""
    units: Sequence[str] = ()


@dataclass(frozen=True)
class Switch:
    """A choice between views of a chart. Links call it `name`; one without is in no link."""

    label: str
    options: Sequence[Option]
    name: str = ""


def views_switch(label: str, name: str, base: str, *views: Option) -> Switch:
    """Switch between what a chart shows by itself and its views."""
    return Switch(label, [Option(base, key=base), *views], name)


def view(key: str, label: str = "", **picked: Any) -> Option:
    """Name a view by its key in links, which is its label, too, unless there is another."""
    return Option(label or key, key=key, is_view=True, **picked)
