"""What holds for all tests: no server trains ahead, and a property is tried on 25 examples.

Training ahead would take the tests' time. Each run of the tests draws other examples.
"""

import os

from hypothesis import settings

os.environ.setdefault("XORVIZ_AHEAD", "0")
settings.register_profile("tests", deadline=None, max_examples=25)
settings.load_profile("tests")
