"""The page under another name: ``streamlit run deploy/server.py`` does what ``app.py`` does."""

import streamlit as st

from xorviz.ui.wire import LIGHT

app = st.App("../app.py", middleware=LIGHT)
