"""Which part of the picture is used, how large it becomes, and which way is up."""

import math
from dataclasses import dataclass

from PIL import ExifTags, Image

from process.canvas import SIZE
from process.colour import resizable

# Exif 2.32, section 4.6.4 A, tag Orientation: what to do to see the picture upright.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)

# https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.resize
_REDUCING_GAP = 2.0


@dataclass(frozen=True)
class Framing:
    """The part of the picture that is used, and the size that it gets.

    `picture` and `size` are widths and heights in pixels, `box` is left, top, right and bottom in the picture.
    """

    picture: tuple[int, int]
    box: tuple[float, float, float, float]
    size: tuple[int, int]

    @classmethod
    def of(cls, picture: tuple[int, int], canvas: tuple[int, int], fit: str) -> "Framing":
        """Frame a picture of that size for a canvas of that size."""
        return cls._cropped(picture, canvas) if fit == "crop" else cls._whole(picture, canvas)

    @classmethod
    def _whole(cls, picture: tuple[int, int], canvas: tuple[int, int]) -> "Framing":
        scale = min(canvas[0] / picture[0], canvas[1] / picture[1])
        width, height = (max(1, round(side * scale)) for side in picture)
        return cls(picture, (0, 0, *picture), (width, height))

    @classmethod
    def _cropped(cls, picture: tuple[int, int], canvas: tuple[int, int]) -> "Framing":
        scale = max(canvas[0] / picture[0], canvas[1] / picture[1])
        # Rounding may leave a hair less than nothing on the side that fits exactly.
        left, top = (max(0.0, (side - kept / scale) / 2) for side, kept in zip(picture, canvas, strict=True))
        return cls(picture, (left, top, picture[0] - left, picture[1] - top), canvas)

    def whole_size(self, factor: float) -> tuple[int, int]:
        """Return the size of the whole picture at `factor` times the scale of this framing."""
        scale = factor * self.size[0] / (self.box[2] - self.box[0])
        width, height = (max(1, math.ceil(side * scale)) for side in self.picture)
        return width, height


def frame(picture: Image.Image, fit: str) -> Image.Image:
    """Scale a picture, up or down, to the size that `fit` gives it on the canvas, and turn it upright.

    Turning comes last: it costs least on the small picture.
    """
    framing, orientation = framing_of(picture, fit), _orientation(picture)
    picture = resizable(picture).resize(
        framing.size, Image.Resampling.LANCZOS, box=framing.box, reducing_gap=_REDUCING_GAP
    )
    return picture.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else picture


def framing_of(picture: Image.Image, fit: str) -> Framing:
    """Frame a picture as it is stored: for one that lies on its side, the canvas does too."""
    canvas = SIZE[::-1] if _orientation(picture) in _SIDEWAYS else SIZE
    return Framing.of(picture.size, canvas, fit)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001  a broken note about the picture is no reason to refuse the picture
        return 1
