"""Names: how weights, biases and units are called, and how links and columns spell them.

A parameter is named by its edge, as in ``x1 → h1``. Its spelling has plain letters alone,
as in ``x1_h1``. How LaTeX writes a name is in `step.latex.notation`.
"""

from typing import Final

LEARNING_RATE: Final = "η"
"""The parameter of an edit that sets the learning rate: a fork of the run."""

OUTPUT: Final = "ŷ"
CONSTANT: Final = "1"
"""The source of every bias: the constant that a bias multiplies."""

_ARROW: Final = " → "
_SPELLINGS: Final = {_ARROW: "_", OUTPUT: "y", LEARNING_RATE: "lr"}


def unit_names(hidden_size: int) -> list[str]:
    """Name the hidden units: h1, h2 and so on."""
    return [f"h{unit}" for unit in range(1, hidden_size + 1)]


def parameter_names(hidden_size: int, biases: bool) -> list[str]:
    """Name every weight and bias, in the order of `network.Layers.flat`."""
    units = unit_names(hidden_size)
    names = [edge(source, unit) for source in ("x1", "x2") for unit in units]
    names += [edge(unit, OUTPUT) for unit in units]
    if biases:
        names += [edge(CONSTANT, unit) for unit in [*units, OUTPUT]]
    return names


def edge(source: str, target: str) -> str:
    """Name the edge from one node to another."""
    return f"{source}{_ARROW}{target}"


def ends(name: str) -> tuple[str, str]:
    """Read the source and the target of an edge from its name."""
    source, target = name.split(_ARROW)
    return source, target


def node_index(node: str) -> int:
    """Index of an input or a hidden unit, from 0: that of h1, and of x1, is 0."""
    return int(node[1:]) - 1


def spelled(name: str) -> str:
    """Spell a parameter for links and columns: ``h1_y`` for ``h1 → ŷ``, ``lr`` for ``η``."""
    for part, spelling in _SPELLINGS.items():
        name = name.replace(part, spelling)
    return name


def read_name(spelling: str) -> str:
    """Read a parameter's name back from its spelling; see `spelled`."""
    for part, spelt in _SPELLINGS.items():
        spelling = spelling.replace(spelt, part)
    return spelling
