"""Layers are drawn where layout put them, the same at every size of the canvas."""

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from helpers.pictures import BLUE, GREEN, RED, assert_colours, assert_quarters, draw_quarters
from helpers.scenes import find_difference, make_plain, make_scene
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box
from process.layout.framing import Framing
from process.layout.typesetting import Setting, place_lines
from process.layout.wcag import contrast_ratio, relative_luminance
from process.looks import compose_looks, list_looks
from process.render.background import render_background
from process.render.composition import Composition, Fade, Letters, Outline, Shadow, Shape
from process.render.drawing import draw_background, draw_layers, draw_title, measure_legibility
from process.render.letters import _cast, _dilate, draw_letters
from process.render.shapes import draw_fade, draw_shape
from process.text.emphasis import parse_title
from process.text.font_files import ANTON
from process.text.stack import list_stacks

WHITE, BLACK, GREY = (255, 255, 255), (0, 0, 0), (128, 128, 128)
LARGE = (2560, 1440)


def make_canvas(size: tuple[int, int] = SIZE) -> Image.Image:
    return Image.new("RGB", size, GREY)


def make_letters(title: str = "I ate *100 burgers*", size: float = 300) -> Letters:
    """Stack a title in the middle of the canvas."""
    parsed = parse_title(title)
    setting = Setting(list_stacks(parsed, ANTON)[-1], size)
    left, top = (SIZE[0] - setting.width) / 2, (SIZE[1] - setting.height) / 2
    lines = place_lines(setting, parsed, left, top, 0.5)
    return Letters(lines, Box(left, top, left + setting.width, top + setting.height), WHITE, RED)


def make_composition(*letters: Letters, layers: tuple[Fade | Shape, ...] = ()) -> Composition:
    return Composition(Framing(WHOLE_PICTURE, CANVAS, {}), None, layers, letters, {})


