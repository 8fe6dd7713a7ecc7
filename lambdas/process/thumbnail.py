"""Make a thumbnail: the steps, in order. Each is a file beside this one."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from common.options import FITS, POSITIONS
from process.errors import InvalidImage, translate_decoder_errors
from process.image.colour import flatten, to_resizable, to_srgb
from process.image.decode import decode
from process.image.encode import encode
from process.image.resize import crop_and_scale, make_preview, upright_size
from process.layout.colours import TitleColours, choose_colours
from process.layout.framing import Framing, list_framings
from process.layout.placement import Placement, choose_placement
from process.layout.saliency import PREVIEW_SIDE, Saliency, map_saliency
from process.render.background import render_background
from process.render.title import draw_title
from process.text.block import TextBlock, list_text_blocks, normalize_title


def _unnoticed(_step: str) -> None:
    pass


def make_thumbnail(  # noqa: PLR0913  each is something that a user chooses
    image: bytes,
    text: str,
    *,
    fit: str = "auto",
    position: str = "auto",
    caps: bool = False,
    overlay: bool = True,
    on_step: Callable[[str], None] = _unnoticed,
) -> bytes:
    """Make a YouTube thumbnail of a picture and a title.

    The same arguments give the same bytes.

    Args:
        image: a file in any of `process.decode.FORMATS`.
        text: the title; drawn as large as suits the picture, not drawn if blank.
        fit: how the picture fills the canvas, one of `common.options.FITS`.
        position: where the title stands, one of `common.options.POSITIONS`.
        caps: whether the title is drawn in capitals.
        overlay: False leaves out everything that the title draws, and changes nothing else.
        on_step: called after each step with its name: decode, analyse, resize, draw, encode.

    Returns:
        A JPEG of 1280x720 pixels, under 2 MB, without metadata.

    Raises:
        InvalidImage: the file or an option cannot be used; the message is for the user.
    """
    planned = plan(image, text, fit=fit, position=position, caps=caps, on_step=on_step)
    if overlay and planned.placement and planned.colours:
        draw_title(planned.canvas, planned.placement, planned.colours)
    on_step("draw")
    jpeg = encode(planned.canvas)
    on_step("encode")
    return jpeg


@dataclass(frozen=True)
class Plan:
    """A thumbnail before its title is drawn: what was seen in the picture, and what was decided from it.

    `placement` and `style` are None where there is no title.
    """

    saliency: Saliency
    text_blocks: list[TextBlock]
    framings: list[Framing]
    framing: Framing
    placement: Placement | None
    canvas: Image.Image
    colours: TitleColours | None


def plan(  # noqa: PLR0913  as for `make_thumbnail`
    image: bytes,
    text: str,
    *,
    fit: str = "auto",
    position: str = "auto",
    caps: bool = False,
    on_step: Callable[[str], None] = _unnoticed,
) -> Plan:
    """Do all but draw the title and encode: `make_thumbnail` says what the arguments are and what is raised."""
    _check("fit", fit, FITS)
    _check("position", position, POSITIONS)
    title = normalize_title(text.upper() if caps else text)
    title_blocks = list_text_blocks(title) if title else []
    with translate_decoder_errors():
        picture = to_resizable(decode(image, fit))
        on_step("decode")
        matters = map_saliency(flatten(to_srgb(make_preview(picture, PREVIEW_SIDE))))
        ways = list_framings(upright_size(picture), fit, matters, titled=bool(title))
        composition, placement = choose_placement(title_blocks, ways, matters, position)
        on_step("analyse")
        picture = flatten(to_srgb(crop_and_scale(picture, composition)))
    canvas = render_background(picture, composition, fit)
    on_step("resize")
    chosen = choose_colours(canvas, placement.box) if placement else None
    return Plan(matters, title_blocks, ways, composition, placement, canvas, chosen)


def _check(option: str, value: str, accepted: tuple[str, ...]) -> None:
    if value not in accepted:
        raise InvalidImage(f"The {option} must be one of {', '.join(accepted)}.")
