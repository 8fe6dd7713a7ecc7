"""Draws what layout decided."""
