"""Decide how the picture is framed, where the title goes and in which colours. Draws nothing."""
