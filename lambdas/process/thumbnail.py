"""Make a thumbnail: the steps, in order. Each is a file beside this one."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from common.options import FITS, POSITIONS
from process.colour import flatten, resizable, to_srgb
from process.compose import compose
from process.composition import Composition, compositions
from process.decode import decode
from process.encode import encode
from process.errors import InvalidImage, unreadable_is_invalid
from process.framing import frame, preview, upright_size
from process.importance import PREVIEW_SIDE, Importance, importance
from process.layout import Block, blocks, clean
from process.placement import Placement, arrange
from process.style import Style, style
from process.title import draw_title


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
    lap: Callable[[str], None] = _unnoticed,
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
        lap: called after each step with its name: decode, analyse, resize, draw, encode.

    Returns:
        A JPEG of 1280x720 pixels, under 2 MB, without metadata.

    Raises:
        InvalidImage: the file or an option cannot be used; the message is for the user.
    """
    planned = plan(image, text, fit=fit, position=position, caps=caps, lap=lap)
    if overlay and planned.placement and planned.style:
        draw_title(planned.canvas, planned.placement, planned.style)
    lap("draw")
    jpeg = encode(planned.canvas)
    lap("encode")
    return jpeg


@dataclass(frozen=True)
class Plan:
    """A thumbnail before its title is drawn: what was seen in the picture, and what was decided from it.

    `placement` and `style` are None where there is no title.
    """

    importance: Importance
    title: list[Block]
    compositions: list[Composition]
    composition: Composition
    placement: Placement | None
    canvas: Image.Image
    style: Style | None


def plan(  # noqa: PLR0913  as for `make_thumbnail`
    image: bytes,
    text: str,
    *,
    fit: str = "auto",
    position: str = "auto",
    caps: bool = False,
    lap: Callable[[str], None] = _unnoticed,
) -> Plan:
    """Do all but draw the title and encode: `make_thumbnail` says what the arguments are and what is raised."""
    _check("fit", fit, FITS)
    _check("position", position, POSITIONS)
    title = clean(text.upper() if caps else text)
    title_blocks = blocks(title) if title else []
    with unreadable_is_invalid():
        picture = resizable(decode(image, fit))
        lap("decode")
        matters = importance(flatten(to_srgb(preview(picture, PREVIEW_SIDE))))
        ways = compositions(upright_size(picture), fit, matters, titled=bool(title))
        composition, placement = arrange(title_blocks, ways, matters, position)
        lap("analyse")
        picture = flatten(to_srgb(frame(picture, composition)))
    canvas = compose(picture, composition, fit)
    lap("resize")
    chosen = style(canvas, placement.box) if placement else None
    return Plan(matters, title_blocks, ways, composition, placement, canvas, chosen)


def _check(option: str, value: str, accepted: tuple[str, ...]) -> None:
    if value not in accepted:
        raise InvalidImage(f"The {option} must be one of {', '.join(accepted)}.")
