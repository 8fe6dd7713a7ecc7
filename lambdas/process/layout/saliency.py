"""What matters in a picture, as maps: a title keeps off it, and cropping keeps it.

Nothing is learned and no model is shipped: detail, rare colour, skin and the middle of the picture are what
faces and subjects have in common, and all of them can be had from a small copy with Pillow alone.
"""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageStat

PREVIEW_SIDE = 320
"""The longer side of the small copy that maps are made of, in pixels."""

# Skin of all tones lies in a narrow range of chroma: D. Chai, K. N. Ngan, Face Segmentation Using Skin-Color Map
# in Videophone Applications, IEEE Transactions on Circuits and Systems for Video Technology 9(4), 1999.
_SKIN_BLUE, _SKIN_RED = (77, 127), (133, 173)
_SKIN_EDGE = 6
_DARKEST_SKIN = 40

# Of less skin than this share of the picture, it is the less likely that it is a person's.
_SKIN_OF_PEOPLE = 0.08
# Of light, where there are no colours; and how likely people are there.
_GREY_SKIN = (60, 245)
_PEOPLE_UNSEEN = 0.75
# In levels of chroma: below, a picture is black and white.
_COLOURLESS = 2

# A local contrast below this many levels is grain.
_GRAIN = 24


def _map(rows: tuple[tuple[int, ...], ...]) -> Image.Image:
    image = Image.new("L", (len(rows[0]), len(rows)))
    image.putdata([value for row in rows for value in row])
    return image


# Low in a picture, skin is arms and legs more often than faces.
_FACES_ARE_HIGH = _map(((255,), (255,), (255,), (220,), (130,), (60,)))

# Where subjects are before anything is seen of a picture: around the middle (B. Tatler, The Central Fixation Bias in
# Scene Viewing, Journal of Vision 7(14), 2007), and of people, the heads, somewhat above it.
_HEADS = _map(
    (
        (20, 60, 100, 120, 100, 60, 20),
        (40, 120, 210, 255, 210, 120, 40),
        (50, 130, 230, 255, 230, 130, 50),
        (40, 100, 180, 200, 180, 100, 40),
        (10, 40, 80, 100, 80, 40, 10),
        (0, 0, 10, 20, 10, 0, 0),
    )
)


@dataclass(frozen=True)
class Saliency:
    """Maps of one picture, mode L, 255 where it matters most.

    `detail` is small-scale contrast and rare colour, `skin` is where faces may be, `centre` is where a subject is
    likely. `people` says from 0 to 1 whether there may be people.
    """

    detail: Image.Image
    skin: Image.Image
    centre: Image.Image
    people: float


def map_saliency(picture: Image.Image) -> Saliency:
    """Map what matters in an RGB picture whose longer side is `PREVIEW_SIDE` pixels; the maps have half its size."""
    width, height = (max(1, side // 2) for side in picture.size)
    light, blue, red = picture.convert("YCbCr").split()
    is_coloured = any(ImageStat.Stat(chroma).stddev[0] >= _COLOURLESS for chroma in (blue, red))
    skin = _skin(light, blue, red) if is_coloured else _lit_heads(light)
    return Saliency(
        detail=ImageChops.add(_contrast(light), _rarity(picture)).resize((width, height), Image.Resampling.BOX),
        skin=skin.resize((width, height), Image.Resampling.BOX),
        centre=_HEADS.resize((width, height), Image.Resampling.BICUBIC),
        people=min(1.0, ImageStat.Stat(skin).mean[0] / 255 / _SKIN_OF_PEOPLE) if is_coloured else _PEOPLE_UNSEEN,
    )


def _contrast(light: Image.Image) -> Image.Image:
    local = ImageChops.difference(light, light.filter(ImageFilter.BoxBlur(3)))
    return _stretched(local.filter(ImageFilter.BoxBlur(4)))


def _rarity(picture: Image.Image) -> Image.Image:
    """Map how far each place's colour is from the picture's mean, at half strength.

    R. Achanta et al., Frequency-tuned Salient Region Detection, CVPR 2009; in RGB, which Pillow has at hand.
    """
    red, green, blue = (round(value) for value in ImageStat.Stat(picture).mean)
    mean = Image.new("RGB", picture.size, (red, green, blue))
    apart = ImageChops.difference(picture.filter(ImageFilter.BoxBlur(2)), mean)
    return _stretched(apart.convert("L")).point(lambda value: value * 0.5)


def _stretched(image: Image.Image) -> Image.Image:
    (_, top) = ImageStat.Stat(image).extrema[0]
    scale = 255 / max(top, _GRAIN)
    return image.point(lambda value: value * scale)


def _skin(light: Image.Image, blue: Image.Image, red: Image.Image) -> Image.Image:
    """Map patches of skin colour, those low in the picture weaker; specks are left out."""
    likely = ImageChops.multiply(blue.point(_within(*_SKIN_BLUE)), red.point(_within(*_SKIN_RED)))
    likely = ImageChops.multiply(likely, light.point(_within(_DARKEST_SKIN, 261)))
    patches = _eroded(likely).filter(ImageFilter.BoxBlur(3))
    return ImageChops.multiply(patches, _FACES_ARE_HIGH.resize(patches.size, Image.Resampling.BILINEAR))


def _eroded(image: Image.Image) -> Image.Image:
    """Take a pixel off every patch's edge: what MinFilter(3) does, much faster."""
    for x, y in ((1, 0), (0, 1)):
        image = ImageChops.darker(
            image, ImageChops.darker(ImageChops.offset(image, x, y), ImageChops.offset(image, -x, -y))
        )
    return image


def _within(low: int, high: int) -> list[float]:
    """Return a lookup table that is 255 between `low` and `high`, rises softly within, and is 0 beside."""
    return [255 * max(0.0, min(1.0, (value - low) / _SKIN_EDGE, (high - value) / _SKIN_EDGE)) for value in range(256)]


def _lit_heads(light: Image.Image) -> Image.Image:
    """Map where faces may be in a picture without colours: lit, with something to see around, and where heads are."""
    lit = ImageChops.multiply(light.point(_within(*_GREY_SKIN)), _contrast(light).filter(ImageFilter.BoxBlur(12)))
    return ImageChops.multiply(lit, _HEADS.resize(light.size, Image.Resampling.BICUBIC))