def count(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """Return the number of pixels of exactly this colour."""
    return sum(number for number, found in picture.getcolors(1 << 24) or [] if found == colour)


# --- any size ------------------------------------------------------------------------------------------------------


def draw_composition(composition: Composition, size: tuple[int, int]) -> Image.Image:
    area = composition.framing.area.round(size[0] / SIZE[0])
    picture = make_plain((640, 360), (90, 120, 60)).resize(area.size)
    canvas = draw_background(picture, composition, size)
    draw_layers(canvas, composition)
    draw_title(canvas, composition)
    assert canvas.size == size
    return canvas


def assert_nearly_equal(one: Image.Image, other: Image.Image) -> None:
    difference = ImageChops.difference(one, other).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 1.5
    assert sum(difference.histogram()[64:]) < 0.008 * difference.width * difference.height


@pytest.mark.parametrize("look", list_looks())
@pytest.mark.parametrize("fit", ["auto", "pad"])
def test_a_composition_is_drawn_alike_at_twice_the_size(look: str, fit: str) -> None:
    for title in ("I ate *100 burgers* today", "So happy 😀🔥", "שלום *עולם* יפה"):
        composition = compose_looks(make_scene(draw_quarters((900, 700)), title, fit=fit), look)[look]
        assert_nearly_equal(draw_composition(composition, LARGE).reduce(2), draw_composition(composition, SIZE))


def test_contrast_is_measured_alike_at_every_size() -> None:
    composition = make_composition(make_letters())
    small, large = (draw_quarters(size) for size in (SIZE, LARGE))
    assert measure_legibility(large, composition) == pytest.approx(measure_legibility(small, composition), rel=0.05)


def test_without_letters_there_is_no_contrast_to_measure() -> None:
    assert measure_legibility(make_canvas(), make_composition()) == 0


def test_outlined_letters_are_compared_with_their_outline() -> None:
    letters = make_letters("Cat")._replace(outline=Outline(BLACK, 10), accent=WHITE)
    assert measure_legibility(Image.new("RGB", SIZE, WHITE), make_composition(letters)) == pytest.approx(21)


# --- shapes --------------------------------------------------------------------------------------------------------


def test_a_polygon_is_drawn_where_its_corners_are() -> None:
    canvas = make_canvas()
    draw_shape(canvas, Shape(((100, 50), (300, 50), (300, 150), (100, 150)), RED), 1.0)
    assert find_difference(canvas, make_canvas()) == (100, 50, 300, 150)
    assert count(canvas, RED) == pytest.approx(200 * 100, rel=0.02)


def test_the_edges_of_a_polygon_are_smooth() -> None:
    canvas = make_canvas()
    draw_shape(canvas, Shape(((100, 100), (500, 120), (500, 300), (100, 280)), WHITE), 1.0)
    levels = canvas.convert("L").crop((100, 98, 500, 122)).getcolors() or []
    assert len(levels) > 4


@pytest.mark.parametrize(
    "points",
    [
        ((0, 0), (495, 0), (405, 720), (0, 720)),
        ((785, 0), (1280, 0), (1280, 720), (875, 720)),
        ((60.7, 133.2), (700.1, 99.8), (705.4, 200.9), (66.0, 234.4)),
        ((-40.0, 300.5), (640.2, 700.6), (20.5, 900.0)),
    ],
)
def test_a_polygon_is_as_if_all_of_it_were_supersampled(points: tuple[tuple[float, float], ...]) -> None:
    canvas, mask = Image.new("RGB", SIZE, BLACK), Image.new("L", (3 * SIZE[0], 3 * SIZE[1]))
    draw_shape(canvas, Shape(points, WHITE), 1.0)
    ImageDraw.Draw(mask).polygon([(3 * x, 3 * y) for x, y in points], fill=255)
    difference = ImageChops.difference(canvas.convert("L"), mask.reduce(3))
    assert max(difference.tobytes()) <= 255 * 4 / 9, "one of three columns, and one of three rows"
    assert ImageStat.Stat(difference).sum[0] < 255 * 4 * SIZE[0] / 3


@pytest.mark.parametrize("size", [SIZE, LARGE])
def test_a_polygon_is_clipped_at_the_canvas(size: tuple[int, int]) -> None:
    canvas = make_canvas(size)
    scale = size[0] / SIZE[0]
    draw_shape(canvas, Shape(((-100, -100), (50, -100), (50, 900), (-100, 900)), RED), scale)
    assert find_difference(canvas, make_canvas(size)) == (0, 0, 50 * scale, size[1])


@pytest.mark.parametrize("left", [-300, 1280, 2000])
def test_a_polygon_beyond_the_canvas_is_not_drawn(left: int) -> None:
    canvas = make_canvas()
    draw_shape(canvas, Shape(((left, 100), (left + 200, 100), (left + 200, 200), (left, 200)), RED), 1.0)
    assert canvas == make_canvas()


# --- fades ---------------------------------------------------------------------------------------------------------

PROFILES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "left": lambda canvas: canvas,
    "right": lambda canvas: canvas.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "top": lambda canvas: canvas.transpose(Image.Transpose.ROTATE_90),
    "bottom": lambda canvas: canvas.transpose(Image.Transpose.ROTATE_270),
}


@pytest.mark.parametrize("edge", PROFILES)
def test_a_fade_falls_from_its_edge_without_steps(edge: str) -> None:
    canvas = Image.new("RGB", (640, 640), WHITE)
    draw_fade(canvas, Fade(Box(0, 0, 640, 640), edge, BLACK, 0.8, 0.25), 1.0)
    levels = list(PROFILES[edge](canvas).convert("L").crop((0, 320, 640, 321)).tobytes())
    assert levels[0] == pytest.approx(255 * 0.2, abs=2)
    assert levels[150] == levels[0], "solid"
    assert levels[639] >= 253
    assert all(0 <= after - before <= 3 for before, after in pairwise(levels))


def test_a_fade_stays_in_its_box() -> None:
    canvas = make_canvas()
    draw_fade(canvas, Fade(Box(200, 100, 600, 500), "left", RED, 1.0, 0.9), 1.0)
    area = find_difference(canvas, make_canvas())
    assert area
    assert area[:2] == (200, 100)
    assert area[2] <= 600
    assert area[3] == 500


@pytest.mark.parametrize("solid", [0.0, 1.0])
def test_a_fade_may_be_solid_all_over_or_nowhere(solid: float) -> None:
    canvas = make_canvas()
    draw_fade(canvas, Fade(CANVAS, "left", RED, 1.0, solid), 1.0)
    assert (canvas.getpixel((1200, 300)) == RED) == (solid == 1)


# --- letters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["I ate *100 burgers*", "🔥🤯", "שלום *עולם* יפה"])
def test_letters_fill_their_lines_boxes_and_nothing_else(title: str) -> None:
    canvas, letters = make_canvas(), make_letters(title)
    draw_letters(canvas, letters, 1.0)
    assert find_difference(canvas, make_canvas()) == pytest.approx(tuple(letters.box), abs=4)


