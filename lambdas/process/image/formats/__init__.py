"""One module per codec: check a file before it is decoded, and load its pixels where Pillow alone is not enough."""
