"""One training step laid open: its numbers, their formulas, their check, and a quiz on them.

It takes one state of a run, and never trains or draws.
"""
