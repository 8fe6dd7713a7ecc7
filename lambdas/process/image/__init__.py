"""Turn a file's bytes into upright 8-bit sRGB pixels, and pixels into a JPEG. Knows no canvas and no title."""
