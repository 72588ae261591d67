"""A run as files, pictures and code, each with the card that tells how to repeat the run.

It trains only to check a card, and never draws: a browser draws the stage's charts.
"""
