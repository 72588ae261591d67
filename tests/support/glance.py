"""Glance: the doctor with few small steps, where another rate could need two seconds of them."""

import pytest

from xorviz.pool.pool import Pool


def take_few_steps(patch: pytest.MonkeyPatch) -> None:
    """Have the doctor compute in this process, and take 2,000 small steps at most."""
    patch.setattr("xorviz.doctor.rate.MOST_UPDATES", 2000)
    for module in ("doctor.diagnosis", "sweeps.solving"):
        patch.setattr(f"xorviz.{module}.shared_pool", lambda: Pool(0))
