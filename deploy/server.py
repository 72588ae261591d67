"""One replica: ``streamlit run deploy/server.py`` serves the page with its answers compressed.

Streamlit leaves the compression of its scripts to a proxy, and Debian's HAProxy makes them twice
as large. It caches what comes from here, so each file is compressed once.
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

app = st.App("../app.py", middleware=[Middleware(GZipMiddleware, compresslevel=9)])
