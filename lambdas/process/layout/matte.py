"""Choose the matte: the colour behind what is transparent in a picture.

Browsers show transparent pictures on white, and a logo in white for dark backgrounds vanishes there.
"""

from operator import itemgetter

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from process.layout.wcag import WHITE, Colour

# With the share of the visible pixels that has to be lost on white before each is taken. Black is dark enough for any
# logo, but not so dark that it is taken for the bars of a video. Grey serves logos with both white and black parts.
_OTHER_MATTES: dict[Colour, float] = {(36, 36, 40): 0.05, (118, 118, 118): 0.12}

_MIN_TRANSPARENT = 0.03  # of all pixels: below, it is mere rounded corners, or holes in a photo
_SIDE_EDGES, _RECTANGULAR = 3, 0.98  # edges that a side of the picture reaches; share of its box that is visible
_SOLID = 0.75  # of the greatest alpha: shadows and glows are weaker
_MIN_DIFFERENCE = 56  # levels by which a pixel stands out from the matte, in the channel where it differs the most
_NEAR = 0.04  # of the longer side: what is this close to a pixel that stands out is seen together with it


def choose_matte(preview: Image.Image) -> Colour:
    """Choose the colour on which a picture with transparency is seen: white, unless much of it would be lost there."""
    if preview.mode != "RGBA":
        return WHITE
    alpha = preview.getchannel("A")
    solid = alpha.point(_make_threshold(_SOLID * ImageStat.Stat(alpha).extrema[0][1]))
    visible = solid.histogram()[255]
    if not visible or visible > (1 - _MIN_TRANSPARENT) * solid.width * solid.height or _is_side(solid, visible):
        return WHITE
    colours = preview.convert("RGB")
    chosen, lowest = WHITE, _count_lost(colours, solid, WHITE) / visible
    for matte, reluctance in _OTHER_MATTES.items():
        if reluctance < lowest:
            cost = reluctance + _count_lost(colours, solid, matte) / visible
            chosen, lowest = min((chosen, lowest), (matte, cost), key=itemgetter(1))
    return chosen


def _is_side(solid: Image.Image, visible: int) -> bool:
    """Tell whether what is visible is one side of the picture: it has no shape that a matte could show."""
    left, top, right, bottom = solid.getbbox() or (0, 0, 0, 0)
    reached = (left == 0) + (top == 0) + (right == solid.width) + (bottom == solid.height)
    return reached == _SIDE_EDGES and visible >= _RECTANGULAR * (right - left) * (bottom - top)


def _count_lost(picture: Image.Image, solid: Image.Image, matte: Colour) -> int:
    """Count the pixels that merge with the matte: they are like it, reach it, and are near nothing that stands out."""
    difference = ImageChops.difference(picture, Image.new("RGB", picture.size, matte))
    red, green, blue = difference.split()
    greatest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    distinct = ImageChops.darker(greatest.point(_make_threshold(_MIN_DIFFERENCE)), solid)
    radius = max(1, round(_NEAR * max(picture.size)))
    near = distinct.filter(ImageFilter.BoxBlur(radius)).point(_make_threshold(0))
    merged = ImageChops.subtract(solid, near)
    if not merged.getbbox():
        return 0
    framed = Image.new("L", (picture.width + 2, picture.height + 2))
    framed.paste(distinct, (1, 1))
    ImageDraw.floodfill(framed, (0, 0), 128)
    outside = framed.crop((1, 1, picture.width + 1, picture.height + 1)).point([0] * 128 + [255] + [0] * 127)
    return ImageChops.darker(merged, outside).histogram()[255]


def _make_threshold(level: float) -> list[int]:
    return [255 if value > level else 0 for value in range(256)]