def test_emphasized_letters_are_drawn_in_the_accent_and_others_are_not() -> None:
    canvas, letters = make_canvas(), make_letters("one *two*")
    draw_letters(canvas, letters, 1.0)
    for line in letters.lines:
        part = canvas.crop(line.box.round())
        assert (count(part, RED) > 1000) == bool(line.emphasis)
        assert (count(part, WHITE) > 1000) == (not line.emphasis)


def test_an_outline_is_around_all_letters_as_wide_as_asked_for() -> None:
    plain, outlined, letters = make_canvas(), make_canvas(), make_letters()
    draw_letters(plain, letters, 1.0)
    wide = Box(letters.box.left - 12, letters.box.top - 12, letters.box.right + 12, letters.box.bottom + 12)
    draw_letters(outlined, letters._replace(box=wide, outline=Outline(BLACK, 12)), 1.0)
    inner, outer = find_difference(plain, make_canvas()), find_difference(outlined, make_canvas())
    assert inner
    assert outer
    assert [abs(a - b) for a, b in zip(inner, outer, strict=True)] == pytest.approx([12] * 4, abs=2)
    # The letters are drawn over their outline.
    assert count(outlined, WHITE) == pytest.approx(count(plain, WHITE), rel=0.02)


def test_a_shadow_is_beside_the_letters_and_soft() -> None:
    canvas, letters = make_canvas(), make_letters("Cat")
    draw_letters(canvas, letters._replace(shadow=Shadow(BLACK, (30, 30), 6, 1.0)), 1.0)
    area = find_difference(canvas, make_canvas())
    assert area
    assert area[2] > letters.box.right + 20
    assert area[3] > letters.box.bottom + 20
    assert len(canvas.convert("L").getcolors() or []) > 100


@pytest.mark.parametrize("title", ["Cat", "🤯🔥", "Wow 😱"])
@pytest.mark.parametrize("angle", [-5.0, 3.0, 30.0])
def test_letters_and_emoji_are_turned_around_the_middle_of_their_box(title: str, angle: float) -> None:
    upright, turned, letters = make_canvas(), make_canvas(), make_letters(title, 300)
    draw_letters(upright, letters, 1.0)
    draw_letters(turned, letters._replace(angle=angle), 1.0)
    centre = ((letters.box.left + letters.box.right) / 2, (letters.box.top + letters.box.bottom) / 2)
    expected = upright.rotate(angle, Image.Resampling.BICUBIC, center=centre, fillcolor=GREY)
    area = find_difference(turned, make_canvas())
    assert area
    assert area == pytest.approx(find_difference(expected, make_canvas()), abs=2)
    difference = ImageChops.difference(turned, expected).convert("L").crop(area)
    assert ImageStat.Stat(difference).mean[0] < 6


def test_emoji_are_upright() -> None:
    canvas = make_canvas()
    draw_letters(canvas, make_letters("🔺"), 1.0)
    area = find_difference(canvas, make_canvas())
    assert area
    left, top, right, bottom = area
    third = (bottom - top) // 3
    tip, base = ((left, top, right, top + third), (left, bottom - third, right, bottom))
    drawn = [find_difference(canvas.crop(part), make_canvas().crop(part)) for part in (tip, base)]
    widths = [part[2] - part[0] for part in drawn if part]
    assert widths[0] < 0.6 * widths[1]


@pytest.mark.parametrize("title", ["🤯", "*🤯*", "*all of it*", "a *🤯* b"])
def test_titles_of_only_emoji_or_only_emphasized_words_are_drawn(title: str) -> None:
    for outline in (None, Outline(BLACK, 8)):
        canvas = make_canvas()
        draw_letters(canvas, make_letters(title)._replace(outline=outline, shadow=Shadow(BLACK, (3, 3), 4, 0.5)), 1.0)
        assert find_difference(canvas, make_canvas())


# --- the background ------------------------------------------------------------------------------------------------


def test_a_picture_of_the_canvas_size_fills_it() -> None:
    picture = draw_quarters(SIZE)
    picture.info = {"comment": b"at home"}
    canvas = render_background(picture, (0, 0), SIZE, None)
    assert_quarters(canvas)
    assert canvas.info == {}


