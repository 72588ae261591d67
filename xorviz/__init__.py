"""Backpropagation you can watch, stop and check.

A small sigmoid network is trained on a truth table, in NumPy, one full-batch
epoch at a time; the recorded training is played back in the browser.
"""

__version__ = "1.5.0"
