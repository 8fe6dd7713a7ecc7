"""POST /generate-presigned-url."""
