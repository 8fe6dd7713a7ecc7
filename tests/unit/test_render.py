"""Layers are drawn where layout put them, the same at every size of the canvas."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from helpers.pictures import BLUE, GREEN, RED, assert_colours, assert_quarters, draw_quarters
from helpers.scenes import find_difference, make_plain, make_scene
from PIL import Image, ImageChops, ImageStat

from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box
from process.layout.framing import Framing
from process.layout.typesetting import Setting, place_lines
from process.looks import compose_looks, list_looks
from process.render.background import render_background
from process.render.composition import Composition, Fade, Letters, Outline, Shadow, Shape
from process.render.drawing import draw_background, draw_layers, draw_title, measure_legibility
from process.render.letters import draw_letters
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
    return Composition(Framing(WHOLE_PICTURE, CANVAS, {}), None, layers, letters)


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
    letters = replace(make_letters("Cat"), outline=Outline(BLACK, 10), accent=WHITE)
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


def test_letters_fill_their_lines_boxes_and_nothing_else() -> None:
    canvas, letters = make_canvas(), make_letters()
    draw_letters(canvas, letters, 1.0)
    assert find_difference(canvas, make_canvas()) == pytest.approx(tuple(letters.box), abs=3)


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
    draw_letters(outlined, replace(letters, box=wide, outline=Outline(BLACK, 12)), 1.0)
    inner, outer = find_difference(plain, make_canvas()), find_difference(outlined, make_canvas())
    assert inner
    assert outer
    assert [abs(a - b) for a, b in zip(inner, outer, strict=True)] == pytest.approx([12] * 4, abs=2)
    # The letters are drawn over their outline.
    assert count(outlined, WHITE) == pytest.approx(count(plain, WHITE), rel=0.02)


def test_a_shadow_is_beside_the_letters_and_soft() -> None:
    canvas, letters = make_canvas(), make_letters("Cat")
    draw_letters(canvas, replace(letters, shadow=Shadow(BLACK, (30, 30), 6, 1.0)), 1.0)
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
    draw_letters(turned, replace(letters, angle=angle), 1.0)
    centre = ((letters.box.left + letters.box.right) / 2, (letters.box.top + letters.box.bottom) / 2)
    expected = upright.rotate(angle, Image.Resampling.BICUBIC, center=centre, fillcolor=GREY)
    area = find_difference(turned, make_canvas())
    assert area
    assert area == pytest.approx(find_difference(expected, make_canvas()), abs=2)
    difference = ImageChops.difference(turned, expected).convert("L").crop(area)
    assert ImageStat.Stat(difference).mean[0] < 6


@pytest.mark.parametrize("title", ["🤯", "*🤯*", "*all of it*", "a *🤯* b"])
def test_titles_of_only_emoji_or_only_emphasized_words_are_drawn(title: str) -> None:
    for outline in (None, Outline(BLACK, 8)):
        canvas = make_canvas()
        draw_letters(canvas, replace(make_letters(title), outline=outline, shadow=Shadow(BLACK, (3, 3), 4, 0.5)), 1.0)
        assert find_difference(canvas, make_canvas())


# --- the background ------------------------------------------------------------------------------------------------


def test_a_picture_of_the_canvas_size_fills_it() -> None:
    canvas = render_background(draw_quarters(SIZE), (0, 0), SIZE, None)
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
