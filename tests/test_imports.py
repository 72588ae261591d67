"""What each package needs from outside; which of ours it may import is in pyproject.toml."""

import subprocess
import sys
from pkgutil import walk_packages

import xorviz
from tests.support.paths import ROOT

NUMBERS = ["core", "step", "settings", "sweeps", "landscape", "doctor", "sentences"]
PACKAGES = [*NUMBERS, "figures", "stage", "export", "cli"]
OUTSIDE = {"streamlit", "plotly", "pandas", "pyarrow", "click", "nbformat", "segno", "distributed"}


def modules_of(*packages: str) -> list[str]:
    """Names of all modules of these packages."""
    names = [module.name for module in walk_packages(xorviz.__path__, "xorviz.")]
    return [name for name in names if name.split(".")[1] in packages]


def loaded_by(*modules: str) -> set[str]:
    """Names of the packages that a fresh Python has loaded after importing these modules."""
    code = (
        f"import sys, {', '.join(modules)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_packages_that_compute_need_numpy_alone() -> None:
    modules = modules_of(*NUMBERS)
    assert {name.split(".")[1] for name in modules} == set(NUMBERS)
    loaded = loaded_by(*modules)
    assert {"xorviz", "numpy"} <= loaded
    assert loaded.isdisjoint(OUTSIDE)


def test_nothing_but_the_page_loads_more_than_numpy_and_click_at_first() -> None:
    modules = modules_of(*PACKAGES)
    assert {name.split(".")[1] for name in modules} == set(PACKAGES)
    assert loaded_by(*modules) & OUTSIDE == {"click"}


def test_importing_xorviz_loads_nothing_from_outside() -> None:
    assert loaded_by("xorviz").isdisjoint({*OUTSIDE, "numpy"})


def test_python_loads_no_widgets_and_no_tables_before_one_is_shown() -> None:
    modules = [f"xorviz.notebook.{name}" for name in ("recorder", "run", "training")]
    loaded = loaded_by(*modules)
    assert loaded.isdisjoint({*OUTSIDE, "anywidget", "ipywidgets"})


def test_one_file_touches_the_session() -> None:
    files = (ROOT / "xorviz").rglob("*.py")
    touching = [file for file in files if "session_state" in file.read_text("utf-8")]
    assert [file.name for file in touching] == ["session.py"]


def test_xorviz_itself_holds_packages_alone() -> None:
    files = {path.name for path in (ROOT / "xorviz").iterdir() if path.is_file()}
    assert files == {"__init__.py", "__main__.py", "py.typed"}


def test_a_loaded_package_would_be_seen() -> None:
    assert loaded_by(*OUTSIDE) >= OUTSIDE
