"""Map what is salient in a picture, which the title should not cover and a crop should keep.

No model is used. Faces and other subjects tend to show detail, rare colours or skin, and to be near the centre of the
picture: Pillow computes all of this from a small copy.
"""

from functools import cache
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageStat

PREVIEW_SIDE = 320
"""Longer side of the preview that the maps are computed from, in pixels."""

# Skin of all tones lies in a narrow range of chroma: D. Chai, K. N. Ngan, Face Segmentation Using Skin-Color Map
# in Videophone Applications, IEEE Transactions on Circuits and Systems for Video Technology 9(4), 1999.
_SKIN_CB, _SKIN_CR = (77, 127), (133, 173)
_SKIN_EDGE = 6  # levels over which the likelihood rises or falls at each end of a range
_SKIN_MIN_LUMA = 40

# Below this fraction of skin, the likelihood that there are people decreases linearly.
_PEOPLE_SKIN_FRACTION = 0.08
# In a greyscale picture: the luma of faces, and the likelihood that there are people.
_GREYSCALE_SKIN_LUMA = (60, 245)
_GREYSCALE_PEOPLE = 0.75
# Standard deviation of chroma below which a picture is greyscale.
_MIN_CHROMA_DEVIATION = 2

# Colours that the picture is quantized to, and the width of the ring along its edges whose colours count as background,
# as a fraction of its shorter side. A colour as frequent inside as in the ring is background.
_BACKGROUND_COLOURS, _RING_WIDTH, _RING_WEIGHT = 64, 0.06, 1.6
# How much the centre prior weighs in the subject map: the rest is independent of where the subject is.
_SUBJECT_CENTRE_WEIGHT = 0.65
# Above 1, so that a lively background weighs less.
_SUBJECT_EXPONENT = 1.6

# A map whose maximum is below this many levels may be mere noise, and is not scaled up to the full range.
_NOISE_LEVEL = 24


def _make_map(rows: tuple[tuple[int, ...], ...]) -> Image.Image:
    image = Image.new("L", (len(rows[0]), len(rows)))
    image.putdata([value for row in rows for value in row])
    return image


# Low in a picture, skin is more often arms and legs than faces.
_FACE_HEIGHT_PRIOR = _make_map(((255,), (255,), (255,), (220,), (130,), (60,)))

# Where subjects are likely, whatever the picture: around the centre (B. Tatler, The Central Fixation Bias in Scene
# Viewing, Journal of Vision 7(14), 2007) and, for people's heads, somewhat above it.
_CENTRE_PRIOR = _make_map(
    (
        (20, 60, 100, 120, 100, 60, 20),
        (40, 120, 210, 255, 210, 120, 40),
        (50, 130, 230, 255, 230, 130, 50),
        (40, 100, 180, 200, 180, 100, 40),
        (10, 40, 80, 100, 80, 40, 10),
        (0, 0, 10, 20, 10, 0, 0),
    )
)


class Saliency(NamedTuple):
    """Saliency maps of a picture, in mode L; 255 is most salient.

    Attributes:
        detail: local contrast and rare colours.
        skin: where faces may be.
        subject: detail, colours that the background lacks, and skin, weighted by the centre prior.
        people: likelihood that the picture shows people, 0 to 1.
    """

    detail: Image.Image
    skin: Image.Image
    subject: Image.Image
    people: float


