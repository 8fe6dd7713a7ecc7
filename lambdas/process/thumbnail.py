"""Make thumbnails: the steps in order, each in a package beside this file."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Unpack

from PIL import Image

from common.options import LIMITS, SIZES, InvalidOption, OptionFields, Options
from process.canvas import SIZE, WHOLE_PICTURE, Region, parse_size
from process.errors import InvalidImage, translate_decoder_errors
from process.image.colour import to_srgb
from process.image.decode import decode, is_decoded_for, open_header
from process.image.encode import encode
from process.image.resize import View, crop_and_scale, get_upright_size, make_preview
from process.image.transparency import flatten
from process.layout.borders import find_content
from process.layout.framing import WHOLE_FITS, compute_max_scale
from process.layout.matte import choose_matte
from process.layout.part import choose_part, find_strip_size
from process.layout.saliency import PREVIEW_SIDE, map_saliency
from process.layout.scene import Scene
from process.layout.tone import Tone, choose_tone
from process.layout.wcag import Colour, parse_colour
from process.looks import choose_variants, compose_looks, list_looks
from process.render.composition import Composition
from process.render.drawing import draw_background, draw_layers, draw_title, measure_legibility
from process.text.emphasis import parse_title
from process.text.normalization import normalize_title

_NARROWEST = 168  # pixels: the width of a thumbnail in YouTube's sidebar

_MAX_BYTES = dict(zip(LIMITS, (2_000_000, 50_000_000), strict=True))
# At 1280x720, not even noise reaches 1 MB with the first. Larger thumbnails are for large screens.
_QUALITY, _LARGE_QUALITY = 90, 95


class Thumbnail(NamedTuple):
    """A thumbnail, and what was measured of it.

    Attributes:
        look: name of its look.
        jpeg: the file, without metadata.
        scale: of the picture, as pixels of the thumbnail per pixel of the file: above 1, it is enlarged.
        contrast: WCAG contrast ratio of the letters to nine tenths of what is behind them, at least; to their outline
            if they have one; 0 without a title.
        cap_height: height of a capital of the smallest line, in pixels, where the thumbnail is shown 168 pixels wide; 0
            without a title.
        words: number of words of the title, as separated by spaces.
    """

    look: str
    jpeg: bytes
    scale: float
    contrast: float
    cap_height: float
    words: int


class Plan(NamedTuple):
    """Thumbnails before they are drawn, with the analysis and the decisions behind them.

    Attributes:
        image: the file.
        options: what was asked for.
        size: width and height of the upright picture, in pixels.
        picture: as decoded for `process.canvas.SIZE`; its orientation is not applied yet.
        matte: the colour behind what is transparent.
        content: the region of the picture without its borders; of a strip, the part that counts.
        tone: how the picture is lifted; None if it is not.
        scene: what the looks decided from.
        compositions: of all looks that were considered, by name.
        variants: those that are drawn, best first.
    """

    image: bytes
    options: Options
    size: tuple[int, int]
    picture: Image.Image
    matte: Colour
    content: Region
    tone: Tone | None
    scene: Scene
    compositions: dict[str, Composition]
    variants: dict[str, Composition]

    @property
    def lines(self) -> list[str]:
        """The lines of the first variant's title, from top to bottom; in capitals only if the user asked for them."""
        first = next(iter(self.variants.values()))
        return [line.line.drawn if self.options.caps else line.line.text for line in first.lines]


def _ignore_step(_step: str) -> None:
    pass


def make_thumbnail(
    image: bytes,
    text: str,
    *,
    overlay: bool = True,
    letters: bool = True,
    on_step: Callable[[str], None] = _ignore_step,
    **options: Unpack[OptionFields],
) -> bytes:
    """Make one thumbnail, in the named look or in the one that suits best.

    Arguments and errors are those of `make_thumbnails`, whose first file it returns.
    """
    planned = plan(image, text, on_step=on_step, **options)
    first = dict([next(iter(planned.variants.items()))])
    return _draw(planned, first, overlay=overlay, letters=letters, on_step=on_step)[0].jpeg


def make_thumbnails(
    image: bytes,
    text: str,
    *,
    overlay: bool = True,
    letters: bool = True,
    on_step: Callable[[str], None] = _ignore_step,
    **options: Unpack[OptionFields],
) -> list[Thumbnail]:
    """Make YouTube thumbnails of a picture and a title. The same arguments give the same bytes.

    Args:
        image: a file in any of the accepted formats, `process.image.plugins.FORMATS`.
        text: the title; if it is blank, none is drawn.
        overlay: False draws the picture alone, where it would be under this title; for measurements.
        letters: False draws all but the letters with their outline and shadow; for measurements.
        on_step: called after each step with its name: decode, analyse, decode (for the size), resize, draw, encode.
        **options: the fields of `common.options.Options`.

    Returns:
        The variants, best first: three; one if a look is named, or without a title.

    Raises:
        InvalidImage: the file, the title or an option cannot be used; the message is for the user.
    """
    planned = plan(image, text, on_step=on_step, **options)
    return _draw(planned, planned.variants, overlay=overlay, letters=letters, on_step=on_step)


