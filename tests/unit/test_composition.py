"""The picture fills the canvas where little is lost by it; else it is shown whole, beside a panel for the title."""

import pytest
from helpers.pictures import RED, decoded, encoded, quarters
from PIL import Image, ImageDraw, ImageStat

from process.canvas import SIZE
from process.layout.framing import Framing, compute_scale, list_framings
from process.layout.saliency import PREVIEW_SIDE, Saliency, map_saliency
from process.thumbnail import make_thumbnail, plan

TITLE = "I built this in one week"


def flat(size: tuple[int, int]) -> Image.Image:
    return Image.new("RGB", size, (120, 140, 160))


def subject(size: tuple[int, int], box: tuple[int, int, int, int]) -> Image.Image:
    """A picture with nothing but one thing to look at: a checkered, skin-coloured patch."""
    picture = flat(size)
    draw = ImageDraw.Draw(picture)
    draw.rectangle(box, (224, 172, 140))
    for x in range(box[0], box[2], 16):
        for y in range(box[1], box[3], 16):
            if (x + y) % 32 < 16:
                draw.rectangle((x, y, x + 7, y + 7), (120, 70, 50))
    return picture


def matters(picture: Image.Image) -> Saliency:
    scale = PREVIEW_SIDE / max(picture.size)
    return map_saliency(picture.resize([max(1, round(side * scale)) for side in picture.size], Image.Resampling.BOX))


def chosen(picture: Image.Image, text: str = TITLE, fit: str = "auto") -> Framing:
    return plan(encoded(picture, "PNG"), text, fit=fit).framing


@pytest.mark.parametrize("size", [(1280, 720), (1440, 960), (1200, 800), (1400, 700)])
def test_auto_fills_the_canvas_where_little_is_lost(size: tuple[int, int]) -> None:
    composition = chosen(flat(size))
    assert composition.name == "filling"


@pytest.mark.parametrize("size", [(720, 1280), (600, 800), (800, 800), (2400, 800), (90, 160)])
def test_auto_keeps_the_whole_picture_where_cropping_would_lose_too_much(size: tuple[int, int]) -> None:
    composition = chosen(quarters(size))
    assert composition.region == (0, 0, 1, 1)
    width, height = composition.area.right - composition.area.left, composition.area.bottom - composition.area.top
    assert width == SIZE[0] or height == SIZE[1], "as large as it can be"
    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
    assert composition.panel


@pytest.mark.parametrize("size", [(1280, 720), (960, 720), (720, 720), (400, 720), (2000, 720)])
@pytest.mark.parametrize("fit", ["pad", "letterbox"])
def test_pad_and_letterbox_never_cut_anything_off(size: tuple[int, int], fit: str) -> None:
    assert all(way.region == (0, 0, 1, 1) for way in list_framings(size, fit, matters(quarters(size)), titled=True))


@pytest.mark.parametrize("size", [(1280, 720), (960, 720), (720, 720), (400, 720), (2000, 720), (1, 3000), (3000, 1)])
def test_crop_always_fills_the_canvas(size: tuple[int, int]) -> None:
    [way] = list_framings(size, "crop", matters(flat(size)), titled=True)
    assert way.area == (0, 0, *SIZE)


@pytest.mark.parametrize("fit", ["auto", "pad", "crop", "letterbox"])
def test_every_shape_stays_inside_picture_and_canvas(fit: str) -> None:
    for width in range(1, 1500, 67):
        for height in range(1, 1500, 61):
            seen = matters(Image.new("RGB", (width, height)))
            for way in list_framings((width, height), fit, seen, titled=True):
                assert 0 <= way.region.left < way.region.right <= 1
                assert 0 <= way.region.top < way.region.bottom <= 1
                assert 0 <= way.area.left < way.area.right <= SIZE[0]
                assert 0 <= way.area.top < way.area.bottom <= SIZE[1]
                shown = (way.area.right - way.area.left) * (way.region.right - way.region.left)
                assert shown <= compute_scale((width, height), fit) * width * 1.01 + 1


@pytest.mark.parametrize("left", [40, 760])
def test_cropping_keeps_what_matters(left: int) -> None:
    picture = subject((1600, 600), (left, 100, left + 400, 500))
    part = chosen(picture, fit="crop").region
    assert part.left <= left / 1600
    assert part.right >= (left + 400) / 1600


def test_a_picture_full_of_what_matters_makes_room_for_the_title() -> None:
    """Skin and detail wherever a title could stand: a title on the picture would cover a face."""
    planned = plan(encoded(subject((1280, 720), (0, 0, 1280, 720)), "PNG"), TITLE)
    assert planned.framing.area != (0, 0, *SIZE)
    assert planned.placement
    assert planned.placement.costs["skin"] < 1


@pytest.mark.parametrize("fit", ["auto", "pad"])
@pytest.mark.parametrize("size", [(720, 1280), (2400, 700)])
def test_no_part_of_the_canvas_stays_black(size: tuple[int, int], fit: str) -> None:
    canvas = decoded(make_thumbnail(encoded(quarters(size), "PNG"), TITLE, fit=fit, overlay=False))
    assert canvas.convert("L").point(lambda value: 255 if value > 8 else 0).getbbox() == (0, 0, *SIZE)
    assert min(canvas.convert("L").tobytes()) > 8


def test_without_a_title_the_picture_stands_in_the_middle() -> None:
    canvas = decoded(make_thumbnail(encoded(Image.new("RGB", (300, 300), RED), "PNG"), ""))
    red = canvas.getchannel("R").point(lambda value: 255 if value > 200 else 0).getbbox()
    assert red
    assert red[0] == pytest.approx(280, abs=8)
    assert red[2] == pytest.approx(1000, abs=8)


def test_the_backdrop_of_a_bright_picture_is_bright_and_of_a_dark_one_dark() -> None:
    for level, expected in ((250, range(240, 256)), (60, range(20, 50))):
        data = encoded(Image.new("RGB", (300, 300), (level, level, level)), "PNG")
        canvas = decoded(make_thumbnail(data, TITLE, fit="pad", overlay=False)).convert("L")
        composition = plan(data, TITLE, fit="pad").framing
        assert composition.panel
        left, top, right, bottom = composition.panel
        assert canvas.getpixel(((left + right) // 2, (top + bottom) // 2)) in expected


def test_without_colours_what_is_lit_where_heads_are_may_be_a_face() -> None:
    grain = Image.effect_noise((320, 180), 40).convert("RGB")
    lit = Image.new("RGB", (320, 180), (20, 20, 20))
    lit.paste(Image.blend(grain, Image.new("RGB", grain.size, (170, 170, 170)), 0.5), None, _oval())
    skin = map_saliency(lit).skin
    assert _mean(skin.crop((60, 20, 100, 50))) > 30
    assert _mean(skin.crop((0, 50, 50, 90))) == 0
    assert _mean(map_saliency(Image.new("RGB", (320, 180), (128, 128, 128))).skin) == 0


def _oval() -> Image.Image:
    mask = Image.new("L", (320, 180))
    ImageDraw.Draw(mask).ellipse((110, 20, 210, 120), 255)
    return mask


def _mean(image: Image.Image) -> float:
    return float(ImageStat.Stat(image).mean[0])
