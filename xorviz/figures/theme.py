"""Colours shared by the charts.

Orange means 1 or positive and blue means 0 or negative, in every chart. Readers
with every common kind of colour blindness can tell the two apart. Shape and dash also tell
right from wrong, and the kinds of weights.
"""

from typing import Any, Final

ORANGE: Final = "#e66101"
BLUE: Final = "#2b6cb8"
OUTPUT_POSITIONS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
OUTPUT_COLOURS: Final = {
    "light": (BLUE, "#8fb4dc", "#f3f1ec", "#f6b06f", ORANGE),
    "dark": (BLUE, "#28476d", "#26282e", "#854518", ORANGE),
}
"""Colours of activations of these sizes by the page's theme: near 0.5 they are near its ground."""
LOSS_COLOURS: Final = {
    "light": ((0, "#1f7a6c"), (1, "#f2f5f1")),
    "dark": ((0, "#4fae9d"), (1, "#191f22")),
}
"""Colours of the lowest and the highest loss by theme: the highest is near the page's ground."""

UNIT_COLOURS: Final = (
    "#0a9a74",
    "#b5539b",
    "#7a68c8",
    "#a58a00",
    "#2596a8",
    "#c0505a",
    "#7c8a2e",
    "#8a7467",
)
"""A colour for each hidden unit, repeated from the ninth on; none is the orange or the blue."""

CURVE: Final = "#7a68c8"
PIN_COLOURS: Final = ("#2596a8", "#c0505a", "#a58a00", "#8a7467")
"""A colour for each pinned run; none is that of the curve or of the first three units."""
MUTED: Final = "#808495"
"""Grey that reads on white and on black."""
GHOST: Final = MUTED
"""Colour of the run that was shown before."""

VERDICT_COLOURS: Final = {
    "solved": "#0a9a74",
    "3 of 4": "#e3b23c",
    "2 of 4": "#c8703a",
    "1 of 4": "#b5539b",
    "0 of 4": "#6b3a78",
    "plateau": "#8f94a3",
    "impossible": "#3d4350",
    "diverged": "#c0505a",
}
"""A colour for each of `verdict.KINDS`."""

END_COLOURS: Final = {kind: VERDICT_COLOURS[kind] for kind in ("solved", "diverged")}
"""Those of them that mark a run's verdict above its charts; every other one is marked `MUTED`."""

TEXT_AND_GRID: Final = {"light": ("#31333f", "#e3e5ea"), "dark": ("#fafafa", "#3a3f4b")}
"""Colours of text and grid by the page's theme."""


def unit_colour(unit: int) -> str:
    """Colour of a hidden unit, counted from 0."""
    return UNIT_COLOURS[unit % len(UNIT_COLOURS)]


def palettes() -> dict[str, dict[str, Any]]:
    """The layout attributes that depend on the theme, for light and dark."""
    return {
        name: {
            "font.color": text,
            "xaxis.gridcolor": grid,
            "yaxis.gridcolor": grid,
            "coloraxis.colorscale": [*zip(OUTPUT_POSITIONS, OUTPUT_COLOURS[name], strict=True)],
        }
        for name, (text, grid) in TEXT_AND_GRID.items()
    }
