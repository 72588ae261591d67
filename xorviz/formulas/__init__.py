"""Formulas: a step as LaTeX, in symbols and with its numbers put in."""

from xorviz.formulas.chain import chain_rule
from xorviz.formulas.notation import Formula, latex
from xorviz.formulas.step import deltas, errors, forward, gradients, updates

__all__ = ["Formula", "chain_rule", "deltas", "errors", "forward", "gradients", "latex", "updates"]
