"""Milestones of a run in a few words."""

from xorviz.core.milestones import Milestone


def milestone_text(milestone: Milestone) -> str:
    """Write what happens."""
    match milestone.kind:
        case "right":
            return f"{milestone.row} turns right"
        case "boundary":
            return "the boundary appears"
        case kind:
            return kind
