"""The package for people who write Python: the player in Jupyter, the recorder of one's own loop.

It never computes what a package below can, and loads Jupyter's widgets only where one is shown.
"""
