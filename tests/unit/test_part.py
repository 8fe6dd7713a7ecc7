"""Of a very tall or very wide picture, the part that matters is shown."""

import pytest
from helpers.pictures import decode_jpeg, encode
from helpers.scenes import draw_subject
from PIL import Image, ImageDraw

from process.canvas import WHOLE_PICTURE, Region
from process.layout.part import choose_part, find_strip_size
from process.thumbnail import make_thumbnail, plan

RED = (220, 30, 30)


def draw_page(size: tuple[int, int], *, first: int = 0) -> Image.Image:
    """Draw a screenshot: lines of text from `first` to the bottom of a white page."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for y in range(first, size[1], 24):
        for x in range(20, size[0] - 60, 40):
            draw.rectangle((x, y + 6, x + 20 + (x * y) % 15, y + 14), (40, 40, 40))
    return picture


def add_header(picture: Image.Image) -> Image.Image:
    ImageDraw.Draw(picture).rectangle((0, 0, picture.width, picture.width // 6), RED)
    return picture


def find_part(picture: Image.Image) -> Region:
    size = find_strip_size(picture.size)
    assert size
    return choose_part(picture.resize(size, Image.Resampling.BOX), picture.size)


@pytest.mark.parametrize("size", [(1280, 720), (1080, 3240), (3240, 1080), (1, 1)])
def test_up_to_three_times_as_long_as_wide_there_is_nothing_to_choose(size: tuple[int, int]) -> None:
    assert find_strip_size(size) is None


@pytest.mark.parametrize("size", [(1080, 12_000), (12_000, 1080), (1, 30_000), (30_000, 1), (100, 301)])
def test_the_strip_has_the_shape_of_the_picture_within_bounds(size: tuple[int, int]) -> None:
    strip = find_strip_size(size)
    assert strip
    assert max(strip) <= 3000
    assert min(strip) in {1, 27, 96} or strip[0] / strip[1] == pytest.approx(size[0] / size[1], rel=0.02)


@pytest.mark.parametrize("size", [(400, 4000), (100, 301), (10, 4000)])
def test_the_part_of_a_tall_picture_is_square(size: tuple[int, int]) -> None:
    left, top, right, bottom = find_part(Image.new("RGB", size, RED)).scale(size)
    assert (left, right) == (0, size[0])
    assert bottom - top == pytest.approx(size[0])


@pytest.mark.parametrize("size", [(6000, 600), (1801, 600)])
def test_the_part_of_a_wide_picture_is_as_high_as_it_and_wider(size: tuple[int, int]) -> None:
    left, top, right, bottom = find_part(Image.new("RGB", size, RED)).scale(size)
    assert (top, bottom) == (0, size[1])
    assert right - left == pytest.approx(2.4 * size[1])


def test_of_a_page_the_top_is_shown() -> None:
    assert find_part(draw_page((400, 4400))).top == 0
    assert find_part(add_header(draw_page((400, 4400)))).top == 0


def test_of_a_page_that_begins_with_nothing_the_text_is_shown() -> None:
    assert find_part(draw_page((400, 4400), first=2200)).top > 0.45


@pytest.mark.parametrize("where", [0.1, 0.5, 0.85])
def test_of_a_tall_photo_the_subject_is_shown(where: float) -> None:
    top = round(4000 * where)
    part = find_part(draw_subject((400, 4000), (80, top, 320, top + 300))).scale((400, 4000))
    assert part.top <= top + 20
    assert part.bottom >= top + 280


@pytest.mark.parametrize("where", [0.0, 0.3, 0.9])
def test_of_a_panorama_the_subject_is_shown(where: float) -> None:
    left = round(6000 * where)
    part = find_part(draw_subject((6000, 600), (left, 100, left + 500, 560))).scale((6000, 600))
    assert part.left <= left + 20
    assert part.right >= left + 480


def test_where_all_is_alike_the_middle_is_shown() -> None:
    left, _, right, _ = find_part(Image.new("RGB", (6000, 600), RED))
    assert left + right == pytest.approx(1, abs=0.01)


def test_every_variant_shows_the_top_of_a_long_screenshot() -> None:
    planned = plan(encode(add_header(draw_page((360, 4000))), "PNG"), "I read her messages")
    assert planned.content.top == 0
    assert planned.content.bottom == pytest.approx(0.09)
    assert max(planned.scene.preview.size) == 320


@pytest.mark.parametrize("fit", ["pad", "letterbox"])
def test_a_picture_that_is_to_be_shown_whole_is_shown_whole(fit: str) -> None:
    assert plan(encode(draw_page((360, 4000)), "PNG"), "Title", fit=fit).content == WHOLE_PICTURE


def test_a_part_is_cut_from_the_upright_picture() -> None:
    """A panorama is stored on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = draw_page((360, 4000), first=4000)
    ImageDraw.Draw(upright).rectangle((0, 0, 360, 360), RED)
    data = encode(upright.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)
    pixel = decode_jpeg(make_thumbnail(data, "")).getpixel((640, 360))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 180
    assert pixel[1] < 80
