"""A picture fills its area, keeps its subject, and moves it out from under the title; or it is shown whole."""

import pytest
from helpers.pictures import decode_jpeg, draw_quarters, encode
from helpers.scenes import draw_subject, find_shown, make_plain, make_scene
from PIL import Image, ImageDraw, ImageStat

from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box, Region
from process.layout.framing import (
    WHOLE_FITS,
    Framing,
    choose_framing,
    compute_max_scale,
    contain,
    find_framing,
)
from process.layout.saliency import map_saliency
from process.layout.scene import find_region
from process.thumbnail import make_thumbnail

SIZES = [(1280, 720), (960, 720), (720, 720), (400, 720), (2000, 720), (1, 3000), (3000, 1), (1, 1), (61, 37)]
RIGHT_HALF = Box(640, 0, *SIZE)


def fits(framing: Framing, size: tuple[int, int]) -> bool:
    """Tell whether the picture is shown undistorted, to a pixel."""
    region, area = framing.region.scale(size), framing.area
    return area.size[0] / area.size[1] == pytest.approx(region.size[0] / region.size[1], rel=0.02)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("fit", ["auto", "crop"])
@pytest.mark.parametrize("area", [CANVAS, RIGHT_HALF, Box(0, 0, 400, 720)])
def test_a_crop_fills_its_area_undistorted(size: tuple[int, int], fit: str, area: Box) -> None:
    framing = choose_framing(make_scene(make_plain(size), fit=fit), area)
    assert framing.area == area
    assert 0 <= framing.region.left < framing.region.right <= 1
    assert 0 <= framing.region.top < framing.region.bottom <= 1
    assert fits(framing, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("fit", WHOLE_FITS)
@pytest.mark.parametrize("area", [CANVAS, RIGHT_HALF])
def test_pad_and_letterbox_never_crop(size: tuple[int, int], fit: str, area: Box) -> None:
    framing = choose_framing(make_scene(make_plain(size), fit=fit), area, [(Box(700, 0, 900, 400), 1.0)])
    assert framing.region == WHOLE_PICTURE
    assert framing.area.intersect(area) == framing.area
    assert framing.area.size[0] == area.size[0] or framing.area.size[1] == area.size[1], "as large as it can be"
    assert all(side == round(side) for side in framing.area)


def test_a_picture_of_the_areas_shape_is_shown_whole() -> None:
    assert choose_framing(make_scene(make_plain())).region == WHOLE_PICTURE


@pytest.mark.parametrize("left", [40, 760])
@pytest.mark.parametrize("fit", ["auto", "crop"])
def test_cropping_keeps_the_subject(left: int, fit: str) -> None:
    box = (left, 100, left + 400, 500)
    part = choose_framing(make_scene(draw_subject((1600, 600), box), fit=fit)).region.scale((1600, 600))
    assert part.left <= box[0] + 10
    assert part.right >= box[2] - 10


@pytest.mark.parametrize("top", [80, 900])
def test_cropping_a_portrait_keeps_the_subject(top: int) -> None:
    box = (160, top, 560, top + 280)
    part = choose_framing(make_scene(draw_subject((720, 1280), box))).region.scale((720, 1280))
    assert part.top <= box[1] + 20
    assert part.bottom >= box[3] - 20


@pytest.mark.parametrize(("covered", "is_left"), [(Box(0, 0, 500, 720), False), (Box(780, 0, 1280, 720), True)])
def test_the_subject_is_moved_out_from_under_the_title(covered: Box, is_left: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The picture is wide, so that there is a choice."""
    size, box = (1800, 720), (750, 150, 1050, 600)
    scene = make_scene(draw_subject(size, box))
    shown = find_shown(choose_framing(scene, CANVAS, [(covered, 1.0)]), size, box)
    assert shown.intersect(covered).area < 0.25 * shown.area
    assert ((shown.left + shown.right) / 2 < SIZE[0] / 2) == is_left


def test_what_is_covered_costs_more_the_more_it_hides() -> None:
    scene = make_scene(draw_subject(SIZE, (440, 160, 840, 560)))
    costs = [
        choose_framing(scene, CANVAS, [(Box(400, 100, 900, 600), share)]).costs["covers"] for share in (0.1, 0.5, 1.0)
    ]
    assert costs == sorted(set(costs))
    assert choose_framing(scene, CANVAS).costs["covers"] == 0


def test_a_box_beyond_the_picture_covers_nothing() -> None:
    scene = make_scene(draw_subject(SIZE, (440, 160, 840, 560)))
    assert choose_framing(scene, RIGHT_HALF, [(Box(0, 0, 640, 720), 1.0)]).costs["covers"] == 0


def test_a_framing_is_found_only_if_it_costs_less_than_asked_for() -> None:
    scene = make_scene(draw_subject(SIZE, (440, 160, 840, 560)))
    covered = [(Box(400, 100, 900, 600), 1.0)]
    best = choose_framing(scene, CANVAS, covered)
    assert find_framing(scene, CANVAS, covered, best.cost + 0.01) == best
    assert find_framing(scene, CANVAS, covered, best.cost) is None


@pytest.mark.parametrize(
    ("size", "area", "expected"),
    [
        ((1280, 720), CANVAS, CANVAS),
        ((720, 720), CANVAS, Box(280, 0, 1000, 720)),
        ((2560, 720), CANVAS, Box(0, 180, 1280, 540)),
        ((100, 100), RIGHT_HALF, Box(640, 40, 1280, 680)),
        ((30000, 1), CANVAS, Box(0, 360, 1280, 361)),
    ],
)
def test_a_whole_picture_is_in_the_middle_of_its_area(size: tuple[int, int], area: Box, expected: Box) -> None:
    assert contain(size, area) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize(("size", "shown"), [((1, 30_000), (1, 720)), ((30_000, 1), (1280, 1)), ((3, 3000), (1, 720))])
def test_of_the_longest_picture_a_pixel_is_shown(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert contain(size, CANVAS).size == shown


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_at_the_maximal_scale_fills_the_canvas(size: tuple[int, int]) -> None:
    scale = compute_max_scale(size)
    assert size[0] * scale >= SIZE[0] - 1e-6
    assert size[1] * scale >= SIZE[1] - 1e-6


@pytest.mark.parametrize("area", [CANVAS, RIGHT_HALF])
def test_the_region_under_a_box_is_where_the_box_shows_the_picture(area: Box) -> None:
    framed = Region(0.2, 0.0, 0.8, 1.0)
    assert find_region(framed, area, area) == pytest.approx(framed)
    middle = (area.left + area.right) / 2
    left, _, right, bottom = find_region(framed, area, Box(middle, 0, area.right, 360))
    assert (left, right, bottom) == pytest.approx((0.5, 0.8, 0.5))


def test_a_box_beside_the_picture_shows_none_of_it() -> None:
    left, _, right, _ = find_region(WHOLE_PICTURE, RIGHT_HALF, Box(0, 0, 600, 720))
    assert left == right


# --- on the canvas -------------------------------------------------------------------------------------------------


def test_the_backdrop_of_a_bright_picture_is_bright_and_of_a_dark_one_dark() -> None:
    for level, expected in ((250, range(230, 256)), (60, range(20, 50))):
        data = encode(Image.new("RGB", (300, 300), (level, level, level)), "PNG")
        canvas = decode_jpeg(make_thumbnail(data, "", fit="pad")).convert("L")
        assert canvas.getpixel((100, 360)) in expected


@pytest.mark.parametrize("fit", ["auto", "pad"])
@pytest.mark.parametrize("size", [(720, 1280), (2400, 700)])
def test_without_a_title_no_part_of_the_canvas_is_left_black(size: tuple[int, int], fit: str) -> None:
    canvas = decode_jpeg(make_thumbnail(encode(draw_quarters(size), "PNG"), "", fit=fit)).convert("L")
    assert min(canvas.tobytes()) > 8


# --- saliency ------------------------------------------------------------------------------------------------------


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


def test_a_patch_of_skin_is_salient_and_tells_that_there_are_people() -> None:
    scene = make_scene(draw_subject(SIZE, (100, 100, 500, 600)))
    assert scene.saliency.people == 1
    assert scene.subject.sum((0.0, 0.0, 0.5, 1.0)) > 0.75 * scene.subject.total
    assert scene.skin.sum((0.0, 0.0, 0.5, 1.0)) > 0.95 * scene.skin.total


def _compute_mean(image: Image.Image) -> float:
    return float(ImageStat.Stat(image).mean[0])
