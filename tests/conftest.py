"""What holds for all tests: no server trains ahead, and a property is tried on 25 examples.

Training ahead would take the tests' time. Each run of the tests draws other examples.
The tests that need a browser share one.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.support.chromium import launch

os.environ.setdefault("XORVIZ_AHEAD", "0")
settings.register_profile("tests", deadline=None, max_examples=25)
settings.load_profile("tests")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
