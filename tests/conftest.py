"""What holds for all tests."""

import os

# Streamlit else collects all garbage after every run of the page, which takes longer than the run.
os.environ["STREAMLIT_RUNNER_POST_SCRIPT_GC"] = "false"
