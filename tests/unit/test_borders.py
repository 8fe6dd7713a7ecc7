"""Bars and paper around a picture are found; plain backgrounds, pages and dark scenes are left alone."""

import pytest
from helpers.pictures import decode_jpeg, encode
from PIL import Image, ImageChops, ImageDraw

from process.canvas import WHOLE_PICTURE
from process.layout.borders import find_content

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
