"""The page's files on the wire: compressed once, and fonts that show what Streamlit's own show."""

import asyncio
import gzip
import re
from base64 import b64encode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
import streamlit
from playwright.sync_api import Browser
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

import xorviz
from deploy.light import ENCODERS, FONTS, FOR_A_DAY, FOREVER, Light

SOURCE: Final = Path(xorviz.__file__).parent
STREAMLIT: Final = Path(streamlit.__file__).parent / "static" / "static"
SCRIPT: Final = "let number = 0;\n" * 100
NAMES: Final = ["/static/js/index.A1b2.js", "/component/xorviz.ui.stage.files-0a1b2c3d/stage.css"]
WIDTHS: Final = """async ([theirs, ours, texts]) => {
  const widths = await Promise.all([theirs, ours].map(async (data, index) => {
    const face = new FontFace(`font${index}`, `url(data:font/woff2;base64,${data})`);
    document.fonts.add(await face.load());
    const context = document.createElement("canvas").getContext("2d");
    context.font = `40px font${index}, monospace`;
    return texts.map((text) => context.measureText(text).width);
  }));
  return texts.filter((_, index) => widths[0][index] !== widths[1][index]);
}"""
"""Returns the texts that take another width in the one font than in the other."""


class App:
    """An app that has two files, and answers with its page to requests for others."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        self.asked.append((scope["path"], headers.get("accept-encoding")))
        page = Response("<html>", media_type="text/html")
        found = scope["path"] in NAMES
        await (PlainTextResponse(SCRIPT) if found else page)(scope, receive, send)


def ask(app: Light, path: str, accepted: str = "gzip", *, times: int = 1, **kept: str) -> Any:
    """Ask an app for a file at once so many times; return the headers and body of the last."""

    async def one() -> tuple[Headers, bytes]:
        came: list[Any] = []

        async def send(message: Any) -> None:
            came.append(message)

        async def receive() -> Any:
            await asyncio.Event().wait()  # it stays connected

        names = {"accept-encoding": accepted, **kept}
        headers = [(name.encode(), value.encode()) for name, value in names.items()]
        scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
        await app(scope, receive, send)
        return Headers(raw=came[0]["headers"]), b"".join(part["body"] for part in came[1:])

    async def all_of_them() -> Sequence[tuple[Headers, bytes]]:
        return await asyncio.gather(*(one() for _ in range(times)))

    # Not in this thread, in which the tests' browser may have a loop of its own.
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, all_of_them()).result()[-1]


@pytest.mark.parametrize("path", NAMES)
def test_a_class_that_opens_the_page_has_each_file_compressed_once(path: str) -> None:
    app = Light(inner := App())
    headers, body = ask(app, path, times=30)
    assert inner.asked == [(path, None)]
    assert gzip.decompress(body).decode() == SCRIPT
    assert (headers["content-encoding"], headers["vary"]) == ("gzip", "Accept-Encoding")
    assert headers["cache-control"] == FOREVER
    assert int(headers["content-length"]) == len(body) < 100


def test_brotli_goes_to_browsers_that_take_it_and_gzip_to_others() -> None:
    app = Light(App())
    assert ask(app, NAMES[0], "gzip, deflate, br, zstd")[0]["content-encoding"] == "br"
    assert ask(app, NAMES[0], "gzip, deflate")[0]["content-encoding"] == "gzip"
    assert len(ENCODERS["br"](SCRIPT.encode())) < len(ENCODERS["gzip"](SCRIPT.encode()))


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0, gzip;q=0", "deflate"])
def test_who_takes_nothing_compressed_is_answered_by_streamlit(accepted: str) -> None:
    app = Light(inner := App())
    headers, body = ask(app, NAMES[0], accepted)
    assert (body.decode(), inner.asked) == (SCRIPT, [(NAMES[0], accepted)])
    assert "content-encoding" not in headers


def test_files_that_do_not_exist_are_not_kept() -> None:
    app = Light(inner := App())
    for number in range(5):
        assert ask(app, f"/static/js/none-{number}.js")[1] == b"<html>"
    assert len(inner.asked) == 10
    assert not app._kept


def test_parts_of_a_file_and_other_addresses_are_streamlits() -> None:
    app = Light(inner := App())
    ask(app, NAMES[0], range="bytes=0-9")
    ask(app, "/media/run.csv")
    ask(app, "/static/media/KaTeX_Main-Regular.B22Nviop.woff2")
    assert [accepted for _, accepted in inner.asked] == ["gzip"] * 3


def test_a_font_of_ours_is_at_streamlits_address_and_kept_for_a_day() -> None:
    app = Light(inner := App())
    for name, file in FONTS.items():
        headers, body = ask(app, f"/static/media/{name}")
        assert body == file.read_bytes()
        assert headers["cache-control"] == FOR_A_DAY
        assert len(body) < (STREAMLIT / "media" / name).stat().st_size / 2
    assert not inner.asked


@pytest.mark.parametrize("name", sorted(FONTS))
def test_a_font_of_ours_shows_all_that_the_page_says_as_streamlits_own_does(
    name: str, browser: Browser
) -> None:
    ours = [path.read_text("utf-8") for path in SOURCE.rglob("*.py")]
    scripts = [path.read_text("utf-8") for path in (SOURCE / "stage" / "static").glob("*.js")]
    theirs = [path.read_text("utf-8") for path in (STREAMLIT / "js").glob("*.js")]
    icons = re.findall(r":material/(\w+)", "".join([*ours, *theirs]))
    letters = {*"".join([*ours, *scripts])} - {"\n"}
    texts = [*icons] if "Symbols" in name else [*letters, "fjord, Tafel: 0.4821 − ½ Σ ŷ²"]
    assert len(texts) > 50
    files = (STREAMLIT / "media" / name, FONTS[name])
    fonts = [b64encode(file.read_bytes()).decode() for file in files]
    with browser.new_page() as page:
        assert page.evaluate(WIDTHS, [*fonts, texts]) == []
