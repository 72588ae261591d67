"""Worker processes that call given functions, the queue of calls, and a store of results.

It knows nothing about networks, and never decides which call is worth making.
"""
