"""A picture fills the canvas if cropping loses little; otherwise it is shown whole, beside a panel for the title."""

import pytest
from helpers.pictures import RED, decode_jpeg, draw_quarters, encode
from PIL import Image, ImageDraw, ImageStat

from process.canvas import SIZE
from process.layout.framing import Framing, compute_max_scale, list_framings
from process.layout.saliency import PREVIEW_SIDE, Saliency, map_saliency
from process.thumbnail import make_thumbnail, plan

TITLE = "I built this in one week"


def make_plain(size: tuple[int, int]) -> Image.Image:
    return Image.new("RGB", size, (120, 140, 160))


def draw_subject(size: tuple[int, int], box: tuple[int, int, int, int]) -> Image.Image:
    """Draw a plain picture with a single salient object: a checkered, skin-coloured patch."""
    picture = make_plain(size)
    draw = ImageDraw.Draw(picture)
    draw.rectangle(box, (224, 172, 140))
    for x in range(box[0], box[2], 16):
        for y in range(box[1], box[3], 16):
            if (x + y) % 32 < 16:
                draw.rectangle((x, y, x + 7, y + 7), (120, 70, 50))
    return picture


def find_saliency(picture: Image.Image) -> Saliency:
    scale = PREVIEW_SIDE / max(picture.size)
    return map_saliency(picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.BOX))


def choose_framing(picture: Image.Image, text: str = TITLE, fit: str = "auto") -> Framing:
    return plan(encode(picture, "PNG"), text, fit=fit).framing


@pytest.mark.parametrize("size", [(1280, 720), (1440, 960), (1200, 800), (1400, 700)])
def test_auto_fills_the_canvas_where_little_is_lost(size: tuple[int, int]) -> None:
    framing = choose_framing(make_plain(size))
    assert framing.name == "fill"


@pytest.mark.parametrize("size", [(720, 1280), (600, 800), (800, 800), (2400, 800), (90, 160)])
def test_auto_keeps_the_whole_picture_where_cropping_would_lose_too_much(size: tuple[int, int]) -> None:
    framing = choose_framing(draw_quarters(size))
    assert framing.region == (0, 0, 1, 1)
    width, height = framing.area.right - framing.area.left, framing.area.bottom - framing.area.top
    assert width == SIZE[0] or height == SIZE[1], "as large as it can be"
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
    assert framing.panel


@pytest.mark.parametrize("size", [(1280, 720), (960, 720), (720, 720), (400, 720), (2000, 720)])
@pytest.mark.parametrize("fit", ["pad", "letterbox"])
def test_pad_and_letterbox_never_crop(size: tuple[int, int], fit: str) -> None:
    assert all(
        framing.region == (0, 0, 1, 1)
        for framing in list_framings(size, fit, find_saliency(draw_quarters(size)), has_title=True)
    )


@pytest.mark.parametrize("size", [(1280, 720), (960, 720), (720, 720), (400, 720), (2000, 720), (1, 3000), (3000, 1)])
def test_crop_always_fills_the_canvas(size: tuple[int, int]) -> None:
    [framing] = list_framings(size, "crop", find_saliency(make_plain(size)), has_title=True)
    assert framing.area == (0, 0, *SIZE)


@pytest.mark.parametrize("fit", ["auto", "pad", "crop", "letterbox"])
def test_every_framing_stays_within_the_picture_and_the_canvas(fit: str) -> None:
    for width in range(1, 1500, 67):
        for height in range(1, 1500, 61):
            seen = find_saliency(Image.new("RGB", (width, height)))
            for framing in list_framings((width, height), fit, seen, has_title=True):
                assert 0 <= framing.region.left < framing.region.right <= 1
                assert 0 <= framing.region.top < framing.region.bottom <= 1
                assert 0 <= framing.area.left < framing.area.right <= SIZE[0]
                assert 0 <= framing.area.top < framing.area.bottom <= SIZE[1]
                shown = (framing.area.right - framing.area.left) * (framing.region.right - framing.region.left)
                assert shown <= compute_max_scale((width, height), fit) * width * 1.01 + 1


@pytest.mark.parametrize("left", [40, 760])
def test_cropping_keeps_the_salient_region(left: int) -> None:
    picture = draw_subject((1600, 600), (left, 100, left + 400, 500))
    part = choose_framing(picture, fit="crop").region
    assert part.left <= left / 1600
    assert part.right >= (left + 400) / 1600


def test_a_picture_full_of_salient_content_is_moved_to_make_room_for_the_title() -> None:
    """Skin and detail are everywhere, so a title on the picture would cover a face."""
    planned = plan(encode(draw_subject((1280, 720), (0, 0, 1280, 720)), "PNG"), TITLE)
    assert planned.framing.area != (0, 0, *SIZE)
    assert planned.placement
    assert planned.placement.costs["skin"] < 1


@pytest.mark.parametrize("fit", ["auto", "pad"])
@pytest.mark.parametrize("size", [(720, 1280), (2400, 700)])
def test_no_part_of_the_canvas_is_left_black(size: tuple[int, int], fit: str) -> None:
    canvas = decode_jpeg(make_thumbnail(encode(draw_quarters(size), "PNG"), TITLE, fit=fit, overlay=False))
    assert canvas.convert("L").point(lambda value: 255 if value > 8 else 0).getbbox() == (0, 0, *SIZE)
    assert min(canvas.convert("L").tobytes()) > 8


def test_without_a_title_the_picture_is_centred() -> None:
    canvas = decode_jpeg(make_thumbnail(encode(Image.new("RGB", (300, 300), RED), "PNG"), ""))
    red = canvas.getchannel("R").point(lambda value: 255 if value > 200 else 0).getbbox()
    assert red
    assert red[0] == pytest.approx(280, abs=8)
    assert red[2] == pytest.approx(1000, abs=8)


def test_the_backdrop_of_a_bright_picture_is_bright_and_of_a_dark_one_dark() -> None:
    for level, expected in ((250, range(240, 256)), (60, range(20, 50))):
        data = encode(Image.new("RGB", (300, 300), (level, level, level)), "PNG")
        canvas = decode_jpeg(make_thumbnail(data, TITLE, fit="pad", overlay=False)).convert("L")
        framing = plan(data, TITLE, fit="pad").framing
        assert framing.panel
        left, top, right, bottom = framing.panel
        assert canvas.getpixel(((left + right) // 2, (top + bottom) // 2)) in expected


def test_in_greyscale_a_lit_area_where_heads_are_likely_counts_as_a_face() -> None:
    grain = Image.effect_noise((320, 180), 40).convert("RGB")
    lit = Image.new("RGB", (320, 180), (20, 20, 20))
    lit.paste(Image.blend(grain, Image.new("RGB", grain.size, (170, 170, 170)), 0.5), None, _draw_oval())
    skin = map_saliency(lit).skin
    assert _compute_mean(skin.crop((60, 20, 100, 50))) > 30
    assert _compute_mean(skin.crop((0, 50, 50, 90))) == 0
    assert _compute_mean(map_saliency(Image.new("RGB", (320, 180), (128, 128, 128))).skin) == 0


def _draw_oval() -> Image.Image:
    mask = Image.new("L", (320, 180))
    ImageDraw.Draw(mask).ellipse((110, 20, 210, 120), 255)
    return mask


def _compute_mean(image: Image.Image) -> float:
    return float(ImageStat.Stat(image).mean[0])
