"""Account: the works a pool computed since the last account, and how long readers waited."""

from dataclasses import dataclass, field


@dataclass
class Account:
    """The batches in which works were computed, and how long readers waited for them.

    Attributes
    ----------
    batches
        The number of works in each batch.
    waits
        Seconds from request to result, for works that a reader waited for.
    """

    batches: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def wait_quantile(self, share: float) -> float:
        """The seconds that this share of the waits did not exceed; 0 without waits."""
        if not self.waits:
            return 0.0
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
