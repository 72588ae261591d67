"""What the page and the command line say about a run, in the same sentences.

It writes what others have found, and never computes any of it.
"""
