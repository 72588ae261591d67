"""Child: runs one program and writes what was watched; ``python -m xorviz.cli.program.child``.

Its arguments are the program's file, the file to write, and the names of weights and biases.
"""

import json
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np

from xorviz.cli.program.source import WATCH, read_source, watched
from xorviz.cli.program.watch import Watch

SAID = ("learning_rate", "epochs", "inputs", "outputs")
"""The names of the notebook's settings that a program may tell."""


def main(file: str, result: str, *names: str) -> None:
    """Run a program, and write its states or why it can't be run, as NPZ."""
    watch, main_module = Watch(names), types.ModuleType("__main__")
    shared = main_module.__dict__
    shared.update({"__file__": file, WATCH: watch})
    problem = _run(Path(file), names, main_module)
    end = watch.look({}, shared)
    arrays: dict[str, Any] = {"problem": np.array(json.dumps(problem))}
    for loop, (_, states) in enumerate(watch.loops.items()):
        arrays[f"epochs_{loop}"] = np.array([*states])
        for place in range(len(names)):
            arrays[f"arrays_{loop}_{place}"] = _stacked([state[place] for state in states.values()])
    for place, array in enumerate(end or ()):
        arrays[f"end_{place}"] = array
    arrays |= {name: value for name in SAID if (value := _numbers(shared.get(name))) is not None}
    np.savez(result, **arrays)


def _run(path: Path, names: tuple[str, ...], main_module: types.ModuleType) -> Any:
    """Run the program; return the line and the reason where it ends with an error."""
    sys.argv, sys.path[0] = [str(path)], str(path.parent)
    sys.modules["__main__"] = main_module
    try:
        code = compile(watched(read_source(path), str(path), names), str(path), "exec")
    except SyntaxError as error:
        return ["syntax", error.lineno, error.msg]
    except (ValueError, RecursionError) as error:
        return ["unreadable", None, str(error)]
    try:
        exec(code, main_module.__dict__)
    except SystemExit:
        return None
    except BaseException as error:
        return ["error", _line(error, str(path)), f"{type(error).__name__}: {error}"[:200]]
    return None


def _line(error: BaseException, file: str) -> int | None:
    """The last line of the program's own on the way to an error."""
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _stacked(arrays: list[Any]) -> Any:
    """Stack states, those of another shape than the last one left out."""
    return np.array([array for array in arrays if array.shape == arrays[-1].shape])


def _numbers(value: Any) -> Any:
    """A value as an array of numbers; None where it is none."""
    try:
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return array if value is not None else None


if __name__ == "__main__":
    main(*sys.argv[1:])
