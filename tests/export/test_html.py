import base64
import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest

from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.export.html import as_html
from xorviz.stage import STATIC
from xorviz.stage.opening import Opening, pack_stage
from xorviz.stage.scene import pack_scene

HOSTILE = [
    "</pre></script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!-- $run ${run} & &lt; ]]> \\u003c 'x' é",
]


class Reader(HTMLParser):
    """What a browser finds in a page: elements with their attributes, and their text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = [("", {})]
        self.text: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1]
        key = attributes.get("id") or attributes.get("type") or tag
        self.text[key] = self.text.get(key, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@cache
def run() -> bytes:
    recording = record(TrainConfig(epochs=50))
    return pack_stage(pack_scene(recording), Opening(), recording.config)


def page(name: str = "seed 42", card: str = "seed: 42") -> str:
    return as_html(run(), name, "stem", card)


def test_the_same_run_gives_the_same_file_of_a_few_megabytes() -> None:
    assert page() == page()
    assert len(page().encode()) < 6e6


def test_the_page_holds_the_very_bytes_that_the_stage_takes_and_the_run_in_words() -> None:
    content = json.loads(Reader(page("a name", "a card")).text["run"])
    assert base64.b64decode(content["run"]) == run()
    assert content["about"] == {"name": "a name", "file": "stem", "card": "a card"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_run_is_called_is_text_and_never_markup(hostile: str) -> None:
    plain, read = Reader(page()), Reader(page(hostile, hostile))
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in plain.tags]
    assert read.text["title"].rstrip() == hostile
    assert read.text["h1"].rstrip() == hostile
    assert read.text["pre"].rstrip() == hostile
    assert json.loads(read.text["run"])["about"]["name"] == hostile


def test_every_module_that_is_imported_is_in_the_file() -> None:
    imports = json.loads(Reader(page()).text["importmap"])["imports"]
    named = {"alone.js"}
    for name, address in imports.items():
        source = base64.b64decode(address.partition("base64,")[2]).decode()
        imported = re.findall(r'^(?:import|export)\b[^=\n]*?"([^"]+)";$', source, re.M)
        assert source.count("\n") == (STATIC / name).read_text("utf-8").count("\n")
        assert "./" not in "".join(imported)
        named |= set(imported)
    assert named == set(imports)
    assert {"stage.js", "chart.js", "snapshot.js"} <= named


def test_the_page_asks_nothing_of_any_network() -> None:
    read = Reader(page())
    assert not [a for _, a in read.tags if a.keys() & {"src", "href", "action", "data", "srcset"}]
    (policy,) = [a["content"] for a in read.all("meta") if "content" in a and "http-equiv" in a]
    rules = {rule.split()[0]: rule.split()[1:] for rule in (policy or "").split(";")}
    assert rules["default-src"] == ["'none'"]
    assert rules["img-src"] == ["data:", "blob:"]
    assert "connect-src" not in rules
    styles = "".join(re.findall(r"<style>(.*?)</style>", page(), re.S))
    assert not re.search(r"@import|url\(", styles)


def test_only_the_pages_own_scripts_may_run_and_no_run_can_name_itself_one() -> None:
    read = Reader(page())
    (policy,) = re.findall(r"script-src ([^;]+);", page())
    nonces = {a["nonce"] for a in read.all("script") if a.get("type") != "application/json"}
    assert [f"'nonce-{nonce}'" for nonce in nonces] == [policy]
    assert policy not in page("another")


def test_a_dollar_sign_in_a_name_is_no_placeholder() -> None:
    assert Reader(page("$styles $$ ${plotly}")).text["h1"].rstrip() == "$styles $$ ${plotly}"
