"""Turn a file's bytes into upright, opaque 8-bit sRGB pixels, and pixels into a JPEG.

Knows no layout, no title, and not the canvas's size.
"""
