"""How people write and read settings: fields, the link, a run named in a few words.

It reads and writes texts, and never trains.
"""
