"""A run as files, pictures and code, each with the card that says how to get it again.

It trains nothing but the card's check, and never draws: a browser draws the stage's charts.
"""
