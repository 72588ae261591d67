"""Why a run ended as it did, and which changes help: evidence, findings, and cures that were tried.

It measures and trains on, and never changes the run.
"""
