"""How people write and read settings: fields, ranges, the link, a run named in a few words.

It decides what a text means, and never trains.
"""
