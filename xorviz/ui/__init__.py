"""The Streamlit page: settings in, scenes of the stage out.

It never computes: every number comes from the packages below.
"""
