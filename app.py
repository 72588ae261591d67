"""The page: ``streamlit run app.py``. Streamlit imports this file once, and runs it for readers."""

import streamlit as st

if __name__ == "__main__":
    from xorviz.ui import page

    st.set_page_config(page_title="xorviz: backpropagation on XOR", layout="wide")
    page.show()
else:
    from xorviz.ui.wire import LIGHT

    app = st.App(__file__, middleware=LIGHT)