def plan(
    image: bytes, text: str, *, on_step: Callable[[str], None] = _ignore_step, **options: Unpack[OptionFields]
) -> Plan:
    """Decode, analyse and decide, but draw nothing. Arguments and errors are those of `make_thumbnails`."""
    chosen = _validate(options)
    title = parse_title(normalize_title(text))
    with translate_decoder_errors():
        header = open_header(image)
        size = header.size
        picture = decode(header, compute_max_scale(size))
        on_step("decode")
        preview = to_srgb(make_preview(picture, PREVIEW_SIDE))
        matte = choose_matte(preview)
        content, preview = _find_content(picture, flatten(preview, matte), matte, chosen.fit)
        decoded_size = get_upright_size(picture)
    tone = choose_tone(preview)
    scene = Scene(
        preview=tone.apply(preview) if tone else preview,
        size=content.scale(decoded_size).size,
        saliency=map_saliency(preview),
        title=title,
        fit=chosen.fit,
        position=chosen.position,
        accent=None if chosen.accent == "auto" else parse_colour(chosen.accent),
        capitals=chosen.caps,
    )
    compositions = compose_looks(scene, chosen.look)
    on_step("analyse")
    variants = choose_variants(compositions)
    return Plan(image, chosen, size, picture, matte, content, tone, scene, compositions, variants)


def _find_content(picture: Image.Image, preview: Image.Image, matte: Colour, fit: str) -> tuple[Region, Image.Image]:
    """Return the region of the picture that counts, without borders and the far ends of a strip, and its preview."""
    if fit in WHOLE_FITS:
        return WHOLE_PICTURE, preview
    content = find_content(preview)
    size = content.scale(get_upright_size(picture)).size
    strip_size = find_strip_size(size)
    if not strip_size:
        return content, preview.crop(content.scale(preview.size).round())
    [strip] = _show(picture, matte, [View(content, strip_size)])
    part = choose_part(strip, size)
    scale = PREVIEW_SIDE / max(part.scale(size).size)
    preview_size = part.scale(size).round(scale).size
    part = part.within(content)
    [preview] = _show(picture, matte, [View(part, preview_size)])
    return part, preview


def _show(picture: Image.Image, matte: Colour, views: Sequence[View]) -> list[Image.Image]:
    return [flatten(to_srgb(shown), matte) for shown in crop_and_scale(picture, views)]


def _validate(options: OptionFields) -> Options:
    try:
        chosen = Options(**options)
    except InvalidOption as error:
        raise InvalidImage(str(error)) from None
    accepted = ("auto", *list_looks())
    if chosen.look not in accepted:
        raise InvalidImage(f'"look" must be one of {", ".join(accepted)}.')
    return chosen


def _draw(
    planned: Plan,
    variants: dict[str, Composition],
    *,
    overlay: bool,
    letters: bool,
    on_step: Callable[[str], None],
) -> list[Thumbnail]:
    size = parse_size(planned.options.size)
    views = find_views(planned, variants)
    shown = _scale(planned, views, size, on_step)
    thumbnails = []
    for look, composition in variants.items():
        picture = shown.pop(look)
        canvas = draw_background(planned.tone.apply(picture) if planned.tone else picture, composition, size)
        if overlay:
            draw_layers(canvas, composition)
        contrast = measure_legibility(canvas, composition)
        if overlay and letters:
            draw_title(canvas, composition)
        on_step("draw")
        thumbnails.append(
            Thumbnail(
                look=look,
                jpeg=_encode(canvas, planned.options),
                scale=_compute_scale(planned, views[look]),
                contrast=contrast,
                cap_height=composition.cap_height * _NARROWEST / SIZE[0],
                words=len(planned.scene.title.text.split()),
            )
        )
        del picture, canvas  # The next variant is drawn in their memory.
        on_step("encode")
    return thumbnails


def _scale(
    planned: Plan, views: Mapping[str, View], size: tuple[int, int], on_step: Callable[[str], None]
) -> dict[str, Image.Image]:
    """Return the views of the picture for a thumbnail of a size in pixels."""
    shown: dict[str, Image.Image] = {}
    with translate_decoder_errors():
        pictures = decode_for(planned, views)
        on_step("decode")
        for decoded, looks in pictures:
            converts_now = math.prod(decoded.size) < math.prod(size) and not decoded.has_transparency_data
            picture = to_srgb(decoded) if converts_now else decoded  # while there are fewer pixels to convert
            shown.update(zip(looks, _show(picture, planned.matte, [views[look] for look in looks]), strict=True))
    on_step("resize")
    return shown


def decode_for(planned: Plan, views: Mapping[str, View]) -> list[tuple[Image.Image, list[str]]]:
    """Return the picture with the pixels that views need, as often as it is decoded, each time with the views' names.

    It is decoded again for views for which there were too few to decide from; only for those, so that a look is the
    same alone and among others. Deciding from the larger one instead would save that, but not be sure to decide the
    same for every size.
    """
    pictures: list[tuple[Image.Image, list[str]]] = [(planned.picture, [])]
    for scale, look in sorted((_compute_scale(planned, view), look) for look, view in views.items()):
        if not is_decoded_for(pictures[-1][0], planned.size, scale):
            pictures.append((decode(open_header(planned.image), scale), []))
        pictures[-1][1].append(look)
    return [(picture, looks) for picture, looks in pictures if looks]


def find_views(planned: Plan, variants: Mapping[str, Composition]) -> dict[str, View]:
    """Return what each variant shows of the picture, in pixels of the thumbnail."""
    scale = parse_size(planned.options.size)[0] / SIZE[0]
    views = {}
    for look, composition in variants.items():
        area = composition.framing.area.round(scale)
        views[look] = View(composition.framing.region.within(planned.content), area.size)
    return views


def _compute_scale(planned: Plan, view: View) -> float:
    """Return the scale of a view, in pixels of the thumbnail per pixel of the file."""
    return view.size[0] / view.region.scale(planned.size).size[0]


def _encode(canvas: Image.Image, options: Options) -> bytes:
    if options.size == SIZES[0]:
        return encode(canvas, _QUALITY, _MAX_BYTES[LIMITS[0]])
    return encode(canvas, _LARGE_QUALITY, _MAX_BYTES[options.limit])
