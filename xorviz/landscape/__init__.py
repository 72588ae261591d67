"""Landscape: the loss over a plane through weight space, and a run's path beside it.

It needs NumPy alone, and draws nothing.
"""
