"""The Streamlit page: settings in, scenes of the stage out.

It computes nothing itself: every number comes from the packages below.
"""
