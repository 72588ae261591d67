"""Bits: whether other machines compute the bits of this one.

The last digits of exponentials and products depend on the processor, and on NumPy and its BLAS.
"""

from dataclasses import replace
from hashlib import sha256
from typing import Final

from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.trial import Trial

NETWORKS: Final = 9
"""An odd number: vector instructions take some together, and the rest one by one."""
EPOCHS: Final = 100


def fingerprint(config: SweepConfig) -> str:
    """Train the first networks of each hidden size for a moment, and hash their parameters."""
    whole = sha256()
    for size in config.hidden_sizes:
        base = replace(config.base, hidden_size=size)
        runs = [replace(base, seed=seed) for seed in config.seeds[:NETWORKS]]
        trial = Trial(runs)
        trial.run(EPOCHS)
        whole.update(trial.batch.parameters.tobytes())
    return whole.hexdigest()
