"""Account: what a pool computed since the last account, and how long readers waited for it."""

from dataclasses import dataclass, field


@dataclass
class Account:
    """Works, the batches they were computed in, and how long each was waited for.

    Attributes
    ----------
    batches
        How many works were computed together, a number a batch.
    waits
        Seconds from request to result, of works that a reader waited for.
    """

    batches: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def wait(self, share: float) -> float:
        """The seconds that this share of the waits did not exceed; 0 without any."""
        if not self.waits:
            return 0.0
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
