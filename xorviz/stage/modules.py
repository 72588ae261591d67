"""Modules: the stage's JavaScript, a file a module, or all of it as one file; and plotly.js.

As one file, since to load a hundred takes a browser a second.
"""

import re
from typing import Final

from xorviz.stage import STATIC

IMPORT: Final = re.compile(r"""(\bfrom |\bimport )"\./([\w-]+\.js)";""")
"""The end of an import of another module; the second group is the module's name."""
_IMPORT_LINE: Final = re.compile(r"""^import \{ ([^}]*) \} from "\./([\w-]+)\.js";$""", re.M)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.M)
_ADDRESS: Final = "import.meta.url"
_COMMENT: Final = re.compile(r"^[ \t]*(?://.*|/\*\*.*\*/)\n", re.M)
"""A line that is a comment; a quarter of what a browser would load."""


def modules(*entries: str) -> dict[str, str]:
    """Collect the sources of these modules and of all that they need, each after what it needs."""
    found: dict[str, str] = {}

    def take(name: str) -> None:
        if name not in found:
            source = (STATIC / name).read_text("utf-8")
            for _, imported in IMPORT.findall(source):
                take(imported)
            found[name] = source

    for entry in entries:
        take(entry)
    return found


def as_one(*entries: str, folder: str, exported: str = "modules") -> str:
    """Write these modules, and all that they need, as one.

    Parameters
    ----------
    entries
        Names of the modules.
    folder
        The address of the stage's files, as seen from where the one module lies.
    exported
        The expression that is its default; `modules` is what each module exports, by name.
    """
    parts = [_function(name, source, folder) for name, source in modules(*entries).items()]
    return "\n".join(["const modules = {};", *parts, f"export default {exported};\n"])


def plotly(bundle: str) -> str:
    """Read a bundle of plotly.js as a script, and have it keep to a name of its own, too."""
    source = (STATIC / f"vendor/plotly-{bundle}.min.js").read_text("utf-8")
    kept = f"window.plotlyBundles = {{ ...window.plotlyBundles, {bundle}: window.Plotly }};"
    return f"{source}\n{kept}"


def _function(name: str, source: str, folder: str) -> str:
    """Write a module as a function's body, so that its names stay its own."""
    exported = ", ".join(name for _, name in _EXPORT.findall(source))
    body = _IMPORT_LINE.sub(r'const { \1 } = modules["\2"];', source)
    body = _COMMENT.sub("", _EXPORT.sub(r"\1", body))
    body = body.replace(_ADDRESS, f'new URL("{folder}/{name}", {_ADDRESS}).href')
    key = name.removesuffix(".js")
    return f'modules["{key}"] = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();'
