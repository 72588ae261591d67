"""Backpropagation you can watch, stop and check.

A small sigmoid network is trained on a truth table, in NumPy, one full-batch
epoch at a time; the recorded training is played back in the browser.

In Python::

    run = xorviz.train(seed=7, learning_rate=2, hidden_size=3)
    run.figure("loss").show()
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xorviz.notebook.checking import check as check
    from xorviz.notebook.recorder import Recorder as Recorder
    from xorviz.notebook.run import Run as Run
    from xorviz.notebook.training import load as load
    from xorviz.notebook.training import sweep as sweep
    from xorviz.notebook.training import train as train

__version__ = "1.6.0"
__all__ = ["Recorder", "Run", "check", "load", "sweep", "train"]

_MODULES: Final = {
    "train": "xorviz.notebook.training",
    "load": "xorviz.notebook.training",
    "sweep": "xorviz.notebook.training",
    "check": "xorviz.notebook.checking",
    "Recorder": "xorviz.notebook.recorder",
    "Run": "xorviz.notebook.run",
}
"""The modules of the public names, each loaded when it is first asked for."""


def __getattr__(name: str) -> Any:
    """Load a public name, so that importing the package alone loads nothing."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
