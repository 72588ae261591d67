"""Worker processes that call given functions, the queue that orders them, and what is kept.

It knows nothing of networks, and never decides what is worth computing.
"""
