"""Balancer: HAProxy with the settings of ``deploy/``, in front of two replicas of the page."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from grp import getgrgid
from pathlib import Path
from pwd import getpwuid
from typing import Final

from tests.support.paths import ROOT
from tests.support.server import Server, free_port, serve_at

CONFIG: Final = ROOT / "deploy" / "haproxy.cfg"
SCRIPT: Final = ROOT / "deploy" / "server.py"
NAMES: Final = ("one", "two")
PROGRAM: Final = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin") or "haproxy"
"""Debian keeps it where only administrators look."""


@dataclass
class Balancer:
    """A running HAProxy: its URL, its socket for operators, and the replicas by their names."""

    url: str
    admin: Path
    ports: dict[str, int]
    replicas: dict[str, Server] = field(default_factory=dict)
    stacks: dict[str, ExitStack] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start a replica."""
        self.stacks[name] = ExitStack()
        server = serve_at(self.ports[name], SCRIPT, folder=ROOT)
        self.replicas[name] = self.stacks[name].enter_context(server)

    def stop(self, name: str) -> None:
        """End a replica as a service does, unless it has ended."""
        self.stacks.pop(name, ExitStack()).close()

    def kill(self, name: str) -> None:
        """End a replica at once, as where its machine fails."""
        os.kill(self.replicas[name].pid, signal.SIGKILL)

    def tell(self, command: str) -> str:
        """Give HAProxy an operator's command; return its answer."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.admin))
            line.sendall(f"{command}\n".encode())
            return b"".join(iter(lambda: line.recv(2**16), b"")).decode().strip()


def environment(port: int, admin: Path, ports: dict[str, int]) -> dict[str, str]:
    """The settings of a balancer at a port of this machine."""
    replicas = {f"XORVIZ_{name.upper()}": f"127.0.0.1:{ports[name]}" for name in NAMES}
    own = {"XORVIZ_BIND": f"127.0.0.1:{port}", "XORVIZ_ADMIN": str(admin)}
    own |= {"XORVIZ_USER": getpwuid(os.getuid()).pw_name}
    own |= {"XORVIZ_GROUP": getgrgid(os.getgid()).gr_name}
    return {**os.environ, **own, **replicas}


@contextmanager
def balancer() -> Iterator[Balancer]:
    """Run two replicas behind HAProxy until the block ends."""
    with ExitStack() as stack:
        port, *ports = [stack.enter_context(free_port()) for _ in range(3)]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        admin = folder / "admin.sock"
        running = Balancer(f"http://127.0.0.1:{port}", admin, dict(zip(NAMES, ports, strict=True)))
        for name in NAMES:
            stack.callback(running.stop, name)
            running.start(name)
        # In the background it returns once it listens.
        command = [PROGRAM, "-D", "-p", folder / "pid", "-f", CONFIG]
        subprocess.run(command, env=environment(port, admin, running.ports), check=True)
        pid = int((folder / "pid").read_text())
        stack.callback(os.kill, pid, signal.SIGKILL)
        yield running
