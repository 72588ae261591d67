"""SVG: what is written in a picture."""

from pathlib import Path
from typing import Final
from xml.etree import ElementTree

SVG: Final = "{http://www.w3.org/2000/svg}"


def texts(svg: Path) -> list[str]:
    return [text.text or "" for text in ElementTree.parse(svg).iter(f"{SVG}text")]
