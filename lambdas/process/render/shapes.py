"""Draw fades and polygons."""

from PIL import Image, ImageDraw

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
    left, top = (max(0, int(min(values))) for values in zip(*points, strict=True))
    right, bottom = (
        min(limit, int(max(values)) + 1) for values, limit in zip(zip(*points, strict=True), canvas.size, strict=True)
    )
    if right <= left or bottom <= top:
        return
    mask = Image.new("L", ((right - left) * _SUPERSAMPLING, (bottom - top) * _SUPERSAMPLING))
    ImageDraw.Draw(mask).polygon(
        [((x - left) * _SUPERSAMPLING - 0.5, (y - top) * _SUPERSAMPLING - 0.5) for x, y in points], fill=255
    )
    mask = mask.reduce(_SUPERSAMPLING)
    canvas.paste(Image.new("RGB", mask.size, shape.colour), (left, top), mask)
