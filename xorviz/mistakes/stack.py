"""Stack: many programs side by side, each from many states, by the very lines of `core.loop`.

Every array has two leading axes, the programs C and the starting states F. A line that some
programs write in another way is executed as it is for all, and then once more for those: a
10,000-epoch run of all single mistakes takes about a second. The bits may differ from those of
a run alone, as products are of stacks.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.lines import BIAS_LINES, LINES
from xorviz.core.loop import ARGUMENTS, PARAMETERS, sigmoid, sigmoid_derivative
from xorviz.core.network import Array, Layers
from xorviz.core.truth_table import INPUTS, target_column
from xorviz.mistakes.programs import ALL_ROWS, Program

_SHARED: Final = ("np", "sigmoid", "sigmoid_derivative", "len", "learning_rate")
"""The names in lines that have no axis of programs."""


class Stack:
    """Programs that all are updated at once, from the same starting states.

    Parameters
    ----------
    programs
        The programs, either all row after row or none.
    config
        The settings of the network.
    starts, rates
        The starting states, shape (F, P), and their learning rates, shape (F,).

    Attributes
    ----------
    flat
        The present parameters of each program from each state, shape (C, F, P).
    """

    def __init__(
        self, programs: Sequence[Program], config: TrainConfig, starts: Array, rates: Array
    ) -> None:
        programs = list(programs)
        self.flat = np.repeat(starts[np.newaxis], len(programs), axis=0)
        self._rates = rates[:, np.newaxis, np.newaxis]
        self._update = compile_stack(programs, config.biases)
        layers = [Layers(vector, config.hidden_size) for vector in (self.flat, 0 * self.flat)]
        self._arrays = [
            _with_rows(getattr(layer, name)) for layer in layers for name in PARAMETERS.values()
        ]
        self._passes = list(_passes(programs, target_column(config.targets)))

    def update(self) -> None:
        """Update every program once."""
        for inputs, outputs in self._passes:
            self._update(inputs, outputs, self._rates, *self._arrays)


def _with_rows(parameters: Array) -> Array:
    """Give biases the axis of the rows, which weights have."""
    return parameters if parameters.ndim == 4 else parameters[:, :, np.newaxis, :]


def _passes(programs: Sequence[Program], targets: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the inputs and targets of each pass: all four rows at once, or one after the other."""
    rows = [ALL_ROWS if one.order is None else one.order for one in programs]
    inputs, outputs = (table[np.array(rows)][:, np.newaxis] for table in (INPUTS, targets))
    if programs[0].order is None:
        yield inputs, outputs
    else:
        for row in ALL_ROWS:
            yield inputs[:, :, row : row + 1], outputs[:, :, row : row + 1]


def compile_stack(programs: Sequence[Program], biases: bool) -> Callable[..., None]:
    """Compile one update of all programs at once; see `Stack`."""
    names: dict[str, Any] = {"np": np, "sigmoid": sigmoid, "sigmoid_derivative": sigmoid_derivative}
    writer = _Writer(programs, names)
    head = f"def update({', '.join(ARGUMENTS)}):\n    pass"
    module = ast.parse(head)
    (function,) = module.body
    assert isinstance(function, ast.FunctionDef)
    for line in LINES:
        if biases or line not in BIAS_LINES:
            function.body += writer.statements(line)
    exec(compile(ast.fix_missing_locations(module), "<loop>", "exec"), names)
    update: Callable[..., None] = names["update"]
    return update


class _Writer:
    """Writes each line for all programs, and again for those that write it in another way."""

    def __init__(self, programs: Sequence[Program], names: dict[str, Any]) -> None:
        self._changes = [one.change for one in programs]
        self._names = names
        self._number = count()

    def statements(self, line: str) -> Iterator[ast.stmt]:
        """Yield the statements in place of a line of the right loop."""
        for first in {
            change.first[0]: None
            for change in self._changes
            if change.first and change.first[1] == line
        }:
            movers = [n for n, c in enumerate(self._changes) if c.first == (first, line)]
            yield from self._rewritten(first, movers)
        rewriting = [
            n for n, c in enumerate(self._changes) if line in c.lines and not _moves(c, line)
        ]
        others = sorted({*rewriting, *(n for n, c in enumerate(self._changes) if _moves(c, line))})
        target, operator, _ = line.partition(" += ")
        if others and operator:
            group = self._group(others)
            yield from _parsed(f"saved = {target}[{group}].copy()", "")
            yield from _parsed(line, "")
            yield from _parsed(f"{target}[{group}] = saved", "")
        else:
            yield from _parsed(line, "")
        yield from self._rewritten(line, rewriting)

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
        name, first, last = f"group_{next(self._number)}", programs[0], programs[-1]
        if len(programs) == 1:
            self._names[name] = first
        elif programs == list(range(first, last + 1)):
            self._names[name] = slice(first, last + 1)
        else:
            self._names[name] = np.array(programs)
        return name


def _moves(change: Any, line: str) -> bool:
    return change.first is not None and change.first[0] == line


def _parsed(text: str, group: str) -> list[ast.stmt]:
    """Parse lines for stacks, of all programs, or of the group that this name indexes."""
    return [_ForStacks(group).visit(statement) for statement in ast.parse(text).body]


class _ForStacks(ast.NodeTransformer):
    """Rewrites a line so that rows and units are the last two axes, whatever stands before."""

    def __init__(self, group: str) -> None:
        self._group = group

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Take the part of an array that is the group's."""
        if not self._group or node.id in _SHARED:
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
