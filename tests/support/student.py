"""Student: a client that speaks Streamlit's protocol, as a browser with the page does."""

import asyncio
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

RUN_BYTES: Final = 8_000
"""A message of at least this size holds a run: one of a single unit that hardly moves takes 11 kB.
A run that was sent before comes as a reference."""
PATIENCE: Final = 120
"""Seconds after which a page that has not come counts as lost."""


@dataclass
class Student:
    """A page's connection, the sliders on it, and what went wrong.

    Attributes
    ----------
    sliders
        By label.
    failures
        What the page showed as an exception.
    """

    socket: Any
    query: str = ""
    sliders: dict[str, Any] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    async def open(self) -> float:
        """Open the page; return the seconds until its run was there."""
        return await self._run()

    async def move(self, label: str, position: float) -> float:
        """Move a slider; return the seconds until the new run was there."""
        slider = self.sliders[label]
        state = WidgetState(id=slider.id)
        if slider.options:
            state.string_array_value.data.append(slider.options[int(position)])
        else:
            state.double_array_value.data.append(position)
        self.states[state.id] = state
        return await self._run()

    async def watch(self, seconds: float) -> None:
        """Open the page, and take what comes until nothing has come for so long."""
        await self.ask()
        while True:
            try:
                self._take(await asyncio.wait_for(self.socket.recv(), seconds))
            except TimeoutError:
                return

    async def _run(self) -> float:
        """Ask for a run of the page; return the seconds until its bytes were there."""
        start, seconds, is_over = perf_counter(), 0.0, False
        await self.ask()
        while not (seconds and is_over):
            raw = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            kind = self._take(raw)
            if not seconds and (len(raw) > RUN_BYTES or kind == "ref_hash"):
                seconds = perf_counter() - start
            is_over |= kind == "script_finished"
        return seconds

    async def ask(self) -> None:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        await self.socket.send(message.SerializeToString())

    def _take(self, raw: bytes) -> str:
        """Note the sliders and exceptions of a message; return its kind."""
        message = ForwardMsg.FromString(raw)
        kind = str(message.WhichOneof("type"))
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "slider":
                self.sliders[element.slider.label] = element.slider
            if element.WhichOneof("type") == "exception":
                self.failures.append(element.exception.message)
        return kind


def connect(url: str, cookie: str = "") -> Any:
    """A connection to a server's page, with a cookie if there is one."""
    headers = {"Cookie": cookie} if cookie else None
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    return websockets.connect(
        address,
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=60,
        additional_headers=headers,
    )  # type: ignore[list-item]
