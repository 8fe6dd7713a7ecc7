"""A scene is what looks decide from."""

import pytest
from helpers.pictures import BLUE, GREEN, RED, YELLOW, draw_quarters
from helpers.scenes import draw_subject, make_plain, make_scene
from PIL import Image

from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box, Region
from process.layout.colours import average
from process.layout.rotation import rotate


@pytest.mark.parametrize(
    ("position", "row", "column"),
    [("auto", "auto", "auto"), ("top-left", "top", "left"), ("middle-center", "middle", "center")],
)
def test_a_position_has_a_row_and_a_column(position: str, row: str, column: str) -> None:
    scene = make_scene(make_plain(), position=position)
    assert (scene.row, scene.column) == (row, column)


@pytest.mark.parametrize(("level", "is_bright"), [(30, False), (120, False), (230, True)])
def test_a_light_picture_is_bright(level: int, is_bright: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert make_scene(make_plain(colour=(level, level, level))).is_bright == is_bright


def test_the_palette_is_the_pictures() -> None:
    colours = {entry.colour for entry in make_scene(draw_quarters(SIZE)).palette}
    for colour in (RED, GREEN, BLUE, YELLOW):
        assert any(max(abs(a - b) for a, b in zip(colour, found, strict=True)) < 30 for found in colours)


def test_the_subject_weighs_more_if_there_are_people() -> None:
    plain = make_plain()
    plain.paste(Image.effect_noise((400, 400), 120).convert("RGB"), (440, 160))
    assert make_scene(plain).subject.total == pytest.approx(1, abs=0.15)
    assert make_scene(draw_subject(SIZE, (440, 160, 840, 560))).subject.total > 1.5


@pytest.mark.parametrize(
    ("region", "colour"),
    [(Region(0, 0, 0.5, 0.5), RED), (Region(0.6, 0.1, 0.9, 0.4), GREEN), (Region(0.5, 0.5, 1, 1), BLUE)],
)
def test_a_region_of_the_preview_is_what_the_picture_has_there(region: Region, colour: tuple[int, ...]) -> None:
    assert average(make_scene(draw_quarters(SIZE)).crop_preview(region)) == pytest.approx(colour, abs=3)


@pytest.mark.parametrize("corner", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("size", [(1, 1), (3000, 1), (1280, 720)])
def test_a_region_without_extent_is_a_pixel_of_the_picture(corner: float, size: tuple[int, int]) -> None:
    part = make_scene(make_plain(size, (250, 240, 230))).crop_preview(Region(corner, corner, corner, corner))
    assert average(part) == (250, 240, 230)


def test_what_a_box_of_the_canvas_shows_is_cut_from_the_preview() -> None:
    scene = make_scene(draw_quarters(SIZE))
    shown = scene.crop_shown(Region(0.5, 0.0, 1.0, 1.0), CANVAS, Box(0, 0, 1280, 350))
    assert average(shown) == pytest.approx(GREEN, abs=3)
    right_half = Box(640, 0, *SIZE)
    assert average(scene.crop_shown(WHOLE_PICTURE, right_half, Box(0, 0, 900, 300))) == pytest.approx(RED, abs=3)


def test_black_bars_are_part_of_what_a_box_shows() -> None:
    scene = make_scene(make_plain((720, 720), (255, 255, 255)), fit="letterbox")
    area = Box(280, 0, 1000, 720)
    assert average(scene.crop_shown(WHOLE_PICTURE, area, Box(0, 0, 560, 720))) == pytest.approx((128,) * 3, abs=4)
    assert average(scene.crop_shown(WHOLE_PICTURE, area, Box(300, 0, 900, 720))) == (255, 255, 255)
    assert average(scene.crop_shown(WHOLE_PICTURE, area, Box(0, 0, 270, 720))) == (0, 0, 0)


# --- rotation ------------------------------------------------------------------------------------------------------


def test_points_turn_counter_clockwise_around_the_centre() -> None:
    """On a canvas, y points down: what is to the right of the centre goes up."""
    assert rotate((20, 10), (10, 10), 90) == pytest.approx((10, 0))
    assert rotate((10, 10), (10, 10), 37) == pytest.approx((10, 10))
    assert rotate(rotate((3, 4), (10, 10), 25), (10, 10), -25) == pytest.approx((3, 4))
