"""The tabs beside the stage, a module a tab.

Each shows the results of a package below, and computes nothing itself.
"""
