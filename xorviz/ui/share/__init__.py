"""The dialog Share: link, QR code, a class's link, files and pictures.

It writes no file format itself: those are `xorviz.export`'s.
"""
