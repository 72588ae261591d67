"""Landscape: the loss over a plane through weight space, and a run's path beside it.

It computes what a chart shows, and never trains.
"""
