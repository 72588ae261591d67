"""Export: one run as files: its numbers, its code, and the card that says how to get it again."""
