"""Draw what layout decided. Decides nothing."""
