"""GET /get-final-url."""
