"""Networks and their training: truth table, settings, network, trainer, recording, verdict, proofs.

It needs NumPy alone; it never draws, reads no link and knows no page.
"""
