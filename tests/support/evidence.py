"""Evidence: what the doctor measures of every run, by name."""

NAMES = [
    "Mean |error|",
    "½ Σ error²",
    "Trend",
    "Rises",
    "Gradient",
    "Sharpness",
    "Curvature",
    "Terrain",
    "Derivatives",
    "Output derivatives",
]
