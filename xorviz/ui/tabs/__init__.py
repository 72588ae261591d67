"""The tabs beside the stage, a module a tab.

Each shows what its package computed, and computes nothing itself.
"""
