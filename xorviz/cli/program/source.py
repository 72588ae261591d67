"""Source: the code of a script or a notebook, with a watch put into each loop that updates.

A loop updates if it assigns one of the watched names, or calls a function of the same file that
does. The code is otherwise left as it is, its line numbers too.
"""

import ast
import json
import re
from collections.abc import Sequence
from importlib.util import decode_source
from pathlib import Path
from typing import Any, Final

WATCH: Final = "__xorviz_watch__"
"""The name of the watch in the program."""
OTHER_LANGUAGE: Final = re.compile(r"\s*%%(?!capture|prun|time)")
"""The first line of a cell that holds no Python, such as one of a shell."""
Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.For | ast.AsyncFor | ast.While


def read_source(path: Path) -> str:
    """Read a script, or the code cells of a notebook without lines that begin with % or !.

    Raises
    ------
    ValueError
        Where it is no text, or no notebook.
    """
    content = path.read_bytes()
    if path.suffix.lower() == ".ipynb":
        return _cells(content.decode("utf-8-sig"))
    return decode_source(content)


def _cells(text: str) -> str:
    try:
        cells = json.loads(text)["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        code = ["".join(source) for source in sources]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("it has no cells") from error
    python = [cell for cell in code if not OTHER_LANGUAGE.match(cell)]
    return "\n".join(_without_magic(line) for cell in python for line in cell.split("\n"))


def _without_magic(line: str) -> str:
    """Leave out a line for Jupyter alone; a block that has no other line stays one."""
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}pass" if bare.startswith(("%", "!")) else line


def watched(source: str, file: str, names: Sequence[str]) -> ast.Module:
    """Parse a program, and put a watch into each loop that updates the names.

    Raises
    ------
    SyntaxError
        Where it is no Python.
    """
    module = ast.parse(source, file)
    last_parts = {name.rpartition(".")[2] for name in names}
    _Watcher(last_parts, _updating_functions(module, last_parts)).visit(module)
    return ast.fix_missing_locations(module)


def _updating_functions(module: ast.Module, names: set[str]) -> set[str]:
    """The names of functions that assign one of these names, or call a function that does."""
    functions = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    updating: set[str] = set()
    while more := {f.name for f in functions if _updates(f, names, updating)} - updating:
        updating |= more
    return updating


def _updates(tree: ast.AST, names: set[str], functions: set[str]) -> bool:
    """Whether code assigns one of the names, writes to it, or calls one of the functions."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                found = name in names
            case ast.Subscript(value=value, ctx=ast.Store()):
                found = _last_name(value) in names
            case ast.keyword(arg="out", value=value):
                found = _last_name(value) in names
            case ast.Call(func=function):
                found = _last_name(function) in functions
            case _:
                found = False
        if found:
            return True
    return False


def _last_name(node: ast.AST) -> str:
    """The name of an array, without its indices, or of a function, without its object."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return getattr(node, "attr", getattr(node, "id", ""))


class _Watcher(ast.NodeTransformer):
    """Puts a watch into every loop that updates: how deep it is told when the program runs."""

    def __init__(self, names: set[str], functions: set[str]) -> None:
        self._names, self._functions = names, functions

    def _visit_loop(self, node: Any) -> list[ast.stmt]:
        self.generic_visit(node)
        if not _updates(ast.Module(node.body, []), self._names, self._functions):
            return [node]
        here = "locals(), globals()"
        before = _statements(f"{WATCH}.enter({node.lineno}, {here})", node)
        leave = _statements(f"{WATCH}.leave()", node)
        after = _statements(f"{WATCH}.update({node.lineno}, {here})", node)
        node.body = [ast.Try(node.body, [], [], after)]
        return [*before, ast.Try([ast.copy_location(node, node)], [], [], leave)]

    visit_For = visit_AsyncFor = visit_While = _visit_loop  # noqa: N815


def _statements(code: str, at: ast.stmt) -> list[ast.stmt]:
    return [ast.copy_location(statement, at) for statement in ast.parse(code).body]
