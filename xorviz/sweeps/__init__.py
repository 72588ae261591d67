"""Sweeps: networks with every combination of settings are trained, and their results listed.

Only the end of each training is kept, never its states.
"""
