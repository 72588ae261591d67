"""One training step laid open: its numbers, their formulas, their check, and a quiz on them.

It trains no run and draws nothing: it takes a state of one.
"""
