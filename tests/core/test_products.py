"""Products network by network, and the check that they may be taken together."""

import os
import subprocess
import sys

import numpy as np
import pytest

from tests.support.paths import ROOT
from xorviz.core import products

CHECK = """
import numpy as np
from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.products import agree
from xorviz.core.reference import reference_run

for size in range(1, 17):
    configs = [TrainConfig(seed, 10.0, size, 40, biases=size % 2 == 0) for seed in (7, 8, 9)]
    batch = Batch(configs)
    batch.run(40)
    for network, config in enumerate(configs):
        ours = np.ascontiguousarray(batch.parameters[:, network])
        assert ours.tobytes() == reference_run(config).parameters.tobytes(), config
print("exact")
"""


@pytest.fixture(autouse=True)
def anew() -> None:
    products.agree.cache_clear()


@pytest.mark.parametrize("kernel", ["Haswell", "Sandybridge", "Nehalem", "Prescott"])
def test_batches_are_exact_on_other_kernels_of_openblas(kernel: str) -> None:
    # A machine that lacks what a kernel needs, or has another BLAS, keeps its own.
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHECK]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "exact\n", done.stderr


def test_where_matmul_gives_other_bits_each_network_is_multiplied_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matmul = np.matmul

    def roughly(matrices: np.ndarray, vectors: np.ndarray, out: np.ndarray) -> None:
        out[...] = matmul(matrices, vectors) * (1 + 2**-52)

    monkeypatch.setattr(np, "matmul", roughly)
    assert not products.agree()
    random = np.random.RandomState(1)
    matrices, vectors = random.uniform(size=(5, 4, 3)), random.uniform(size=(5, 3, 1))
    out = np.empty((5, 4, 1))
    products.multiply(matrices, vectors, out)
    for matrix, vector, product in zip(matrices, vectors, out, strict=True):
        assert product.tobytes() == np.dot(matrix, vector).tobytes()
    products.agree.cache_clear()


def test_rows_are_seen_as_a_column_a_network() -> None:
    rows = np.arange(6.0).reshape(2, 3)
    columns = products.by_network(rows)
    assert columns.tolist() == [[[0.0], [3.0]], [[1.0], [4.0]], [[2.0], [5.0]]]
    columns[2, 1, 0] = 9.0
    assert rows[1, 2] == 9.0
