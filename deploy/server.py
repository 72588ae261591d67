"""The page for many readers: ``streamlit run deploy/server.py`` serves it with few bytes.

``streamlit run app.py`` opens a browser on the reader's own machine, where bytes cost nothing.
"""

import sys
from pathlib import Path

import streamlit as st

sys.path.append(str(Path(__file__).parents[1]))
from xorviz.ui.wire import LIGHT

app = st.App("../app.py", middleware=LIGHT)
