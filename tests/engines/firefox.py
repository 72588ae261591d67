"""Firefox, driven by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/."""

import json
import re
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from subprocess import PIPE
from typing import Any

from websockets.sync.client import connect

from tests.engines.engine import PATIENCE, key_actions

LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")


class Firefox:
    """A Firefox of the system, with an empty profile."""

    name = "Firefox"

    def __init__(self, command: str, profile: Path) -> None:
        flags = ("--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0")
        self._open = ExitStack()
        process = self._open.enter_context(subprocess.Popen([command, *flags], stderr=PIPE))
        self._open.callback(process.communicate)
        self._open.callback(process.terminate)
        assert process.stderr
        addresses = (LISTENING.search(line) for line in process.stderr)
        address = next(match[1].decode() for match in addresses if match)
        self._socket = self._open.enter_context(connect(f"{address}/session", max_size=None))
        self._numbers = count(1)
        self._faults: list[str] = []
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded"])
        (window,) = self._call("browsingContext.getTree")["contexts"]
        self._window = {"context": window["context"]}

    def open(self, address: str) -> None:
        self._call("browsingContext.navigate", **self._window, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        # Values come in a form of BiDi's own; JSON is a text in both.
        written = f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))"
        answer = self._call(
            "script.evaluate", expression=written, target=self._window, awaitPromise=True
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def press(self, key: str) -> None:
        self._call("input.performActions", **self._window, actions=key_actions(key))

    def faults(self) -> Sequence[str]:
        return self._faults

    def close(self) -> None:
        self._open.close()

    def _call(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(PATIENCE))
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self._faults.append(message["params"]["text"])
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
