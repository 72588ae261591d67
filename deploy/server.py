"""The page for many readers: ``streamlit run deploy/server.py`` serves it with few bytes.

``streamlit run app.py`` opens a browser on the reader's own machine, where bytes cost nothing.
"""

import streamlit as st
from light import LIGHT

app = st.App("../app.py", middleware=LIGHT)
