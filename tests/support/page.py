"""Page: the app without a browser, as AppTest runs it, and what a reader does with it."""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.support.paths import APP
from xorviz.ui.typed import MAX_TYPED

# An app looks for components in every installed package when it first runs, which takes longer
# than all else it does; here one look is enough for all of them.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

NO_NUMBERS = [
    "",
    "abc",
    "-1e400",
    "nan",
    "1001",
    "4２",
    "9" * MAX_TYPED,
    "<script>alert(1)</script>",
    "](http://a.org) **b** $x$ :red[x]",
]


def opened(**link: str | list[str]) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def link(app: AppTest) -> dict[str, str]:
    """Each parameter's only value; AppTest has it in a list after the page wrote it."""
    return {name: "".join(value) for name, value in app.query_params.items()}


def ran(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def click(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    button.click()
    return ran(app)


def type_epoch(app: AppTest, text: str) -> AppTest:
    app.text_input(key=f"epoch {app.session_state['epoch']}").input(text)
    return ran(app)


def texts(app: AppTest) -> list[str]:
    return [text.value for text in app.text]
