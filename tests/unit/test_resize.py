"""Views of a picture are cut, scaled and turned upright; a view is the same, whatever others there are."""

from pathlib import Path
from random import Random

import pytest
from helpers.pictures import BLUE, GREEN, RED, YELLOW, assert_colours, assert_quarters, draw_quarters, store_as
from PIL import Image, ImageChops, ImageStat

from process.canvas import WHOLE_PICTURE, Region
from process.image.resize import View, crop_and_scale, get_upright_size, make_preview

VIEWS = [
    View(WHOLE_PICTURE, (1280, 720)),
    View(Region(0.25, 0.0, 1.0, 1.0), (960, 720)),
    View(Region(0.0, 0.0, 0.75, 1.0), (960, 720)),
    View(Region(0.2, 0.2, 1.0, 1.0), (1024, 576)),
    View(Region(0.1, 0.2, 0.7667, 0.8667), (1280, 720)),
    View(Region(0.3, 0.3, 0.4, 0.4), (1280, 720)),
]
SIDEWAYS = 6
SAMPLE = Path(__file__).parents[2] / "docs" / "images" / "sample.jpg"


def draw_detail(size: tuple[int, int]) -> Image.Image:
    noise = Image.effect_noise((size[0] // 8, size[1] // 8), 90).convert("RGB").resize(size, Image.Resampling.BICUBIC)
    return Image.blend(noise, draw_quarters(size), 0.4)


def turn(picture: Image.Image, orientation: int = SIDEWAYS) -> Image.Image:
    """Store a picture sideways, as a phone's camera does."""
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    turned.info["orientation"] = orientation
    return turned


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (4000, 2250), (320, 180)])
def test_a_view_is_the_same_alone_and_among_others(size: tuple[int, int]) -> None:
    picture = draw_detail(size)
    for view, among in zip(VIEWS, crop_and_scale(picture, VIEWS), strict=True):
        [alone] = crop_and_scale(picture, [view])
        assert alone.size == among.size == view.size
        assert alone.tobytes() == among.tobytes()


@pytest.mark.parametrize("size", [(1920, 1080), (4000, 2250), (320, 180)])
def test_a_view_cut_from_a_copy_is_nearly_what_it_would_be_by_itself(size: tuple[int, int]) -> None:
    picture = draw_detail(size)
    for view, shown in zip(VIEWS, crop_and_scale(picture, VIEWS), strict=True):
        expected = picture.resize(view.size, Image.Resampling.LANCZOS, view.region.scale(size))
        assert max(ImageStat.Stat(ImageChops.difference(shown, expected)).mean) < 4


def test_a_view_whose_size_was_rounded_shares_the_copy_of_the_others() -> None:
    picture = draw_detail((2000, 1500))
    exact, rounded = View(WHOLE_PICTURE, (1440, 1080)), View(Region(0, 0, 0.8385, 1), (1208, 1080))  # from 1207.44
    whole, part = crop_and_scale(picture, [exact, rounded])
    assert part.tobytes() == whole.crop((0, 0, 1208, 1080)).tobytes()


def test_pictures_of_every_size_and_scale_look_much_as_pillow_scales_them() -> None:
    random = Random(0)  # noqa: S311  for sizes
    photo = Image.open(SAMPLE)
    for _ in range(300):
        size = random.randint(1, photo.width), random.randint(1, photo.height)
        scale = random.uniform(1, 900) / max(size)
        target = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
        picture = photo.convert(random.choice(("RGB", "L"))).crop((0, 0, *size))
        [shown] = crop_and_scale(picture, [View(WHOLE_PICTURE, target)])
        expected = picture.resize(target, Image.Resampling.LANCZOS, reducing_gap=1.38)
        assert (shown.mode, shown.size) == (picture.mode, target)
        assert max(ImageStat.Stat(ImageChops.difference(shown, expected)).mean) < 5, (size, target)


def test_errors_of_rounding_add_no_pixels_to_a_region() -> None:
    picture = draw_detail((640, 360))
    error = 1e-12
    region = Region(0.25 - error, 0.25 - error, 1 + error, 1 + error)
    expected, shown = (
        crop_and_scale(picture, [View(box, (1280, 720))])[0] for box in (Region(0.25, 0.25, 1, 1), region)
    )
    assert shown.tobytes() == expected.tobytes()


def test_a_view_shows_its_region() -> None:
    picture = draw_quarters((1600, 900))
    whole, corner = crop_and_scale(picture, [VIEWS[0], View(Region(0.5, 0.5, 1.0, 1.0), (640, 360))])
    assert_quarters(whole)
    assert_colours(corner, {(10, 10): BLUE, (630, 350): BLUE})


def test_views_of_a_picture_stored_sideways_are_upright() -> None:
    picture = turn(draw_quarters((1600, 900)))
    assert get_upright_size(picture) == (1600, 900)
    whole, right = crop_and_scale(picture, [VIEWS[0], View(Region(0.5, 0.0, 1.0, 1.0), (640, 720))])
    assert_quarters(whole)
    assert_colours(right, {(320, 180): GREEN, (320, 540): BLUE})
    assert_colours(make_preview(picture, 320), {(80, 45): RED, (80, 135): YELLOW})


@pytest.mark.parametrize("size", [(30000, 1), (1, 30000), (1, 1), (30000, 20)])
def test_views_of_extreme_pictures_take_little_memory(size: tuple[int, int]) -> None:
    """All of the longest would be 21,600,000 pixels wide at the scale of a view of it that fills the canvas."""
    scale = max(1280 / size[0], 720 / size[1])
    width, height = 1280 / scale / size[0], 720 / scale / size[1]
    views = [View(Region(x, y, x + width, y + height), (1280, 720)) for x, y in ((0, 0), (1 - width, 1 - height))]
    picture = Image.new("RGB", size, RED)
    assert all(shown.getextrema() == tuple((level, level) for level in RED) for shown in crop_and_scale(picture, views))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_a_picture_is_stored_the_part_shown_is_the_same(orientation: int) -> None:
    """No two parts of the picture are alike, and the region is in the middle of neither axis."""
    upright = draw_detail((480, 270))
    stored = store_as(upright, orientation)
    stored.info["orientation"] = orientation
    for region, size in ((Region(0.05, 0.1, 0.45, 0.5), (192, 108)), (Region(0.5, 0.55, 0.95, 0.9), (640, 280))):
        [expected], [shown] = (crop_and_scale(picture, [View(region, size)]) for picture in (upright, stored))
        assert shown.size == size
        assert max(ImageStat.Stat(ImageChops.difference(shown, expected)).mean) < 1
    preview, expected = make_preview(stored, 96), make_preview(upright, 96)
    assert max(ImageStat.Stat(ImageChops.difference(preview, expected)).mean) < 1
    assert get_upright_size(stored) == upright.size
