"""Programs that train the network as people write them: right, and with mistakes put in.

They are written from the notebook alone, independently of `xorviz.mistakes`, which they test.
"""
