"""Bars and paper around a picture are found; plain backgrounds, pages and dark scenes are left alone."""

import pytest
from helpers.pictures import decode_jpeg, encode
from PIL import Image, ImageChops, ImageDraw

from process.canvas import WHOLE_PICTURE
from process.layout.borders import _measure_width, find_content

BLACK, VIDEO_BLACK, WHITE, GREY, CREAM = (0, 0, 0), (16, 16, 16), (255, 255, 255), (128, 128, 128), (244, 238, 222)

Margins = tuple[int, int, int, int]


def draw_photo(size: tuple[int, int]) -> Image.Image:
    """Draw a picture with the many colours of a photo: gradients across each other, and some grain."""
    across = Image.linear_gradient("L").rotate(90).resize(size).point(lambda level: 50 + level * 0.4)
    down = Image.linear_gradient("L").resize(size).point(lambda level: 170 - level * 0.4)
    around = Image.radial_gradient("L").resize(size).point(lambda level: 60 + level * 0.5)
    grain = Image.effect_noise(size, 12)
    channels = [ImageChops.add(channel, grain, offset=-128) for channel in (across, down, around)]
    return Image.merge("RGB", channels)


def draw_bordered(size: tuple[int, int], margins: Margins, colour: tuple[int, int, int]) -> Image.Image:
    """Draw a photo with borders: left, top, right and bottom, in pixels."""
    left, top, right, bottom = margins
    picture = Image.new("RGB", size, colour)
    picture.paste(draw_photo((size[0] - left - right, size[1] - top - bottom)), (left, top))
    return picture


def draw_subject(background: tuple[int, int, int]) -> Image.Image:
    """Draw a round, photographic subject on a plain background."""
    picture = Image.new("RGB", (320, 180), background)
    mask = Image.new("L", (200, 140))
    ImageDraw.Draw(mask).ellipse((0, 0, 199, 139), 255)
    picture.paste(draw_photo((200, 140)), (60, 20), mask)
    return picture


@pytest.mark.parametrize(
    ("size", "margins", "colour"),
    [
        pytest.param((320, 180), (0, 23, 0, 23), BLACK, id="2.39:1 in 16:9"),
        pytest.param((320, 180), (40, 0, 40, 0), BLACK, id="4:3 in 16:9"),
        pytest.param((320, 180), (110, 0, 109, 0), BLACK, id="9:16 in 16:9"),
        pytest.param((180, 320), (0, 110, 0, 109), BLACK, id="16:9 in 9:16"),
        pytest.param((320, 240), (0, 30, 0, 30), VIDEO_BLACK, id="16:9 in 4:3"),
        pytest.param((320, 180), (40, 20, 40, 20), BLACK, id="bars on all sides"),
        pytest.param((320, 180), (0, 12, 0, 40), BLACK, id="bars of different widths"),
        pytest.param((320, 240), (20, 20, 20, 20), WHITE, id="white frame"),
        pytest.param((320, 240), (6, 9, 25, 14), CREAM, id="paper"),
        pytest.param((266, 320), (16, 17, 16, 62), WHITE, id="instant photo"),
        pytest.param((320, 320), (0, 70, 0, 70), GREY, id="grey bars"),
        pytest.param((320, 240), (20, 0, 20, 30), WHITE, id="three sides"),
    ],
)
def test_borders_are_found(size: tuple[int, int], margins: Margins, colour: tuple[int, int, int]) -> None:
    left, top, right, bottom = margins
    width, height = size
    expected = (left / width, top / height, 1 - right / width, 1 - bottom / height)
    picture = draw_bordered(size, margins, colour)
    assert find_content(picture) == pytest.approx(expected, abs=0.01)
    jpeg = decode_jpeg(encode(picture, "JPEG", quality=70))
    assert find_content(jpeg) == pytest.approx(expected, abs=0.015), "also in a JPEG of low quality"


