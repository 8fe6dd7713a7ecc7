"""Draw what layout decided."""
