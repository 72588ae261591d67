"""A step as LaTeX: each formula in symbols, then with its numbers.

It writes formulas, and never computes their numbers.
"""

from xorviz.step.latex.chain import chain_rule
from xorviz.step.latex.notation import Formula
from xorviz.step.latex.step import (
    deltas_hidden,
    deltas_output,
    errors,
    forward_hidden,
    forward_output,
    gradients,
    updates,
)

__all__ = [
    "Formula",
    "chain_rule",
    "deltas_hidden",
    "deltas_output",
    "errors",
    "forward_hidden",
    "forward_output",
    "gradients",
    "updates",
]
