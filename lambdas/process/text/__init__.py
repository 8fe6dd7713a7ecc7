"""How a line of a title is set, in any script."""
