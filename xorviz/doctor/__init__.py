"""Why a run ended as it did, and what helps: evidence, findings, and cures that were tried.

It measures and trains on, and never changes the run.
"""
