"""Draw what a look composed."""
