"""Every combination of settings trained: what is asked, the processes that do it, its results.

It keeps how each network ended and never its history.
"""
