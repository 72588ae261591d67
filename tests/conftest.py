"""What holds for all tests: no server of theirs trains ahead, which would take their time."""

import os

os.environ.setdefault("XORVIZ_AHEAD", "0")
