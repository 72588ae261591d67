"""Waiting: a script of the page that waits for a work says so, and stops where it is overtaken."""

from concurrent.futures import wait
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from xorviz.pool.ticket import Ticket

SILENT: Final = 0.4
"""Seconds after which the page says that it waits."""
PAUSE: Final = 0.2
"""Seconds between two messages. Streamlit ends an overtaken script at the next one."""


def wait_for(ticket: Ticket) -> Any:
    """Wait for a work, and return its result.

    Outside of a script, as where a file is made, the page says nothing.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return ticket.future.result()
    wait([ticket.future], SILENT)
    if not ticket.future.done():
        line = st.empty()
        while not ticket.future.done():
            line.caption(_message(ticket.works_before()))
            wait([ticket.future], PAUSE)
        line.empty()
    return ticket.future.result()


def _message(before: int) -> str:
    """Say how many works go before the one that is waited for."""
    if not before:
        return "Computing…"
    if before == 1:
        return "Waiting: one other computation comes first."
    return f"Waiting: {before:,} other computations come first."
