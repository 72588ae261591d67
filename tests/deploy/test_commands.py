"""The commands that the project gives to operators, on a Debian that has what every Debian has."""

import re
from typing import Final

from tests.support.paths import ROOT

README: Final = ROOT / "deploy" / "README.md"
UNIT: Final = ROOT / "deploy" / "xorviz@.service"
BASE: Final = {"apt-get", "cp", "echo", "systemctl"}
PACKAGES: Final = {"python3": "python3-venv", "/usr/sbin/haproxy": "haproxy", "socat": "socat"}
"""The packages of other programs. One of `sbin` needs its path: only administrators look there."""
ADMIN: Final = "/run/haproxy/admin.sock"


def commands() -> list[str]:
    """The commands for replicas and their balancer."""
    text, _ = README.read_text("utf-8").split("## Sweeps on a cluster")
    return re.findall(r"^ {4}(.+)$", text, re.MULTILINE)


def test_programs_are_installed_before_they_are_called() -> None:
    installed = set[str]()
    for part in (part for command in commands() for part in command.split(" | ")):
        program, *words = part.removeprefix("sudo ").split()
        if program == "apt-get":
            installed |= {*words}
        is_ours = program.startswith(".venv/bin/")
        assert is_ours or program in BASE or PACKAGES.get(program) in installed, part


def test_commands_to_the_balancer_are_given_as_an_administrator() -> None:
    given = [command for command in commands() if ADMIN in command]
    assert given
    assert all(f"| sudo socat - {ADMIN}" in command for command in given)


def test_files_that_commands_name_are_there() -> None:
    text = "\n".join([*commands(), UNIT.read_text("utf-8")])
    files = re.findall(r"(?<![\w/])(deploy/[\w@.]+|requirements\.lock)", text)
    assert {"deploy/server.py", "deploy/haproxy.cfg", "deploy/xorviz@.service"} <= {*files}
    assert all((ROOT / file).is_file() for file in files)
