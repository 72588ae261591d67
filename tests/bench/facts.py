"""Facts: the machine and the versions that the figures are of."""

import os
import platform
import re
from collections.abc import Iterator
from importlib.metadata import version

import psutil

from tests.bench.browser import APP, new_browser


def facts() -> Iterator[str]:
    """Yield a line for each."""
    yield f"machine    {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    yield f"load       {psutil.getloadavg()[0]:.1f} before the bench: what others add to the noise"
    yield f"Python     {platform.python_version()}"
    yield f"NumPy      {version('numpy')}"
    yield f"Streamlit  {version('streamlit')}"
    yield f"plotly.js  {_plotly_js()}"
    with new_browser() as browser:
        yield f"Chromium   {browser.version}, headless"


def _plotly_js() -> str:
    bundle = APP.parent / "xorviz/stage/static/vendor/plotly-flat.min.js"
    with bundle.open(encoding="utf-8") as text:
        found = re.search(r" v([\d.]+)", text.read(200))
    return found[1] if found else "unknown"
