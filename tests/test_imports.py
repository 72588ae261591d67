import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = [
    "truth_table",
    "config",
    "edit",
    "network",
    "trainer",
    "recording",
    "backprop",
    "gradient_check",
    "prediction",
    "verdict",
    "decision_surface",
    "formulas",
    "batch",
    "workers",
    "sweep",
    "sweep_table",
    "ranges",
    "impossible",
    "hessian",
    "evidence",
    "outlook",
    "diagnosis",
    "unit_health",
    "cures",
    "settings_text",
    "reference",
    "link",
    "link_fields",
]
EXPORTS = ["export.card", "export.data", "export.script", "export.notebook"]


def loaded_by(*modules: str) -> set[str]:
    """Names of the packages that a fresh Python has loaded after importing these modules."""
    code = (
        f"import sys, {', '.join(modules)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_core_needs_numpy_alone() -> None:
    loaded = loaded_by(*(f"xorviz.{module}" for module in CORE))
    assert {"xorviz", "numpy"} <= loaded
    assert loaded.isdisjoint({"streamlit", "plotly", "pandas", "tqdm"})


def test_the_command_line_needs_a_progress_bar_besides() -> None:
    loaded = loaded_by("xorviz.cli")
    assert {"numpy", "tqdm"} <= loaded
    assert loaded.isdisjoint({"streamlit", "plotly", "pandas"})


def test_the_figures_need_no_streamlit() -> None:
    loaded = loaded_by("xorviz.figures")
    assert "numpy" in loaded
    assert loaded.isdisjoint({"streamlit", "pandas"})


def test_a_run_is_packed_and_put_into_a_page_without_streamlit() -> None:
    loaded = loaded_by("xorviz.stage.opening", "xorviz.export.html", "xorviz.cli.picture")
    assert "numpy" in loaded
    assert loaded.isdisjoint({"streamlit", "pandas"})


def test_one_file_touches_the_session() -> None:
    files = (ROOT / "xorviz").rglob("*.py")
    touching = [file for file in files if "session_state" in file.read_text("utf-8")]
    assert [file.name for file in touching] == ["session.py"]


def test_the_exports_of_numbers_and_code_load_numpy_alone() -> None:
    loaded = loaded_by(*(f"xorviz.{module}" for module in EXPORTS))
    assert {"xorviz", "numpy"} <= loaded
    assert loaded.isdisjoint({"streamlit", "plotly", "pandas", "tqdm", "nbformat"})


@pytest.mark.parametrize("package", ["streamlit", "plotly", "pandas", "tqdm", "nbformat"])
def test_a_loaded_package_would_be_seen(package: str) -> None:
    assert package in loaded_by(package)