def map_saliency(preview: Image.Image) -> Saliency:
    """Compute the saliency maps of an RGB preview, at half its width and height."""
    width, height = (max(1, side // 2) for side in preview.size)
    luma, cb, cr = preview.convert("YCbCr").split()
    has_colour = any(ImageStat.Stat(chroma).stddev[0] >= _MIN_CHROMA_DEVIATION for chroma in (cb, cr))
    skin = _map_skin(luma, cb, cr) if has_colour else _map_greyscale_faces(luma)
    people = min(1.0, ImageStat.Stat(skin).mean[0] / 255 / _PEOPLE_SKIN_FRACTION) if has_colour else _GREYSCALE_PEOPLE
    detail = ImageChops.add(_map_local_contrast(luma), _map_colour_rarity(preview))
    detail, skin = (map_.resize((width, height), Image.Resampling.BOX) for map_ in (detail, skin))
    centre = _CENTRE_PRIOR.resize((width, height), Image.Resampling.BICUBIC)
    return Saliency(
        detail=detail,
        skin=skin,
        subject=_map_subject(_map_foreground(preview.reduce(2)), detail, skin, centre),
        people=people,
    )


def _map_foreground(preview: Image.Image) -> Image.Image:
    """Map colours that are more frequent inside the picture than along its edges.

    The boundary prior of Y. Wei et al., Geodesic Saliency Using Background Priors, ECCV 2012, by colour histograms. The
    lower edge does not count as background: people and products stand on it.
    """
    quantized = preview.quantize(_BACKGROUND_COLOURS, Image.Quantize.FASTOCTREE)
    width, height = quantized.size
    ring = max(1, round(min(width, height) * _RING_WIDTH))
    edges = ((0, 0, width, ring), (0, 0, ring, height), (width - ring, 0, width, height))
    at_edges = [sum(counts) for counts in zip(*(quantized.crop(edge).histogram() for edge in edges), strict=True)]
    overall = quantized.histogram()
    edge_pixels, pixels = sum(at_edges), sum(overall)
    levels = []
    for edge_count, count in zip(at_edges, overall, strict=True):
        inside, outside = count / pixels, _RING_WEIGHT * edge_count / edge_pixels
        levels.append(max(0.0, 255 * (inside - outside) / (inside + outside)) if count else 0.0)
    indices = Image.frombytes("L", quantized.size, quantized.tobytes())
    return indices.point(levels).filter(ImageFilter.BoxBlur(2))


def _map_subject(foreground: Image.Image, detail: Image.Image, skin: Image.Image, centre: Image.Image) -> Image.Image:
    both = ImageChops.add(detail, foreground.resize(detail.size, Image.Resampling.BILINEAR), 2)
    both = ImageChops.add(both, skin, 1.5)
    weighted = ImageChops.multiply(both, centre.point(lambda value: 255 - (255 - value) * _SUBJECT_CENTRE_WEIGHT))
    return _normalize(weighted).point(lambda value: 255 * (value / 255) ** _SUBJECT_EXPONENT)


def _map_local_contrast(luma: Image.Image) -> Image.Image:
    local = ImageChops.difference(luma, luma.filter(ImageFilter.BoxBlur(3)))
    return _normalize(local.filter(ImageFilter.BoxBlur(4)))


def _map_colour_rarity(preview: Image.Image) -> Image.Image:
    """Map the distance of each colour from the picture's mean, at half strength.

    R. Achanta et al., Frequency-tuned Salient Region Detection, CVPR 2009; in RGB instead of Lab.
    """
    red, green, blue = (round(value) for value in ImageStat.Stat(preview).mean)
    mean = Image.new("RGB", preview.size, (red, green, blue))
    distance = ImageChops.difference(preview.filter(ImageFilter.BoxBlur(2)), mean)
    return _normalize(distance.convert("L")).point(lambda value: value * 0.5)


def _normalize(image: Image.Image) -> Image.Image:
    (_, maximum) = ImageStat.Stat(image).extrema[0]
    scale = 255 / max(maximum, _NOISE_LEVEL)
    return image.point(lambda value: value * scale)


def _map_skin(luma: Image.Image, cb: Image.Image, cr: Image.Image) -> Image.Image:
    """Map patches of skin colour, weaker towards the bottom; specks are eroded."""
    likelihood = ImageChops.multiply(cb.point(_make_band(*_SKIN_CB)), cr.point(_make_band(*_SKIN_CR)))
    likelihood = ImageChops.multiply(likelihood, luma.point(_make_band(_SKIN_MIN_LUMA, 261)))
    patches = _erode(likelihood).filter(ImageFilter.BoxBlur(3))
    return ImageChops.multiply(patches, _FACE_HEIGHT_PRIOR.resize(patches.size, Image.Resampling.BILINEAR))


def _erode(image: Image.Image) -> Image.Image:
    """Erode by one pixel: like MinFilter(3), but several times faster. Edges wrap around."""
    for x, y in ((1, 0), (0, 1)):
        image = ImageChops.darker(
            image, ImageChops.darker(ImageChops.offset(image, x, y), ImageChops.offset(image, -x, -y))
        )
    return image


@cache
def _make_band(low: int, high: int) -> list[float]:
    """Return a lookup table: 255 between `low` and `high`, with soft edges inside, and 0 outside."""
    return [255 * max(0.0, min(1.0, (value - low) / _SKIN_EDGE, (high - value) / _SKIN_EDGE)) for value in range(256)]


def _map_greyscale_faces(luma: Image.Image) -> Image.Image:
    """Map where faces may be in a greyscale picture: lit, near detail, and where heads are likely."""
    lit = ImageChops.multiply(
        luma.point(_make_band(*_GREYSCALE_SKIN_LUMA)), _map_local_contrast(luma).filter(ImageFilter.BoxBlur(12))
    )
    return ImageChops.multiply(lit, _CENTRE_PRIOR.resize(luma.size, Image.Resampling.BICUBIC))
