"""A summed-area table gives the share of a map in any rectangle."""

import pytest
from PIL import Image, ImageDraw

from process.layout.summed_area import SummedAreaTable

WHOLE = (0.0, 0.0, 1.0, 1.0)


def draw_spot(size: tuple[int, int] = (160, 90)) -> Image.Image:
    """Draw a map with all of its weight in the right upper quarter."""
    spot = Image.new("L", size)
    ImageDraw.Draw(spot).rectangle((size[0] // 2, 0, size[0], size[1] // 2 - 1), 255)
    return spot


def test_the_whole_weighs_what_all_maps_weigh() -> None:
    table = SummedAreaTable((draw_spot(), 1.0), (Image.new("L", (160, 90), 7), 0.5))
    assert table.total == pytest.approx(1.5)
    assert table.sum(WHOLE) == pytest.approx(1.5)


def test_a_region_weighs_what_the_map_has_there() -> None:
    table = SummedAreaTable((draw_spot(), 1.0))
    assert table.sum((0.5, 0.0, 1.0, 0.5)) == pytest.approx(1, abs=0.03)
    assert table.sum((0.0, 0.0, 0.5, 1.0)) == pytest.approx(0, abs=0.03)
    assert table.sum((0.75, 0.0, 1.0, 0.5)) == pytest.approx(0.5, abs=0.05)


def test_regions_add_up() -> None:
    table = SummedAreaTable((Image.effect_noise((160, 90), 90), 1.0))
    parts = [(0, 0, 0.3, 0.6), (0.3, 0, 1, 0.6), (0, 0.6, 0.3, 1), (0.3, 0.6, 1, 1)]
    assert sum(table.sum(part) for part in parts) == pytest.approx(table.total)


def test_an_empty_map_counts_as_an_even_one() -> None:
    table = SummedAreaTable((Image.new("L", (160, 90)), 2.0))
    assert table.sum((0.0, 0.0, 0.5, 0.5)) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("size", [(1, 1), (160, 1), (1, 160), (2, 3)])
def test_maps_of_any_size_are_summed(size: tuple[int, int]) -> None:
    table = SummedAreaTable((Image.new("L", size, 9), 1.0))
    assert table.sum(WHOLE) == pytest.approx(1)
    assert table.sum((0.2, 0.2, 0.2, 0.2)) == 0
