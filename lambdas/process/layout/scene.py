"""What a look decides from: the picture, reduced and analysed, the title, and the user's choices."""

from dataclasses import dataclass
from functools import cached_property

from PIL import Image, ImageStat

from process.canvas import Box, Region
from process.layout.palette import PaletteColour, extract_palette
from process.layout.saliency import Saliency
from process.layout.summed_area import SummedAreaTable
from process.layout.wcag import Colour
from process.text.emphasis import Title

_BRIGHT_MEAN = 165  # levels
_BARS_SCALE = 1 / 8  # of the canvas, at which parts with bars are drawn
_SKIN_WEIGHT = 1.6  # relative to the rest of the subject


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture and a title to lay out.

    Attributes:
        preview: a small RGB copy of the picture, without borders.
        size: width and height of the picture, in pixels; borders do not count.
        saliency: of the picture.
        title: the title; looks are not asked about an empty one.
        fit: one of `common.options.FITS`.
        position: one of `common.options.POSITIONS`.
        accent: the user's accent colour; None to choose one.
        capitals: whether the user asked for capitals.
    """

    preview: Image.Image
    size: tuple[float, float]
    saliency: Saliency
    title: Title
    fit: str = "auto"
    position: str = "auto"
    accent: Colour | None = None
    capitals: bool = False

    @cached_property
    def palette(self) -> list[PaletteColour]:
        """Vivid colours of the picture, the most characteristic first."""
        return extract_palette(self.preview)

    @cached_property
    def is_bright(self) -> bool:
        """Whether the picture is light all over, such as snow, paper or a studio's white."""
        return ImageStat.Stat(self.preview.convert("L")).mean[0] > _BRIGHT_MEAN

    @cached_property
    def subject(self) -> SummedAreaTable:
        """Distribution of the subject over the picture: 1 in all, and more if there are people."""
        return SummedAreaTable((self.saliency.subject, 1.0), (self.saliency.skin, _SKIN_WEIGHT * self.saliency.people))

    @cached_property
    def skin(self) -> SummedAreaTable:
        """Distribution of skin over the picture: as much as it is likely that there are people."""
        return SummedAreaTable((self.saliency.skin, self.saliency.people))

    @property
    def row(self) -> str:
        """Row that the user asked for: top, middle, bottom or auto."""
        return self.position.split("-")[0]

    @property
    def column(self) -> str:
        """Column that the user asked for: left, center, right or auto."""
        return self.position.rsplit("-", maxsplit=1)[-1]

    @property
    def vertical(self) -> float:
        """Where the user asked for a block beside the picture: from 0, the top of its zone, to 1, the bottom."""
        return {"top": 0.0, "bottom": 1.0}.get(self.row, 0.5)

    def crop_preview(self, region: Region) -> Image.Image:
        """Return a region of the preview."""
        width, height = self.preview.size
        left, top = min(width - 1, int(region.left * width)), min(height - 1, int(region.top * height))
        right, bottom = max(left + 1, round(region.right * width)), max(top + 1, round(region.bottom * height))
        return self.preview.crop((left, top, right, bottom))

    def crop_shown(self, framed: Region, area: Box, box: Box) -> Image.Image:
        """Return the part of the preview that a box of the canvas shows, with its black bars; see `find_region`."""
        part = self.crop_preview(find_region(framed, area, box))
        if self.fit != "letterbox":
            return part
        width, height = box.round(_BARS_SCALE).size
        shown = Image.new("RGB", (max(1, width), max(1, height)))
        left, top, right, bottom = box.intersect(area)
        if left < right and top < bottom:
            place = Box(left - box.left, top - box.top, right - box.left, bottom - box.top).round(_BARS_SCALE)
            shown.paste(part.resize((max(1, place.size[0]), max(1, place.size[1]))), place[:2])
        return shown


def find_region(framed: Region, area: Box, box: Box) -> Region:
    """Return the region of the picture that a box of the canvas shows; of no extent if it shows none of it.

    Args:
        framed: the region of the picture that the canvas shows.
        area: where on the canvas it is shown.
        box: the box, of which only the part within the area counts.
    """
    left, top, right, bottom = area
    scale_x, scale_y = (framed.right - framed.left) / (right - left), (framed.bottom - framed.top) / (bottom - top)
    return Region(
        framed.left + (min(max(box.left, left), right) - left) * scale_x,
        framed.top + (min(max(box.top, top), bottom) - top) * scale_y,
        framed.left + (min(max(box.right, left), right) - left) * scale_x,
        framed.top + (min(max(box.bottom, top), bottom) - top) * scale_y,
    )
