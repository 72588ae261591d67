"""The atlas: a cell for each network of a sweep, and the solved share of each row and column."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.verdict import KINDS
from xorviz.figures.chart import Chart, Spec
from xorviz.figures.layout import layout
from xorviz.figures.switches import Option, Switch
from xorviz.figures.theme import CURVE, MUTED, VERDICT_COLOURS
from xorviz.sweeps.results import Results
from xorviz.sweeps.table import Share, outcome

AXES: Final = {"seed": "seed", "learning_rate": "learning rate", "hidden_size": "hidden units"}
"""The settings that may be swept, and their names on the axes."""
PAIRS: Final = {
    "seed-lr": ("seed", "learning_rate"),
    "seed-hidden": ("seed", "hidden_size"),
    "lr-hidden": ("learning_rate", "hidden_size"),
}
"""Pairs of settings, by their names in links: the first goes across, the second up."""

CELLS: Final = "Each cell is a network"
OPENS: Final = ": click it to open its run"
SHARES: Final = ". The dots beside and above show which share of each row and column is solved."
SEEDS_HINT: Final = " With other seeds a row's share would likely stay on the line through its dot."
MAX_TICKS: Final = 10
MAP: Final = {"across": [0.0, 0.82], "up": [0.0, 0.76]}
"""The part of the chart that the map takes; the shares are beside and above it."""
MARGIN: Final = {"across": [0.85, 1.0], "up": [0.81, 1.0]}


def chart(
    results: Results, across: str, up: str, chosen: int | None = None, *, opens: bool = True
) -> Chart:
    """Draw a sweep along two of its settings; the third must have one value.

    Parameters
    ----------
    results
        The results of the sweep; cells of untrained networks are empty.
    across, up
        The two settings, by their names in `AXES`.
    chosen
        Index of a network to mark.
    opens
        Whether a click on a cell opens its run, which no picture does.
    """
    values = results.config.values
    grid = (len(values[up]), len(values[across]))
    trained: NDArray[np.bool_] = (results.verdict >= 0).reshape(grid)
    solved = (results.verdict == KINDS.index("solved")).reshape(grid)
    loss, since = results.mean_abs_error, results.solved_at
    # Grey below all trained networks shows where the colouring has no value.
    grey = [[0, MUTED], [1, MUTED]]
    ground = _heatmap(np.zeros(grid), trained, grid, colorscale=grey, opacity=0.4)
    return Chart(
        name="atlas",
        title="Atlas",
        hint=f"{CELLS}{OPENS if opens else ''}{SHARES}{SEEDS_HINT if across == 'seed' else ''}",
        traces=[
            ground,
            _verdicts(results, grid),
            _scale(loss.round(4), np.isfinite(loss), grid, 0.5, "mean |error|"),
            _scale(since, since >= 0, grid, results.config.base.epochs, "epochs", tickformat=","),
            _labels(results, grid),
            _shares(solved, trained, values[across], axis=0, of_seeds=up == "seed"),
            _shares(solved, trained, values[up], axis=1, of_seeds=across == "seed"),
        ],
        layout=_layout(results, across, up, chosen),
        switches=[COLOURS],
    )


def _switch() -> Switch:
    names = {"verdict": "verdict", "loss": "final loss", "epochs": "epochs to solve"}
    always = (0, 4, 5, 6)
    return Switch(
        "Colour by",
        [
            Option(name, {"visible": [i in always or i == shown for i in range(7)]}, {}, key)
            for shown, (key, name) in enumerate(names.items(), start=1)
        ],
        "colour",
    )


COLOURS: Final = _switch()


def _heatmap(
    values: NDArray[Any], shown: NDArray[np.bool_], grid: tuple[int, int], **more: Any
) -> Spec:
    """Colour the cells that are shown, and leave the others empty."""
    cells = values.astype(object)
    cells[~shown] = None
    return {
        "type": "heatmap",
        "z": cells.reshape(grid).tolist(),
        "hoverinfo": "skip",
        "xgap": 0.5,
        "ygap": 0.5,
        "showscale": False,
        **more,
    }


def _verdicts(results: Results, grid: tuple[int, int]) -> Spec:
    """Colour by verdict; the scale has only the verdicts that occur."""
    kinds = np.unique(results.verdict[results.verdict >= 0])
    names = [KINDS[kind] for kind in kinds]
    return _heatmap(
        np.searchsorted(kinds, results.verdict),
        results.verdict >= 0,
        grid,
        zmin=-0.5,
        zmax=max(len(kinds), 1) - 0.5,
        colorscale=_steps([VERDICT_COLOURS[name] for name in names] or [MUTED]),
        showscale=bool(names),
        colorbar=_colorbar(tickvals=list(range(len(names))), ticktext=names),
    )


def _scale(
    values: NDArray[Any],
    shown: NDArray[np.bool_],
    grid: tuple[int, int],
    most: float,
    title: str,
    **bar: Any,
) -> Spec:
    """Colour by a number from 0 to the most that it can be."""
    return _heatmap(
        values,
        shown,
        grid,
        zmin=0,
        zmax=most,
        colorscale="Viridis",
        showscale=True,
        colorbar=_colorbar(title={"text": title, "side": "right"}, **bar),
    )


def _labels(results: Results, grid: tuple[int, int]) -> Spec:
    """Draw the text that a cell shows on hover."""
    texts = [
        outcome(results, index) if verdict >= 0 else None
        for index, verdict in enumerate(results.verdict)
    ]
    text = np.array(texts, dtype=object).reshape(grid).tolist()
    shown = results.verdict >= 0
    return _heatmap(np.zeros(shown.shape), shown, grid, opacity=0, text=text, hoverinfo="text")


def _shares(
    solved: NDArray[np.bool_],
    trained: NDArray[np.bool_],
    values: Sequence[Any],
    axis: int,
    of_seeds: bool,
) -> Spec:
    """Mark the solved share of every column (axis 0) or row (axis 1).

    Shares of networks that differ by their seeds have an interval, as seeds are drawn by chance.
    """
    counts = zip(solved.sum(axis).tolist(), trained.sum(axis).tolist(), strict=True)
    shares = {index: Share(*count) for index, count in enumerate(counts) if count[1]}
    along, measured = ("x", "y") if axis == 0 else ("y", "x")
    return {
        "type": "scatter",
        "mode": "markers",
        along: list(shares),
        measured: [share.value for share in shares.values()],
        f"error_{measured}": _intervals(list(shares.values()) if of_seeds else []),
        "marker": {"size": 4, "color": CURVE},
        "text": [
            f"{values[index]:g}: {share.of_seeds if of_seeds else share}"
            for index, share in shares.items()
        ],
        "hoverinfo": "text",
        f"{measured}axis": f"{measured}2",
    }


def _intervals(shares: Sequence[Share]) -> Spec:
    return {
        "type": "data",
        "symmetric": False,
        "array": [share.interval[1] - share.value for share in shares],
        "arrayminus": [share.value - share.interval[0] for share in shares],
        "thickness": 1,
        "width": 0,
        "color": MUTED,
    }


def _layout(results: Results, across: str, up: str, chosen: int | None) -> Spec:
    values = results.config.values
    share: Spec = {"range": [-0.05, 1.05], "tickvals": [0, 1], "tickformat": ".0%"}
    share |= {"zeroline": False, "gridcolor": MUTED, "gridwidth": 0.5, "fixedrange": True}
    return layout(
        {"domain": MAP["across"], **_axis(AXES[across], values[across])},
        {"domain": MAP["up"], **_axis(AXES[up], values[up])},
        xaxis2={**share, "domain": MARGIN["across"]},
        yaxis2={**share, "domain": MARGIN["up"]},
        shapes=_mark(chosen, len(values[across])),
        uirevision=repr(results.config),
    )


def _axis(title: str, values: Sequence[Any]) -> Spec:
    """Label an axis of cells by their values, where there is room."""
    step = -(-len(values) // MAX_TICKS)
    ticks = list(range(0, len(values), step))
    return {
        "title": {"text": title, "standoff": 4},
        "range": [-0.5, len(values) - 0.5],
        "tickvals": ticks,
        "ticktext": [f"{values[tick]:g}" for tick in ticks],
        "showgrid": False,
    }


def _mark(chosen: int | None, columns: int) -> list[Spec]:
    """Draw an outline around a cell that shows on every colour."""
    if chosen is None:
        return []
    row, column = divmod(chosen, columns)
    corners = {"x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5}
    lines = ({"color": "#fff", "width": 4}, {"color": "#000", "width": 2})
    return [{"type": "rect", **corners, "line": line} for line in lines]


def _colorbar(**more: Any) -> Spec:
    return {"thickness": 10, "len": MAP["up"][1], "y": 0, "yanchor": "bottom", "x": 1.02, **more}


def _steps(colours: Sequence[str]) -> list[list[Any]]:
    """Build a colour scale with an even step for each colour."""
    edges = np.repeat(np.linspace(0, 1, len(colours) + 1), 2)[1:-1].tolist()
    return [[edge, colours[index // 2]] for index, edge in enumerate(edges)]