def test_borders_of_unevenly_lit_and_slightly_turned_paper_are_found() -> None:
    paper = draw_bordered((1280, 960), (100, 80, 60, 90), CREAM)
    light = Image.linear_gradient("L").resize(paper.size).point(lambda level: 240 + level * 15 / 255)
    scan = ImageChops.multiply(paper, Image.merge("RGB", (light, light, light)))
    scan = scan.rotate(0.4, Image.Resampling.BICUBIC, fillcolor=CREAM).resize((320, 240), Image.Resampling.BOX)
    expected = (100 / 1280, 80 / 960, 1 - 60 / 1280, 1 - 90 / 960)
    assert find_content(scan) == pytest.approx(expected, abs=0.012)


def test_bars_around_a_mostly_dark_scene_are_found() -> None:
    picture = Image.new("RGB", (320, 180), BLACK)
    scene = draw_photo((320, 134)).point(lambda level: level // 3)
    ImageDraw.Draw(scene).ellipse((-60, -30, 50, 164), (2, 2, 3))
    picture.paste(scene, (0, 23))
    assert find_content(picture) == pytest.approx((0, 23 / 180, 1, 157 / 180), abs=0.01)


@pytest.mark.parametrize("background", [BLACK, WHITE, GREY, CREAM])
def test_a_subject_on_a_plain_background_is_not_cropped(background: tuple[int, int, int]) -> None:
    assert find_content(draw_subject(background)) == WHOLE_PICTURE


@pytest.mark.parametrize("colour", [BLACK, WHITE])
@pytest.mark.parametrize("margins", [(0, 20, 0, 0), (0, 0, 60, 0), (30, 20, 0, 0)])
def test_a_plain_stripe_on_one_side_is_content(margins: Margins, colour: tuple[int, int, int]) -> None:
    assert find_content(draw_bordered((320, 180), margins, colour)) == WHOLE_PICTURE


def test_the_bands_of_a_flag_are_content() -> None:
    assert find_content(draw_bordered((320, 180), (0, 45, 0, 45), (200, 16, 46))) == WHOLE_PICTURE


def test_borders_wider_than_a_third_are_content() -> None:
    assert find_content(draw_bordered((320, 180), (0, 70, 0, 70), BLACK)) == WHOLE_PICTURE


def test_a_caption_in_a_bar_is_kept() -> None:
    picture = draw_bordered((320, 180), (0, 23, 0, 23), BLACK)
    ImageDraw.Draw(picture).text((100, 162), "What did you say?", WHITE)
    assert find_content(picture) == WHOLE_PICTURE


def test_the_margins_of_a_page_a_framed_drawing_and_a_logo_are_kept() -> None:
    page, drawing, logo = (Image.new("RGB", (320, 200), WHITE) for _ in range(3))
    for y in range(20, 180, 10):
        ImageDraw.Draw(page).text((30, y), "A page full of text that fills each line.", BLACK)
    ImageDraw.Draw(drawing).rectangle((20, 20, 300, 180), outline=BLACK, width=2)
    ImageDraw.Draw(logo).rectangle((80, 30, 240, 170), (20, 90, 200))
    ImageDraw.Draw(logo).ellipse((120, 60, 200, 140), WHITE)
    assert [find_content(picture) for picture in (page, drawing, logo)] == [WHOLE_PICTURE] * 3


def test_a_night_sky_and_a_vignette_are_kept() -> None:
    glow = Image.linear_gradient("L").resize((320, 180)).point(lambda level: max(0, 90 - abs(level - 128) * 2))
    night = Image.merge("RGB", (glow.point(lambda level: level // 2), glow, glow))
    shade = Image.radial_gradient("L").resize((320, 180)).point(lambda level: max(0, 255 - level * 1.4))
    vignette = ImageChops.multiply(draw_photo((320, 180)), Image.merge("RGB", (shade, shade, shade)))
    assert find_content(night) == WHOLE_PICTURE
    assert find_content(vignette) == WHOLE_PICTURE


@pytest.mark.parametrize("colour", [BLACK, WHITE, GREY])
@pytest.mark.parametrize("size", [(320, 180), (1, 1), (320, 1), (1, 320), (320, 4), (3, 320)])
def test_a_plain_picture_of_any_shape_has_no_borders(size: tuple[int, int], colour: tuple[int, int, int]) -> None:
    assert find_content(Image.new("RGB", size, colour)) == WHOLE_PICTURE


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (320, 10)])
def test_a_photo_without_borders_is_kept_whole(size: tuple[int, int]) -> None:
    assert find_content(draw_photo(size)) == WHOLE_PICTURE


# --- the edge of a border ------------------------------------------------------------------------------------------

PLAIN = (0.0,) * 10


def measure(shares: tuple[float, ...], levels: tuple[float, ...] = PLAIN, length: int = 100) -> int | None:
    """Measure a border, given the first of its lines: which share of their pixels differs from it, and by how much."""
    profile, difference = (
        bytes(round(200 * scale * value) for value in (*given, *([1.0] * (length - len(given)))))
        for given, scale in ((shares, 1.275), (levels, 1.0))
    )
    return _measure_width(profile, difference, min_edge=0.9, min_strip=0.7)


@pytest.mark.parametrize(
    ("shares", "width"),
    [
        pytest.param(PLAIN, 10, id="sharp"),
        pytest.param((0.019,) * 10, 10, id="with specks"),
        pytest.param((0.03,) * 10, 0, id="with stains: there is no border"),
        pytest.param((*PLAIN, 0.89, 0.89, 0.89, 0.89), None, id="the picture begins at no line"),
        pytest.param((*PLAIN, 0.91), 10, id="at one"),
        pytest.param((*PLAIN, 0.1, 0.4, 0.8, 0.95), 13, id="slightly turned"),
        pytest.param((*PLAIN, 0.1, 0.4, 0.6, 0.8, 0.95), None, id="turned too much"),
        pytest.param((*PLAIN, 1.0, 0.6, 0.6, 0.6, 0.6, 0.6), None, id="a frame line"),
        pytest.param((*PLAIN, 1.0, 0.66, 0.66, 0.66, 0.66, 0.66), 10, id="a lively picture"),
        pytest.param((*PLAIN, 1.0, 0.7, 0.7, 0.7, 0.7, 0.7, 0.0, 0.0), 10, id="6 % of the picture count"),
        pytest.param((), 0, id="no border"),
    ],
)
def test_a_border_ends_where_nearly_a_whole_line_differs_from_it(shares: tuple[float, ...], width: int | None) -> None:
    assert measure(shares, (*PLAIN, 0.0, 0.0, 0.0)[: 13 if width == 13 else 10]) == width


@pytest.mark.parametrize(
    ("lines", "length", "width"),
    [(1, 100, 1), (3, 320, None), (4, 320, 4), (35, 100, 35), (36, 100, None), (112, 320, 112), (113, 320, None)],
)
def test_a_border_is_a_hundredth_to_a_third_of_the_picture(lines: int, length: int, width: int | None) -> None:
    assert measure((0.0,) * lines, (0.0,) * lines, length) == width


@pytest.mark.parametrize(
    ("levels", "width"),
    [
        pytest.param((*PLAIN, 0.8), 11, id="a line that is a mixture of border and picture is cut off"),
        pytest.param((*PLAIN, 0.9), 10, id="one that is nearly the picture's is kept"),
        pytest.param((0.28,) * 10, 10, id="uneven paper"),
        pytest.param((0.32,) * 10, None, id="a background that differs"),
        pytest.param((*PLAIN, 0.9, *(0.7,) * 4, 1.0), 10, id="a step of 70 %"),
        pytest.param((*PLAIN, 0.9, *(0.6,) * 4, 1.0), None, id="a gradient"),
    ],
)
def test_a_border_ends_with_a_step(levels: tuple[float, ...], width: int | None) -> None:
    assert measure(PLAIN, levels) == width


def roughen(colour: tuple[int, int, int], amount: int) -> Image.Image:
    """Draw a photo in a frame whose pixels differ by this many levels."""
    picture = draw_bordered((320, 240), (24, 24, 24, 24), colour)
    frame = Image.new("L", picture.size)
    frame.paste(255, (0, 0, 320, 240))
    frame.paste(0, (24, 24, 296, 216))
    other = Image.new("RGB", picture.size, tuple(channel - amount for channel in colour))
    checks = Image.new("L", picture.size)
    checks.putdata([255 * ((number % 320 + number // 320) % 2) for number in range(320 * 240)])
    picture.paste(other, mask=ImageChops.multiply(frame, checks))
    return picture


@pytest.mark.parametrize(
    ("colour", "amount", "is_found"),
    [
        pytest.param((250, 250, 250), 42, True, id="grainy paper"),
        pytest.param((250, 250, 250), 48, False, id="a structure"),
        pytest.param((26, 26, 26), 9, True, id="a noisy bar"),
        pytest.param((26, 26, 26), 14, False, id="a dark scene"),
        pytest.param((250, 240, 216), 0, True, id="cream"),
        pytest.param((250, 240, 206), 0, False, id="yellow"),
    ],
)
def test_borders_are_plain_and_grey_or_cream(colour: tuple[int, int, int], amount: int, is_found: bool) -> None:  # noqa: FBT001  a parameter
    found = find_content(roughen(colour, amount))
    if is_found:
        assert found == pytest.approx((24 / 320, 0.1, 1 - 24 / 320, 0.9), abs=0.006)
    else:
        assert found == WHOLE_PICTURE


def reveal(share: float, top: int, bottom: int) -> Image.Image:
    """Draw black bars above and below a picture of which only a share is not black."""
    picture = draw_bordered((320, 180), (0, top, 0, bottom), BLACK)
    picture.paste(BLACK, (60, top, 60 + round(320 * (1 - share)), 180 - bottom))
    return picture


@pytest.mark.parametrize(
    ("share", "top", "bottom", "is_found"),
    [
        (0.75, 23, 23, True),
        (0.65, 23, 23, False),
        (0.75, 23, 25, True),
        (0.75, 23, 28, False),
        (0.95, 23, 28, True),
    ],
)
def test_black_bars_of_the_same_width_need_less_of_an_edge(share: float, top: int, bottom: int, is_found: bool) -> None:  # noqa: FBT001  a parameter
    found = find_content(reveal(share, top, bottom))
    assert (found.top, found.bottom) == pytest.approx((top / 180, 1 - bottom / 180) if is_found else (0, 1), abs=0.006)


def uncover(
    first: float, inside: float, last: float, *, height: int = 180, bars: tuple[int, int] = (23, 23)
) -> Image.Image:
    """Draw a picture between black bars: which share of its first, other and last lines is not black."""
    top, bottom = bars[0], height - bars[1]
    picture = draw_bordered((320, height), (0, bars[0], 0, bars[1]), BLACK)
    for share, upper, lower in ((first, top, top + 1), (inside, top + 1, bottom - 6), (last, bottom - 6, bottom)):
        picture.paste(BLACK, (40, upper, 40 + round(320 * (1 - share)), lower))
    return picture


@pytest.mark.parametrize(
    ("picture", "is_found"),
    [
        pytest.param(uncover(0.75, 0.45, 0.75), True, id="a dark scene"),
        pytest.param(uncover(0.75, 0.3, 0.75), False, id="lines of a frame"),
        pytest.param(uncover(1.0, 1.0, 0.55), True, id="one clear edge makes the opposite one likely"),
        pytest.param(uncover(1.0, 1.0, 0.45), False, id="but it must be one"),
        pytest.param(uncover(0.75, 0.75, 0.75, height=60, bars=(8, 9)), True, id="equally wide, to a line"),
        pytest.param(uncover(0.75, 0.75, 0.75, height=60, bars=(8, 10)), False, id="not equally wide"),
    ],
)
def test_where_bars_are_likely_less_of_an_edge_is_needed(picture: Image.Image, is_found: bool) -> None:  # noqa: FBT001  a parameter
    assert (find_content(picture) != WHOLE_PICTURE) == is_found
