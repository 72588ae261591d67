"""A reader's own program, run in a process of its own while its weights are watched."""
