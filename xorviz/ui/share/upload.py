"""Upload: the part of the dialog Share that opens a file."""

from typing import Final

import streamlit as st

from xorviz.export.contents import MAX_BYTES
from xorviz.sentences.files import ASKED
from xorviz.ui import session, theirs
from xorviz.ui.address import Shared

KINDS: Final = ("csv", "json", "npz")


def show(shared: Shared) -> None:
    """Ask for a file. Once it is opened the dialog closes; else it says why it can't be used."""
    st.text(ASKED)
    uploaded = st.file_uploader(
        "A file from this computer, at most 5 MB",
        type=KINDS,
        key="upload",
        max_upload_size=MAX_BYTES // 2**20,
    )
    if uploaded is None:
        return
    with st.spinner("Comparing…"):
        problem = theirs.read(uploaded.getvalue(), uploaded.name, shared.page)
    if problem:
        st.text(problem)
    else:
        session.put(shared=None)
        st.rerun()
