"""What the project says of itself: versions, locks, and the packages that it is made of."""

import ast
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import xorviz
from tests.support.paths import ROOT

PACKAGES = sorted(path.parent.name for path in (ROOT / "xorviz").glob("*/__init__.py"))
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "tests/requirements.lock": ["requirements.txt", "tests/requirements.txt"],
}


def lines_of(file: str) -> list[str]:
    return (ROOT / file).read_text("utf-8").split("\n")


def locked(file: str) -> dict[str, list[Version]]:
    """The versions of each package in a lock file: another one for other releases of Python."""
    versions: dict[str, list[Version]] = {}
    for line in lines_of(file):
        if match := re.match(r"([\w.-]+)==([\w.]+)", line):
            versions.setdefault(canonicalize_name(match[1]), []).append(Version(match[2]))
    return versions


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_requirements_ask_for(lock: str) -> None:
    versions = locked(lock)
    lines = [line for file in LOCKS[lock] for line in lines_of(file)]
    asked = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert len(asked) > 5
    for requirement in asked:
        found = versions[canonicalize_name(requirement.name)]
        assert all(version in requirement.specifier for version in found)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_alone(lock: str) -> None:
    pattern = r"([\w.-]+==[\w.]+( ; [\w .'<>=!()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|)"
    assert all(re.fullmatch(pattern, line) for line in lines_of(lock))


def test_both_locks_hold_the_same_versions() -> None:
    app, tests = map(locked, LOCKS)
    assert app == {name: tests[name] for name in app}


def test_streamlit_and_plotly_are_held_to_the_minor_release_that_was_tested() -> None:
    pinned = dict(line.split("~=") for line in lines_of("requirements.txt") if "~=" in line)
    assert all(pinned[name].count(".") == 2 for name in ("streamlit", "plotly"))


def test_the_player_in_jupyter_is_tested_with_what_its_extra_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (asked,) = project["optional-dependencies"]["notebook"]
    assert asked in lines_of("tests/requirements.txt")


def test_the_extra_for_clusters_is_what_the_tests_use() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (cluster,) = project["optional-dependencies"]["cluster"]
    assert cluster in lines_of("tests/requirements.txt")


def test_the_newest_part_of_the_changelog_is_of_this_version() -> None:
    headings = [line for line in lines_of("CHANGELOG.md") if line.startswith("## ")]
    assert re.fullmatch(rf"## {re.escape(xorviz.__version__)} \(\d{{4}}-\d\d-\d\d\)", headings[0])


def test_every_package_has_a_row_in_the_readme_and_a_folder_of_tests() -> None:
    rows = re.findall(r"^\| `(\w+)/` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == PACKAGES
    assert all((ROOT / "tests" / package / "__init__.py").exists() for package in PACKAGES)


def test_every_package_says_what_it_is_and_what_it_never_does() -> None:
    for package in PACKAGES:
        source = (ROOT / "xorviz" / package / "__init__.py").read_text("utf-8")
        said = ast.get_docstring(ast.parse(source)) or ""
        assert len(re.findall(r"\.(?=\s|$)", said)) == 2, package
        assert "never" in said, package


def test_no_test_module_imports_another() -> None:
    for file in (ROOT / "tests").rglob("*.py"):
        imported = re.findall(r"^from (tests[\w.]*)", file.read_text("utf-8"), re.MULTILINE)
        assert not [name for name in imported if ".test_" in name or name == "tests"], file


def test_the_order_of_the_packages_names_each_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    named = [name.strip() for layer in contract["layers"] for name in layer.split("|")]
    assert sorted(named) == PACKAGES
