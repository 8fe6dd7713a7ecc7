"""Draw fades and polygons."""

from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from process.canvas import Box, PixelBox
from process.layout.wcag import Colour
from process.render.bounds import find_bounds
from process.render.composition import Fade, Shape

_SUPERSAMPLING = 3  # of a polygon's mask, for smooth edges
_RAMP_STEPS = 256


def draw_fade(canvas: Image.Image, fade: Fade, scale: float) -> None:
    """Draw a fade. `scale` is the canvas's size, relative to `process.canvas.SIZE`."""
    box = fade.box.round(scale)
    size = box.size
    ramp = Image.new("L", (_RAMP_STEPS, 1))
    ramp.putdata(
        [round(255 * fade.opacity * _fall(step / (_RAMP_STEPS - 1), fade.solid)) for step in range(_RAMP_STEPS)]
    )
    if fade.edge == "right":
        ramp = ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    elif fade.edge == "top":
        ramp = ramp.transpose(Image.Transpose.ROTATE_270)
    elif fade.edge == "bottom":
        ramp = ramp.transpose(Image.Transpose.ROTATE_90)
    # Along one axis first, then repeated along the other: faster than both at once.
    line = (size[0], 1) if ramp.height == 1 else (1, size[1])
    mask = ramp.resize(line, Image.Resampling.BILINEAR).resize(size, Image.Resampling.NEAREST)
    canvas.paste(Image.new("RGB", size, fade.colour), box, mask)


def _fall(position: float, solid: float) -> float:
    """Return the relative opacity at a position from 0 to 1: a smooth fall without visible ends (smoothstep)."""
    if position <= solid:
        return 1.0
    x = 1 - (position - solid) / (1 - solid)
    return x * x * (3 - 2 * x)


def draw_shape(canvas: Image.Image, shape: Shape, scale: float) -> None:
    """Draw a polygon with smooth edges. `scale` is as for `draw_fade`."""
    points = [(x * scale, y * scale) for x, y in shape.points]
    corners = list(zip(*map(_find_subpixels, zip(*points, strict=True)), strict=True))
    # Only what is around the edges is supersampled: most of a panel is inside them.
    edges = pairwise([*points, points[0]])
    boxes = [find_bounds(edge, 1).intersect(Box(0, 0, *canvas.size)).round() for edge in edges]
    smooth = [(box, _draw_smooth(canvas.crop(box), box, corners, shape.colour)) for box in boxes if min(box.size) > 0]
    ImageDraw.Draw(canvas).polygon(points, fill=shape.colour)
    for box, part in smooth:
        canvas.paste(part, box)


def _find_subpixels(values: Sequence[float]) -> list[int]:
    """Return the subpixels of the canvas that coordinates lie in, none of them in the pixel before the first."""
    first = max(0, int(min(values)))
    return [first * _SUPERSAMPLING + int((value - first) * _SUPERSAMPLING - 0.5) for value in values]


def _draw_smooth(part: Image.Image, box: PixelBox, corners: Sequence[tuple[int, int]], colour: Colour) -> Image.Image:
    """Draw a polygon onto the part of the canvas in a box."""
    mask = Image.new("L", (part.width * _SUPERSAMPLING, part.height * _SUPERSAMPLING))
    left, top = box.left * _SUPERSAMPLING, box.top * _SUPERSAMPLING
    ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in corners], fill=255)
    return Image.composite(Image.new("RGB", part.size, colour), part, mask.reduce(_SUPERSAMPLING))
