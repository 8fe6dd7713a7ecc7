"""The canvas is what YouTube asks for; its margin and its badge are where documents and page say they are."""

import pytest

from process.canvas import BADGE, CANVAS, MARGIN, SAFE_AREA, SIZE, WHOLE_PICTURE, Box, PixelBox, Region


def test_the_canvas_has_the_size_that_youtube_recommends() -> None:
    assert SIZE == CANVAS.size == (1280, 720)


def test_the_margin_is_a_fortieth_of_each_side() -> None:
    assert MARGIN == (32, 18)
    assert SAFE_AREA == (32, 18, 1248, 702)


def test_the_badge_covers_the_bottom_right_corner() -> None:
    """Measured where the thumbnail is shown 168 pixels wide."""
    assert (SIZE[0] - BADGE[0], SIZE[1] - BADGE[1]) == (320, 168)


def test_a_box_has_a_size_and_an_area() -> None:
    box = Box(10, 20, 40, 100)
    assert box.size == (30, 80)
    assert box.area == 2400
    assert [Box(40, 20, 10, 100).area, Box(10, 100, 40, 20).area, Box(40, 100, 10, 20).area] == [0, 0, 0]


def test_boxes_intersect_where_both_are() -> None:
    assert Box(0, 0, 100, 50).intersect(Box(60, 20, 200, 300)) == Box(60, 20, 100, 50)
    assert Box(0, 0, 10, 10).intersect(Box(20, 20, 30, 30)).area == 0


def test_a_box_is_rounded_at_the_scale_of_its_canvas() -> None:
    assert Box(1.4, 2.6, 11.2, 20.7).round() == PixelBox(1, 3, 11, 21)
    assert Box(1.4, 2.6, 11.2, 20.7).round(2) == PixelBox(3, 5, 22, 41)
    assert PixelBox(3, 5, 22, 41).size == (19, 36)


def test_a_region_is_a_box_of_any_picture() -> None:
    assert Region(0.25, 0.5, 0.75, 1.0).scale((400, 200)) == Box(100, 100, 300, 200)
    assert WHOLE_PICTURE.scale((400, 200)) == Box(0, 0, 400, 200)


def test_a_region_of_a_region_is_a_region_of_the_picture() -> None:
    outer = Region(0.2, 0.1, 0.6, 0.9)
    assert WHOLE_PICTURE.within(outer) == pytest.approx(outer)
    assert Region(0.5, 0.25, 1.0, 0.75).within(outer) == pytest.approx((0.4, 0.3, 0.6, 0.7))
