"""``python -m xorviz``."""

from xorviz.cli import main

main()
