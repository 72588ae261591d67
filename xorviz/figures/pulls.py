"""The tug of war at every weight: how hard each input pulls at it, and what their sum leaves."""

from collections.abc import Sequence

from xorviz.core.names import CONSTANT, OUTPUT, ends, unit_names
from xorviz.core.truth_table import ROW_NAMES
from xorviz.figures.multiples import Multiples, single
from xorviz.figures.theme import BLUE, ORANGE
from xorviz.step.step import Step


def pulls(steps: Sequence[Step]) -> Multiples:
    """Draw the four pulls at each weight and their sum, at the steps that start from each frame.

    An input's pull is minus its part of the gradient: the way in which it would move the weight.
    """
    config, names = steps[0].config, steps[0].names
    bias = [CONSTANT] if config.biases else []
    rows = [*(f"{source} →" for source in ("x1", "x2", *bias)), f"→ {OUTPUT}"]
    columns = [*unit_names(config.hidden_size), *bias]
    places = [_place(name, rows, columns) for name in names]
    layers = [0] * (len(rows) - 1) + [1]
    return Multiples(
        kind="pulls",
        title="Tug of war",
        hint="How hard the inputs 00, 01, 10 and 11 pull at each weight: a bar up would make it "
        "larger, a bar down smaller. Outlined: their sum, what is left of them. A layer has one "
        "scale, at the left.",
        names=names,
        places=places,
        rows=rows,
        columns=columns,
        inputs=ROW_NAMES,
        values={
            "pulls": single([-step.row_gradients.T for step in steps]),
            "sums": single([-step.gradients for step in steps]),
            "updates": single([step.updates for step in steps]),
        },
        look={
            "colours": (BLUE, ORANGE),
            "layers": [layers[row] for row, _ in places],
            "rows": layers,
        },
    )


def _place(name: str, rows: Sequence[str], columns: Sequence[str]) -> tuple[int, int]:
    """Row and column of a weight: in the column of its hidden unit, or of the constant 1."""
    source, target = ends(name)
    if target == OUTPUT:
        return len(rows) - 1, columns.index(source)
    return rows.index(f"{source} →"), columns.index(target)
