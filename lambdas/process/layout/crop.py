"""Choose the region of a picture that keeps the most salient content when it is cropped to fill the canvas."""

from itertools import accumulate

from PIL import Image

from process.canvas import Region
from process.layout.saliency import Saliency

# Relative to detail. Skin weighs less than in `cost_map`: a cropped arm matters less than a covered face.
_WEIGHT_SKIN, _WEIGHT_CENTRE = 1.5, 0.6
_COST_OFF_CENTRE = 0.2


def choose_crop(aspect: float, saliency: Saliency) -> tuple[Region, float]:
    """Choose the crop with the canvas's aspect ratio that loses the least.

    Args:
        aspect: the picture's aspect ratio, divided by that of the canvas.
        saliency: of the whole picture.

    Returns:
        The region, and how much more it costs than a crop of the same size from an evenly detailed picture.
    """
    is_wide, kept = aspect > 1, min(aspect, 1 / aspect)
    detail = _slide_window(saliency.detail, kept, horizontal=is_wide)
    skin = _slide_window(saliency.skin, kept, horizontal=is_wide)
    last = len(detail) - 1

    def cost(start: int) -> float:
        off_centre = abs(start - last / 2) / (last + 1)
        return (1 - detail[start]) + _WEIGHT_SKIN * (1 - skin[start]) + _COST_OFF_CENTRE * off_centre

    start = min(range(last + 1), key=cost)
    low = start / last * (1 - kept) if last else (1 - kept) / 2
    high = min(1.0, low + kept)  # rounding may exceed 1
    region = Region(low, 0.0, high, 1.0) if is_wide else Region(0.0, low, 1.0, high)
    return region, max(0.0, cost(start) - (1 - kept))


def _slide_window(saliency_map: Image.Image, kept: float, *, horizontal: bool) -> list[float]:
    """Slide a window, `kept` times as long as a map, over it; return the fraction of the map inside at each step."""
    width, height = saliency_map.size
    profile = saliency_map.resize((width, 1) if horizontal else (1, height), Image.Resampling.BOX).tobytes()
    sums = list(accumulate(profile, initial=0))
    window = max(1, round(len(profile) * kept))
    if sums[-1] < len(profile):  # a mean below one level: the map is empty, and nothing can be lost
        return [1.0] * (len(profile) - window + 1)
    return [(end - start) / sums[-1] for start, end in zip(sums, sums[window:], strict=False)]


def measure_loss(saliency: Saliency, region: Region, reference: Region) -> float:
    """Return the weighted fraction of the salient content of `reference` that lies outside `region`."""
    weighted_maps = ((saliency.detail, 1.0), (saliency.skin, _WEIGHT_SKIN), (saliency.centre, _WEIGHT_CENTRE))
    return max(0.0, sum(weight * (1 - _measure_kept(map_, region, reference)) for map_, weight in weighted_maps))


def _measure_kept(saliency_map: Image.Image, region: Region, reference: Region) -> float:
    negligible = 0.005 * 255
    return _sum_level(saliency_map, region) / max(_sum_level(saliency_map, reference), negligible)


def _sum_level(saliency_map: Image.Image, region: Region) -> float:
    """Return the mean level of a region of a map, times the region's area."""
    width, height = saliency_map.size
    box = (region.left * width, region.top * height, region.right * width, region.bottom * height)
    (mean,) = saliency_map.resize((1, 1), Image.Resampling.BOX, box=box).tobytes()
    return mean * (region.right - region.left) * (region.bottom - region.top)
