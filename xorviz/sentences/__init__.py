"""Sentences about a run, the same on the page and on the command line.

It puts findings, cures and links into words, and never computes any of them.
"""
