"""The page: ``streamlit run app.py``."""

import streamlit as st

from xorviz.ui import page

st.set_page_config(page_title="xorviz: backpropagation on XOR", layout="wide")
page.show()
