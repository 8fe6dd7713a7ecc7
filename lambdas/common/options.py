"""What a user may choose: presign checks it, process acts on it."""

FITS = ("auto", "pad", "crop", "letterbox")
"""How the picture fills the canvas; `process.composition` knows each."""

POSITIONS = (
    "auto",
    *("top-left", "top-center", "top-right"),
    *("middle-left", "middle-center", "middle-right"),
    *("bottom-left", "bottom-center", "bottom-right"),
)
"""Where the title stands; `process.placement` knows each."""

CAPS = ("off", "on")
"""Whether the title is drawn in capitals, or as typed."""
