"""Waiting: a script of the page that waits for a work says so, and stops where it is overtaken."""

from concurrent.futures import wait
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from xorviz.pool.ticket import Ticket

SILENT: Final = 0.4
"""Seconds after which it is said that something is waited for."""
PAUSE: Final = 0.2
"""Seconds between two messages. Streamlit ends an overtaken script at the next one."""


def wait_for(ticket: Ticket) -> Any:
    """Wait for a work, and return its result.

    Outside of a script, as where a file is made, nothing is said.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return ticket.future.result()
    wait([ticket.future], SILENT)
    if not ticket.future.done():
        told = st.empty()
        while not ticket.future.done():
            told.caption(_told(ticket.works_before()))
            wait([ticket.future], PAUSE)
        told.empty()
    return ticket.future.result()


def _told(before: int) -> str:
    if not before:
        return "Computing…"
    return (
        f"Waiting: {before:,} before this one." if before > 1 else "Waiting: one before this one."
    )
