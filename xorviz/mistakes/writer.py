"""Writer: the lines of `core.loop` rewritten for stacks of programs, and compiled."""

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, Final

import numpy as np

from xorviz.core.catalogue import Change
from xorviz.core.lines import BIAS_LINES, LINES
from xorviz.core.loop import ARGUMENTS, KEPT, sigmoid, sigmoid_derivative
from xorviz.core.network import Array

RATE: Final = "learning_rate"
_FUNCTIONS: Final = {"np": np, "sigmoid": sigmoid, "sigmoid_derivative": sigmoid_derivative}
_STAND_INS: Final = {
    "inputs": (4, 2),
    "hidden_layer_activation": (4, 3),
    "hidden_layer_output": (4, 3),
    "d_predicted_output": (4, 1),
    "error_hidden_layer": (4, 3),
    "d_hidden_layer": (4, 3),
    "error": (4, 1),
    "weights_input_hidden": (2, 3),
    "weights_hidden_output": (3, 1),
    "biases_hidden": (3,),
    "biases_output": (1,),
}
"""The shapes of all arrays in lines that update parameters, of a network with three units."""


def compile_stack(changes: Sequence[Change], rates: Array, biases: bool) -> Callable[..., None]:
    """Compile one update of many programs at once.

    Parameters
    ----------
    changes
        What each of C programs changes.
    rates
        The learning rates of the starting states, shape (F,).
    biases
        Whether the network has biases.

    Returns
    -------
    A function of `ARGUMENTS`, whose arrays have the leading axes (C, F); the learning rates have
    shape (F, 1, 1), and biases the axis of rows.
    """
    writer = _Writer(changes, rates)
    (function,) = ast.parse(f"def update({', '.join(ARGUMENTS)}): pass").body
    assert isinstance(function, ast.FunctionDef)
    for line in LINES:
        if biases or line not in BIAS_LINES:
            function.body += writer.statements(line)
    module = ast.fix_missing_locations(ast.Module([function], []))
    exec(compile(module, "<stack>", "exec"), writer.names)
    update: Callable[..., None] = writer.names["update"]
    return update


class _Writer:
    """Writes each line for all programs, and again for those that write it in another way.

    Most lines that update parameters are a multiple of the right one: those are one statement,
    with a rate for each program. A program that writes the line in another way has the rate 0
    there, and a statement of its own.
    """

    def __init__(self, changes: Sequence[Change], rates: Array) -> None:
        self._changes, self._rates = changes, rates
        self._number = count()
        self.names: dict[str, Any] = dict(_FUNCTIONS)

    def statements(self, line: str) -> Iterator[ast.stmt]:
        """Yield the statements in place of a line of the right loop."""
        for first in dict.fromkeys(c.first[0] for c in self._changes if c.first):
            movers = [n for n, c in enumerate(self._changes) if c.first == (first, line)]
            yield from self._rewritten(first, movers)
        texts = ["" if _moves(c, line) else c.lines.get(line, line) for c in self._changes]
        others = [n for n, text in enumerate(texts) if text != line]
        if RATE in line:
            scales = {text: _multiple(line, text, self._rates) for text in set(texts)}
            others = [n for n in others if scales[texts[n]] is None]
            rate = self._named("rate", self._scaled(texts, scales))
            yield from _parsed(line.replace(RATE, rate), "")
        elif others and "+=" in line:
            target, group = line.partition(" += ")[0], self._group(others)
            yield from _parsed(f"before = {target}[{group}].copy()", "")
            yield from _parsed(line, "")
            yield from _parsed(f"{target}[{group}] = before", "")
        else:
            yield from _parsed(line, "")
        yield from self._rewritten(line, others)

    def _scaled(self, texts: Sequence[str], scales: dict[str, Array | None]) -> Array:
        """The rate of each program's update from each state, shape (C, F, 1, 1)."""
        factors = np.array([0 * self._rates if (s := scales[t]) is None else s for t in texts])
        rates: Array = factors * self._rates
        rates[np.isclose(rates, 1.0, rtol=0, atol=1e-14)] = 1.0  # which leaves all bits alone
        return rates[..., np.newaxis, np.newaxis]

    def _rewritten(self, line: str, programs: Sequence[int]) -> Iterator[ast.stmt]:
        """Yield the statements of a line as each of these programs writes it."""
        by_text: dict[str, list[int]] = {}
        for program in programs:
            by_text.setdefault(self._changes[program].lines.get(line, line), []).append(program)
        for text, group in by_text.items():
            if text:
                yield from _parsed(text, self._group(group))

    def _group(self, programs: list[int]) -> str:
        """Name the index of some programs: one number, a slice or an array of numbers."""
        first, last = programs[0], programs[-1]
        if programs == list(range(first, last + 1)):
            return self._named("group", first if first == last else slice(first, last + 1))
        return self._named("group", np.array(programs))

    def _named(self, kind: str, value: Any) -> str:
        name = f"{kind}_{next(self._number)}"
        self.names[name] = value
        return name


