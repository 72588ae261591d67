"""A step as LaTeX, in symbols and with its numbers put in.

It sets formulas, and never computes a number of them.
"""

from xorviz.step.latex.chain import chain_rule
from xorviz.step.latex.notation import Formula, latex
from xorviz.step.latex.step import deltas, errors, forward, gradients, updates

__all__ = ["Formula", "chain_rule", "deltas", "errors", "forward", "gradients", "latex", "updates"]
