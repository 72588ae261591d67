"""Processes that call the functions they are given, in what order, and what is kept of it.

It knows nothing of networks, and never decides what is worth computing.
"""
