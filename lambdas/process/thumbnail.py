"""Make a thumbnail: the steps in order, each in a package beside this file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Unpack

from PIL import Image

from common.options import InvalidOption, OptionFields, Options
from process.errors import InvalidImage, translate_decoder_errors
from process.image.colour import flatten, to_srgb
from process.image.decode import decode, open_header
from process.image.encode import encode
from process.image.resize import crop_and_scale, get_upright_size, make_preview
from process.layout.colours import TitleColours, choose_colours
from process.layout.framing import Framing, compute_max_scale, list_framings
from process.layout.placement import Placement, choose_placement
from process.layout.saliency import PREVIEW_SIDE, Saliency, map_saliency
from process.render.background import render_background
from process.render.title import draw_title
from process.text.block import TextBlock, list_text_blocks
from process.text.font_files import ANTON
from process.text.normalization import normalize_title


def _ignore_step(_step: str) -> None:
    pass


def make_thumbnail(
    image: bytes,
    text: str,
    *,
    overlay: bool = True,
    on_step: Callable[[str], None] = _ignore_step,
    **options: Unpack[OptionFields],
) -> bytes:
    """Make a YouTube thumbnail of a picture and a title.

    The same arguments give the same bytes.

    Args:
        image: a file in any of the accepted formats, `process.image.plugins.FORMATS`.
        text: the title; if it is blank, none is drawn.
        overlay: whether to draw the title; False changes nothing else, for measurements of the picture alone.
        on_step: called after each step with its name: decode, analyse, resize, draw, encode.
        **options: the fields of `common.options.Options`.

    Returns:
        A JPEG of 1280x720 pixels, under 2 MB, without metadata.

    Raises:
        InvalidImage: the file, the title or an option cannot be used; the message is for the user.
    """
    planned = plan(image, text, on_step=on_step, **options)
    if overlay and planned.placement and planned.colours:
        draw_title(planned.canvas, planned.placement, planned.colours)
    on_step("draw")
    jpeg = encode(planned.canvas)
    on_step("encode")
    return jpeg


@dataclass(frozen=True)
class Plan:
    """A thumbnail before its title is drawn, with the analysis and the decisions behind it.

    Attributes:
        saliency: of the whole picture.
        text_blocks: the ways to break the title; none without a title.
        framings: the framings that were considered.
        framing: the one that was chosen.
        placement: of the title; None without a title.
        canvas: the background, 1280x720 pixels, RGB.
        colours: of the title; None without a title.
    """

    saliency: Saliency
    text_blocks: list[TextBlock]
    framings: list[Framing]
    framing: Framing
    placement: Placement | None
    canvas: Image.Image
    colours: TitleColours | None

    @property
    def lines(self) -> list[str]:
        """The title's lines, from top to bottom."""
        return [line.text for line in self.placement.block.lines] if self.placement else []


def plan(
    image: bytes, text: str, *, on_step: Callable[[str], None] = _ignore_step, **options: Unpack[OptionFields]
) -> Plan:
    """Do everything but draw the title and encode. Arguments and errors are those of `make_thumbnail`."""
    chosen = _validate(options)
    title = normalize_title(text.upper() if chosen.caps else text)
    text_blocks = list_text_blocks(title, ANTON) if title else []
    with translate_decoder_errors():
        header = open_header(image)
        picture = decode(header, compute_max_scale(header.size, chosen.fit))
        on_step("decode")
        saliency = map_saliency(flatten(to_srgb(make_preview(picture, PREVIEW_SIDE))))
        framings = list_framings(get_upright_size(picture), chosen.fit, saliency, has_title=bool(title))
        framing, placement = choose_placement(text_blocks, framings, saliency, chosen.position)
        on_step("analyse")
        cropped = flatten(to_srgb(crop_and_scale(picture, framing.region, framing.area.size)))
    canvas = render_background(cropped, framing, chosen.fit)
    on_step("resize")
    colours = choose_colours(canvas, placement.box) if placement else None
    return Plan(saliency, text_blocks, framings, framing, placement, canvas, colours)


def _validate(options: OptionFields) -> Options:
    try:
        return Options(**options)
    except InvalidOption as error:
        raise InvalidImage(str(error)) from None
