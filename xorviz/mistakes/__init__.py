"""Mistakes: which one of the catalogue, or which other way, gives a reader's own numbers.

It runs loops of the catalogue, and never anyone's own code.
"""
