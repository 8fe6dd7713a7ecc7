"""Bytes to upright 8-bit sRGB pixels, and pixels back to bytes. Knows no canvas and no title."""
