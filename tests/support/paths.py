"""Paths: where the project and its app are."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
APP: Final = ROOT / "app.py"
