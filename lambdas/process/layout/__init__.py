"""Decides where things go and in which colours. Draws nothing."""