def test_the_ground_fills_what_the_picture_leaves_free() -> None:
    canvas = render_background(make_plain((640, 720), GREEN), (640, 0), SIZE, BLUE)
    assert_colours(canvas, {(10, 10): BLUE, (630, 700): BLUE, (650, 10): GREEN, (1270, 700): GREEN}, tolerance=0)


@pytest.mark.parametrize("size", [SIZE, LARGE])
def test_without_a_ground_a_blurred_copy_of_the_picture_does(size: tuple[int, int]) -> None:
    side = size[1]
    picture = draw_quarters((side, side))
    canvas = render_background(picture, ((size[0] - side) // 2, 0), size, None)
    assert_quarters(canvas, ((size[0] - side) // 2, 0, (size[0] + side) // 2, side))
    left, right = (canvas.crop(box) for box in ((0, 0, side // 4, side), (size[0] - side // 4, 0, *size)))
    assert min(left.convert("L").tobytes() + right.convert("L").tobytes()) > 8
    assert find_difference(left, right), "it is made from the picture"


@pytest.mark.parametrize("picture", [(1, 1), (1, 720), (1280, 1)])
def test_a_backdrop_is_made_of_the_smallest_pictures(picture: tuple[int, int]) -> None:
    assert render_background(Image.new("RGB", picture, RED), (0, 0), SIZE, None).size == SIZE


@pytest.mark.parametrize("edge", PROFILES)
def test_a_fade_falls_smoothly_to_nothing_at_its_far_end(edge: str) -> None:
    """By the smoothstep function: 27/32 at a quarter of the way, half at the middle."""
    canvas = Image.new("RGB", (640, 640), WHITE)
    draw_fade(canvas, Fade(Box(0, 0, 640, 640), edge, BLACK, 1.0, 0.25), 1.0)
    levels = PROFILES[edge](canvas).convert("L").crop((0, 320, 640, 321)).tobytes()
    for share, opacity in ((0.0, 1.0), (0.25, 27 / 32), (0.5, 0.5), (0.75, 5 / 32), (1.0, 0.0)):
        assert levels[min(639, round(640 * (0.25 + 0.75 * share)))] == pytest.approx(255 * (1 - opacity), abs=3)


def test_a_fade_is_drawn_at_the_scale_of_its_canvas() -> None:
    small, large = (Image.new("RGB", size, WHITE) for size in (SIZE, LARGE))
    for canvas in (small, large):
        draw_fade(canvas, Fade(Box(200, 100, 800, 500), "bottom", BLUE, 0.9, 0.3), canvas.width / SIZE[0])
    assert_nearly_equal(large.reduce(2), small)


@pytest.mark.parametrize(("right", "share"), [(300.0, 0), (300.34, 1 / 3), (300.67, 2 / 3)])
def test_the_edge_of_a_polygon_lies_between_pixels(right: float, share: float) -> None:
    canvas = Image.new("RGB", SIZE, BLACK)
    draw_shape(canvas, Shape(((100, 50), (right, 50), (right, 150), (100, 150)), WHITE), 1.0)
    assert canvas.getpixel((299, 100)) == WHITE
    assert canvas.getpixel((300, 100)) == pytest.approx((255 * share,) * 3, abs=2)
    assert canvas.getpixel((301, 100)) == BLACK


@pytest.mark.parametrize("offset", [(0, -300), (0, 800), (-400, 0)])
def test_a_polygon_may_lie_partly_or_all_outside_the_canvas(offset: tuple[float, float]) -> None:
    canvas, expected = make_canvas(), make_canvas()
    left, top, right, bottom = 100 + offset[0], 50 + offset[1], 500 + offset[0], 450 + offset[1]
    draw_shape(canvas, Shape(((left, top), (right, top), (right, bottom), (left, bottom)), RED), 1.0)
    expected.paste(RED, (max(0, left), max(0, top), max(0, right), max(0, bottom)))  # type: ignore[arg-type]
    assert find_difference(canvas, expected) is None


# --- shadows and outlines ------------------------------------------------------------------------------------------


def cast(shadow: Shadow, scale: float = 1.0, outline: Outline | None = None) -> Image.Image:
    """Draw letters of the canvas's colour, so that only their shadow shows."""
    canvas = make_canvas((round(SIZE[0] * scale), round(SIZE[1] * scale)))
    letters = make_letters("III", 400)._replace(fill=GREY, accent=GREY, shadow=shadow, outline=outline)
    draw_letters(canvas, letters, scale)
    return canvas


def draw_mask(size: tuple[int, int] = (240, 160)) -> Image.Image:
    mask = Image.new("L", size)
    mask.paste(255, (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    return mask


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("offset", [(30.0, 0.0), (0.0, 20.0), (-16.0, -12.0)])
def test_a_shadow_without_blur_is_the_letters_moved(offset: tuple[float, float], scale: float) -> None:
    expected = ImageChops.offset(draw_mask(), round(offset[0] * scale), round(offset[1] * scale))
    shadow = _cast(draw_mask(), Shadow(BLACK, offset, 0.0, 0.6), scale)
    assert ImageChops.difference(shadow, expected.point(lambda level: level * 0.6)).getextrema() == (0, 0)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(240, 160), (243, 161)])
def test_a_blurred_shadow_is_nearly_gaussian(scale: float, size: tuple[int, int]) -> None:
    moved = ImageChops.offset(draw_mask(size), round(8 * scale), round(4 * scale))
    expected = moved.filter(ImageFilter.GaussianBlur(6 * scale)).point(lambda level: level * 0.8)
    shadow = _cast(draw_mask(size), Shadow(BLACK, (8, 4), 6, 0.8), scale)
    assert shadow.size == size
    difference = ImageChops.difference(shadow, expected)
    assert max(difference.tobytes()) < 14
    assert ImageStat.Stat(difference).mean[0] < 1.5


@pytest.mark.parametrize(("opacity", "level"), [(1.0, 0), (0.5, 64), (0.25, 96)])
@pytest.mark.parametrize("blur", [0.0, 3.0])
def test_a_shadow_is_as_dark_as_asked_for(opacity: float, level: int, blur: float) -> None:
    """In the middle of a broad stem."""
    canvas = cast(Shadow(BLACK, (0, 300), blur, opacity)).convert("L")
    assert min(canvas.tobytes()) == pytest.approx(level, abs=4)


@pytest.mark.parametrize("blur", [8.0, 16.0, 24.0])
def test_a_blurred_shadow_ends_without_an_edge(blur: float) -> None:
    canvas = cast(Shadow(BLACK, (0, 0), blur, 1.0)).convert("L")
    area = find_difference(canvas.convert("RGB"), make_canvas(), threshold=0)
    assert area
    for line in (
        canvas.crop((area[0], 360, area[0] + 1, 361)),
        canvas.crop((640, area[1], 641, area[1] + 1)),
        canvas.crop((640, area[3] - 1, 641, area[3])),
        canvas.crop((area[2] - 1, 360, area[2], 361)),
    ):
        assert 128 - min(line.tobytes()) <= 3
    letters = make_letters("III", 400).box
    assert letters.left - area[0] == pytest.approx(2.5 * blur, abs=8)


@pytest.mark.parametrize("shadow", [Shadow(BLACK, (30, 20), 0.0, 0.8), Shadow(BLACK, (-20, 40), 9.0, 0.8)])
def test_a_shadow_is_drawn_at_the_scale_of_its_canvas(shadow: Shadow) -> None:
    for outline in (None, Outline(RED, 9)):
        assert_nearly_equal(cast(shadow, 2.0, outline).reduce(2), cast(shadow, 1.0, outline))


@pytest.mark.parametrize("radius", [2, 3, 5, 8, 13, 21])
def test_an_outline_is_nearly_a_disc_around_a_point(radius: int) -> None:
    mask = Image.new("L", (64, 64))
    mask.putpixel((32, 32), 255)
    dilated = _dilate(mask, radius)
    assert dilated.getbbox() == (32 - radius, 32 - radius, 33 + radius, 33 + radius)
    for x in range(64):
        for y in range(64):
            distance = math.hypot(x - 32, y - 32)
            if distance <= radius - 0.5:
                assert dilated.getpixel((x, y)) == 255
            elif distance > radius * 1.02 + 0.5:  # the corners are 2 % farther away than the sides
                assert dilated.getpixel((x, y)) == 0


def test_letters_are_not_cut_off_at_the_edges_of_their_box() -> None:
    """Whatever is drawn beyond the box would be: italics, marks, a line that is set too far to one side."""
    for look in list_looks():
        for position in ("top-left", "bottom-right", "top-right"):
            scene = replace(make_scene(make_plain(), "Jg Ä ÿ, I ate *100*"), position=position)
            composition = compose_looks(scene, look)[look]
            for letters in composition.letters:
                around = letters.outline.width if letters.outline else 0.0
                for line in letters.lines:
                    assert line.box.left - around >= letters.box.left - 1
                    assert line.box.top - around >= letters.box.top - 1
                    assert line.box.right + around <= letters.box.right + 1
                    assert line.box.bottom + around <= letters.box.bottom + 1
                level = letters._replace(angle=0.0, shadow=None, fill=BLACK, accent=BLACK)
                canvas = make_canvas()
                draw_letters(canvas, level, 1.0)
                ink = Box(
                    *(
                        side(values)
                        for side, values in zip(
                            (min, min, max, max), zip(*(line.box for line in letters.lines), strict=True), strict=True
                        )
                    )
                )
                assert find_difference(canvas, make_canvas()) == pytest.approx(
                    (ink.left - around, ink.top - around, ink.right + around, ink.bottom + around), abs=3
                )


# --- the backdrop --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "shown"), [(0, 0), (100, 60), (160, 96), (170, 212), (255, 255)])
def test_a_backdrop_is_darkened_or_if_the_picture_is_bright_lightened(level: int, shown: int) -> None:
    canvas = render_background(make_plain((400, 720), (level,) * 3), (440, 0), SIZE, None).convert("L")
    assert canvas.getpixel((100, 360)) == pytest.approx(shown, abs=2)


@pytest.mark.parametrize(
    ("size", "position"),
    [((400, 720), (440, 0)), ((1280, 300), (0, 210)), ((600, 300), (50, 400)), ((640, 720), (0, 0))],
)
def test_a_backdrop_fills_all_that_the_picture_leaves_free(size: tuple[int, int], position: tuple[int, int]) -> None:
    canvas = render_background(make_plain(size, (100, 100, 100)), position, SIZE, None)
    counts = {colour: number for number, colour in canvas.getcolors() or []}
    assert counts == {(100, 100, 100): size[0] * size[1], (60, 60, 60): 1280 * 720 - size[0] * size[1]}


@pytest.mark.parametrize("size", [SIZE, LARGE])
def test_a_backdrop_is_blurred_by_a_fortieth_of_the_canvas(size: tuple[int, int]) -> None:
    """From black to white, 68 % of the way takes twice the standard deviation."""
    scale = size[0] // SIZE[0]
    picture = Image.new("RGB", (1280 * scale, 300 * scale))
    picture.paste((255, 255, 255), (640 * scale, 0, 1280 * scale, 300 * scale))
    levels = render_background(picture, (0, 210 * scale), size, None).convert("L").crop((0, 50, size[0], 51)).tobytes()
    inside = [x for x, level in enumerate(levels) if 0.16 < level / 153 < 0.84]
    # The backdrop shows a part of the picture, enlarged until it fills the canvas.
    assert len(inside) / scale == pytest.approx(2 * 48, rel=0.2)
    assert sum(inside) / len(inside) == pytest.approx(size[0] / 2, abs=8 * scale)


# --- what is measured ----------------------------------------------------------------------------------------------


def test_contrast_is_that_of_the_line_that_is_read_worst() -> None:
    letters = make_letters("one *two*")
    canvas = Image.new("RGB", SIZE, BLACK)
    assert measure_legibility(canvas, make_composition(letters._replace(accent=WHITE))) == pytest.approx(21)
    accented = measure_legibility(canvas, make_composition(letters))
    assert accented == pytest.approx(contrast_ratio(relative_luminance(RED), 0.0))
    assert measure_legibility(canvas, make_composition(letters, make_letters("Cat"))) == accented
    grey = letters._replace(outline=Outline(GREY, 9))
    expected = contrast_ratio(relative_luminance(RED), relative_luminance(GREY))
    assert measure_legibility(canvas, make_composition(grey)) == pytest.approx(expected)


def test_a_composition_has_the_lines_of_all_letters_from_top_to_bottom() -> None:
    upper, lower = make_letters("Cat", 200), make_letters("Dog", 100)
    moved = lower._replace(lines=tuple(line._replace(y=line.y + 300) for line in lower.lines))
    composition = make_composition(moved, upper)._replace(costs={"size": 1.0, "place": 0.5})
    assert [line.line.text for line in composition.lines] == ["Cat", "Dog"]
    assert composition.cap_height == pytest.approx(min(line.size * line.line.cap_height for line in lower.lines))
    assert composition.cost == 1.5
    assert make_composition().cap_height == 0
