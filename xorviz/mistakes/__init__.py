"""A reader's own backprop: which mistake of the catalogue, or which other way, gives its numbers.

The package needs the core alone. It computes; `sentences.mistakes` puts an answer in words.
"""
