"""The Streamlit page: settings in, scenes of the stage out."""
