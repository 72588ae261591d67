"""WebKit as GNOME has it, driven by WebDriver: https://www.w3.org/TR/webdriver2/."""

import json
import os
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.engines.engine import PATIENCE, key_actions
from tests.support.server import free_port

SCREEN: Final = ("-screen", "0", "1600x1000x24", "-displayfd", "1")
WINDOW: Final = {"width": 1440, "height": 900}
NO_PAGE: Final = "/_stcore/health"
"""A path of the server that gives no page."""
LISTEN: Final = """<script>
  window.faults = [];
  console.error = (...parts) => faults.push(parts.join(" "));
  const note = ({ message, target }) => faults.push(message ?? target.outerHTML);
  addEventListener("error", note, true);
  addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
</script>"""
"""Stands before a page's own scripts, as WebDriver has no way to read the console."""
OPEN: Final = """
  const [address, listen, done] = arguments;
  fetch(address).then((answer) => answer.text()).then((page) => {
    history.replaceState(null, "", address);
    document.open();
    document.write(listen + page);
    document.close();
    done();
  });
"""
EVALUATE: Final = """
  const done = arguments[0];
  Promise.resolve(%s).then((value) => done({ value }), (error) => done({ error: String(error) }));
"""


class WebKit:
    """WebKitGTK's small browser, on a screen that nobody sees."""

    name = "WebKit"

    def __init__(self, driver: str, browser: str) -> None:
        self._open = ExitStack()
        screen = self._start(["Xvfb", *SCREEN], stdout=subprocess.PIPE)
        assert screen.stdout
        display = screen.stdout.readline().decode().strip()
        port = self._open.enter_context(free_port())
        self._url = f"http://127.0.0.1:{port}"
        process = self._start(
            [driver, f"--port={port}"], env={**os.environ, "DISPLAY": f":{display}"}
        )
        while not self._answers():
            with suppress(subprocess.TimeoutExpired):
                raise RuntimeError(f"{driver} ended with status {process.wait(0.05)}")
        options = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": options}})
        self._url += f"/session/{session['sessionId']}"
        self._open.callback(self._call, "DELETE", "")
        self._call("POST", "/timeouts", {"script": 1000 * PATIENCE})
        self._call("POST", "/window/rect", WINDOW)

    def open(self, address: str) -> None:
        base = address.split("/?")[0].rstrip("/")
        self._call("POST", "/url", {"url": base + NO_PAGE})
        self._call("POST", "/execute/async", {"script": OPEN, "args": [address, LISTEN]})

    def evaluate(self, expression: str) -> Any:
        script = {"script": EVALUATE % expression, "args": []}
        answer = self._call("POST", "/execute/async", script)
        assert "error" not in answer, answer
        return answer.get("value")

    def press(self, key: str) -> None:
        self._call("POST", "/actions", {"actions": key_actions(key)})

    def faults(self) -> Sequence[str]:
        faults: Sequence[str] = self.evaluate("faults")
        return faults

    def close(self) -> None:
        self._open.close()

    def _start(self, command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        process = self._open.enter_context(
            subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
        )
        self._open.callback(process.communicate)
        self._open.callback(process.terminate)
        return process

    def _answers(self) -> bool:
        try:
            return bool(self._call("GET", "/status")["ready"])
        except URLError:
            return False

    def _call(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._url + path, data, method=method)
        try:
            with urlopen(request, timeout=2 * PATIENCE) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()}") from None
