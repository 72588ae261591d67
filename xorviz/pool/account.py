"""Account: what a pool has computed since it was last asked, and how long it was waited for."""

from dataclasses import dataclass, field


@dataclass
class Account:
    """Works, the batches they were computed in, and how long each was waited for.

    Attributes
    ----------
    batches
        How many works were computed together, a number a batch.
    waits
        Seconds from when a work was asked for until its result was there.
    """

    batches: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def wait(self, share: float) -> float:
        """The seconds within which this share of the works was there; 0 where there are none."""
        if not self.waits:
            return 0.0
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