def _moves(change: Change, line: str) -> bool:
    return change.first is not None and change.first[0] == line


def _multiple(line: str, text: str, rates: Array) -> Array | None:
    """By how much a text's update is the right line's, at each rate; None if it is no multiple."""
    if any(kept in text for kept in KEPT):
        return None
    factors = {rate: _factor(line, text, rate) for rate in set(rates.tolist())}
    every = [factors[rate] for rate in rates.tolist()]
    return None if None in every else np.array(every, np.float64)


def _factor(line: str, text: str, rate: float) -> float | None:
    """By how much a text's update is the right line's, tried on any numbers."""
    try:
        ratios = np.concatenate([_ratios(line, text, rate, seed) for seed in (1, 2)])
    except ValueError:  # a line that fits two hidden units alone
        return None
    return float(ratios[0]) if np.ptp(ratios) <= 1e-12 * np.abs(ratios).max() else None


def _ratios(line: str, text: str, rate: float, seed: int) -> Array:
    """How many times as large a text makes each update as the right line, flat."""
    random, target = np.random.RandomState(seed), line.partition(" ")[0]
    drawn = {name: random.uniform(1, 2, shape) for name, shape in _STAND_INS.items()}
    updates: list[Array] = []
    for one in (line, text):
        names: dict[str, Any] = {**_FUNCTIONS, **drawn, RATE: rate}
        names[target] = np.zeros(_STAND_INS[target])
        exec(one, names)
        updates.append(names[target].ravel())
    return updates[1] / updates[0]


def _parsed(text: str, group: str) -> list[ast.stmt]:
    """Parse lines for stacks, of all programs, or of the group that this name indexes."""
    return [_ForStacks(group).visit(statement) for statement in ast.parse(text).body]


class _ForStacks(ast.NodeTransformer):
    """Rewrites a line so that rows and units are the last two axes, whatever stands before."""

    def __init__(self, group: str) -> None:
        self._group = group

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Take the part of an array that is the group's."""
        if not self._group or node.id in (*_FUNCTIONS, RATE, "len"):
            return node
        array, group = (ast.Name(name, ast.Load()) for name in (node.id, self._group))
        return ast.Subscript(array, group, node.ctx)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Transpose the last two axes alone."""
        self.generic_visit(node)
        return ast.Attribute(node.value, "mT" if node.attr == "T" else node.attr, node.ctx)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """Take a range of rows."""
        if isinstance(node.slice, ast.Slice):
            every = ast.Slice(None, None, None)
            rows = ast.Tuple([ast.Constant(...), node.slice, every], ast.Load())
            return ast.Subscript(self.visit(node.value), rows, node.ctx)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Multiply matrix by matrix, and sum or count along the rows."""
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(value=ast.Name(id="np"), attr="dot"):
                return _matmul(node.args)
            case ast.Attribute(value=left, attr="dot"):
                return _matmul([left, *node.args])
            case ast.Name(id="len"):
                return ast.parse(f"{ast.unparse(node.args[0])}.shape[-2]", mode="eval").body
            case ast.Attribute(attr="sum"):
                node.keywords = ast.parse("f(axis=-2, keepdims=True)", mode="eval").body.keywords  # type: ignore[attr-defined]
        for keyword in node.keywords:
            if keyword.arg == "axis":
                keyword.value = ast.Constant(-2)
        return node


def _matmul(factors: list[ast.expr]) -> ast.expr:
    return ast.Call(ast.parse("np.matmul", mode="eval").body, factors, [])
