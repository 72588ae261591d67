"""Products: matrix by vector, network by network, with the bits that `np.dot` gives each.

The order in which BLAS adds up the terms of a product, and whether it rounds each, differ
with the processor. `np.matmul` over a stack calls, for each network, the routine that `np.dot`
calls for one. The routine's arguments must be laid out alike too. Matrices must be contiguous,
or transposed views of contiguous ones. A vector that a transposed matrix is multiplied by must
be contiguous; other vectors may be strided.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import as_strided

from xorviz.core.network import Array

SIZES: Final = (1, 2, 3, 4, 5, 7, 8, 9, 15, 16)
"""Hidden sizes with which `agree` compares the two."""
TRIED: Final = 8
"""Number of networks that `agree` tries of each hidden size."""


def by_network(rows: Array) -> Array:
    """See an array of shape (K, N) as N columns of shape (K, 1)."""
    rows_apart, networks_apart = rows.strides
    size, count = rows.shape
    return as_strided(rows, (count, size, 1), (networks_apart, rows_apart, rows.itemsize))


def multiply(matrices: Array, vectors: Array, out: Array) -> None:
    """Multiply N matrices, shape (N, M, K), by as many vectors, shape (N, K, 1).

    The products go to `out`, shape (N, M, 1).
    """
    if agree():
        np.matmul(matrices, vectors, out)
    else:
        one_by_one(matrices, vectors, out)


def one_by_one(matrices: Array, vectors: Array, out: Array) -> None:
    """As `multiply`, on any machine, and slower."""
    for matrix, vector, product in zip(matrices, vectors, out, strict=True):
        product[...] = np.dot(matrix, np.ascontiguousarray(vector))


@cache
def agree() -> bool:
    """Whether this machine's `np.matmul` and `np.dot` give the same bits, tried on a few products.

    The products are those of an epoch: hidden activations by output weights, and the
    transposed activations by the output's δ.
    """
    random = np.random.RandomState(0)
    for size in SIZES:
        hidden, delta = random.uniform(size=(TRIED, 4, size)), random.normal(size=(TRIED, 4, 1))
        weights = by_network(random.normal(size=(size, TRIED)))
        for matrices, vectors in ((hidden, weights), (hidden.transpose(0, 2, 1), delta)):
            together, alone = (by_network(np.empty((matrices.shape[1], TRIED))) for _ in range(2))
            np.matmul(matrices, vectors, together)
            one_by_one(matrices, vectors, alone)
            if together.tobytes() != alone.tobytes():
                return False
    return True
