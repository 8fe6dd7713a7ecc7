"""Read the colour space of an AVIF."""

from process.image.code_points import CodePoints, from_nclx
from process.image.formats.av1 import read_colour_description
from process.image.formats.isobmff import read_colour_properties


def read_code_points(data: bytes) -> CodePoints | None:
    """Read the code points of an AVIF without an ICC profile: of its box, or else of the coded picture."""
    properties = read_colour_properties(data)
    nclx = properties.nclx
    if nclx is None and properties.coded_at is not None:
        nclx = read_colour_description(data, properties.coded_at)
    return from_nclx(*nclx, properties.max_luminance) if nclx else None
