"""What a user may choose: presign checks it, process acts on it."""

FITS = ("auto", "pad", "crop", "letterbox")
"""How the picture fills the canvas; `process.compose` draws each."""
