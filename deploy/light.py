"""Light: the page's files in few bytes; each is compressed once, and kept.

Streamlit sends its scripts as they are, and its fonts with all their signs.
"""

import asyncio
import gzip
import re
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FONTS: Final = {file.name: file for file in (Path(__file__).parent / "fonts").glob("*.woff2")}
"""Fonts with the signs that the page can show, by the names of Streamlit's own."""
FOR_A_DAY: Final = "public, max-age=86400"
"""Such a font is at Streamlit's address, whose digest is of another file."""
FOREVER: Final = "public, immutable, max-age=31536000"
_FONT: Final = re.compile(r"/static/media/([\w.-]+)")
_TEXT: Final = re.compile(
    r"/(static/(js|css)/[\w.-]+|component/xorviz[\w.]+-[0-9a-f]{8}/(vendor/)?[\w-][\w.-]*)\.(js|css)$"
)
"""Scripts and style sheets whose address has a digest, so they never change."""
_ASKED_ANEW: Final = (b"accept-encoding", b"if-modified-since", b"if-none-match", b"origin")
"""Headers of a request that an answer for all readers has nothing to do with."""
_KEPT: Final = ("content-type", "access-control-allow-origin")


def _encoders() -> dict[str, Callable[[bytes], bytes]]:
    """Ways to compress, by their names in requests, the best first.

    Brotli, an operator's package, saves a tenth. Browsers take it over HTTPS and on localhost.
    """
    ways: dict[str, Callable[[bytes], bytes]] = {}
    if find_spec("brotli"):
        # One more level takes three times as long, while the first reader waits.
        ways["br"] = partial(import_module("brotli").compress, quality=9)
    return {**ways, "gzip": partial(gzip.compress, compresslevel=9)}


ENCODERS: Final = _encoders()


class Light:
    """Answers requests for fonts, scripts and style sheets; passes all others on to the app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[tuple[str, str], asyncio.Task[Response | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        answer = await self._answer(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        """Answer a request for a file; None for one that Streamlit is to answer."""
        headers = Headers(scope=scope)
        if scope["method"] != "GET" or "range" in headers:
            return None
        font = _FONT.search(scope["path"])
        if font and (file := FONTS.get(font[1])):
            return FileResponse(file, headers={"Cache-Control": FOR_A_DAY})
        text, encoding = _TEXT.search(scope["path"]), _chosen(headers.get("accept-encoding", ""))
        return await self._compressed(scope, text[0], encoding) if text and encoding else None

    async def _compressed(self, scope: Scope, name: str, encoding: str) -> Response | None:
        """Compress a file, or wait until that is done; None where there is no such file.

        Only files that exist are kept, each at one name, so they need no bound.
        """
        key = name, encoding
        if key not in self._kept:
            self._kept[key] = asyncio.create_task(self._compress(scope, encoding))
        task = self._kept[key]
        await asyncio.wait([task])
        if task.exception() or not task.result():
            self._kept.pop(key, None)
        return task.result()

    async def _compress(self, scope: Scope, encoding: str) -> Response | None:
        """Take the app's own answer to a request, and compress it."""
        headers = [(name, value) for name, value in scope["headers"] if name not in _ASKED_ANEW]
        start, *parts = await _listen(self._app, {**scope, "headers": headers, "extensions": {}})
        kept = {
            name: value for name, value in Headers(raw=start["headers"]).items() if name in _KEPT
        }
        if start["status"] != 200 or "html" in kept.get("content-type", ""):
            return None
        body = b"".join(part.get("body", b"") for part in parts)
        packed = await asyncio.to_thread(ENCODERS[encoding], body)
        kept |= {"cache-control": FOREVER, "vary": "Accept-Encoding"}
        if len(packed) < len(body):
            return Response(packed, headers={**kept, "content-encoding": encoding})
        return Response(body, headers=kept)


LIGHT: Final[Sequence[Middleware]] = [Middleware(Light)]


def _chosen(accepted: str) -> str | None:
    """Choose the best way to compress that a request accepts, if any."""
    offers = {offer.replace(" ", "").removesuffix(";q=1") for offer in accepted.split(",")}
    return next((name for name in ENCODERS if name in offers), None)


async def _listen(app: ASGIApp, scope: Scope) -> list[Message]:
    """Collect an app's answer to a request that nobody cuts short."""
    messages: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError("nobody sends more")

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, send)
    return messages
