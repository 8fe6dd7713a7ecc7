"""What it costs to cover, lose, cut, zoom and move a subject decides where a title and a crop go.

The prices were tuned on photos (`make bench-overlay`). Here, subjects are drawn right into the saliency maps.
"""

import math

import pytest
from helpers.scenes import stage

from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box, Region
from process.layout.framing import _list_regions, _price, choose_framing
from process.layout.placement import choose_placement
from process.layout.scene import Scene
from process.layout.typesetting import Setting
from process.text.block import list_text_blocks
from process.text.font_files import ANTON

Bounds = tuple[float, float, float, float]
MIDDLE, LEFT, RIGHT = (0.375, 0.25, 0.625, 0.75), (0.125, 0.25, 0.375, 0.75), (0.625, 0.25, 0.875, 0.75)


def price(scene: Scene, region: Region, area: Box = CANVAS) -> dict[str, float]:
    return _price(scene, region, area.size)


def cover(region: Bounds) -> Box:
    return Region(*region).scale(SIZE)


# --- covering ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "cost"), [(1.0, 3.0), (0.5, 1.5), (0.25, 0.75), (0.0, 0.0)])
def test_it_costs_3_to_cover_the_subject_and_less_to_hide_a_share_of_it(share: float, cost: float) -> None:
    scene = stage((MIDDLE,), fit="pad")
    assert choose_framing(scene, CANVAS, [(cover(MIDDLE), share)]).costs["covers"] == pytest.approx(cost)
    left_half = (*MIDDLE[:2], 0.5, MIDDLE[3])
    assert choose_framing(scene, CANVAS, [(cover(left_half), share)]).costs["covers"] == pytest.approx(cost / 2)
    both = [(cover(left_half), share), (cover(LEFT), 1.0)]
    assert choose_framing(scene, CANVAS, both).costs["covers"] == pytest.approx(cost / 2), "elsewhere, nothing"


def test_a_face_weighs_more_than_all_else() -> None:
    scene = stage((LEFT, RIGHT), (LEFT,), fit="pad")
    face, thing = (choose_framing(scene, CANVAS, [(cover(region), 1.0)]).costs["covers"] for region in (LEFT, RIGHT))
    assert thing == pytest.approx(1.5)
    assert face == pytest.approx(1.5 + 1.6 * 3.0)


def test_the_less_it_is_likely_that_there_are_people_the_less_a_face_weighs() -> None:
    scenes = [stage((LEFT,), (RIGHT,), people=people, fit="pad") for people in (1.0, 0.5)]
    sure, unsure = (choose_framing(scene, CANVAS, [(cover(RIGHT), 1.0)]).costs["covers"] for scene in scenes)
    assert (sure, unsure) == pytest.approx((4.8, 2.4))


LEFT_HALF, RIGHT_HALF = (0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("face", "thing", "column"), [(LEFT_HALF, RIGHT_HALF, "right"), (RIGHT_HALF, LEFT_HALF, "left")]
)
def test_a_title_keeps_off_a_face_and_rather_covers_a_thing(face: Bounds, thing: Bounds, column: str) -> None:
    setting = Setting(list_text_blocks("Cat", ANTON)[0], 300)
    placement = choose_placement(stage((thing,), (face,), fit="pad"), [(setting, 500, 250)])
    assert placement.anchor.position.endswith(column)


# --- cropping ------------------------------------------------------------------------------------------------------

UPPER_LEFT = Region(0.0, 0.0, 0.5, 0.5)


def test_it_costs_2_2_to_lose_the_subject() -> None:
    scene = stage(((0.7, 0.7, 0.9, 0.9),))
    assert price(scene, UPPER_LEFT)["crops"] - price(scene, WHOLE_PICTURE)["crops"] == pytest.approx(2.2 + 0.1)


def test_it_costs_a_tenth_to_be_off_the_centre_by_the_width_or_the_height_of_the_picture() -> None:
    scene = stage(((0.2, 0.2, 0.3, 0.3),))
    for region, distance in (
        (WHOLE_PICTURE, 0.0),
        (Region(0.0, 0.0, 0.6, 1.0), 0.4),
        (Region(0.1, 0.0, 0.5, 1.0), 0.4),
        (Region(0.0, 0.0, 1.0, 0.8), 0.2),
        (Region(0.1, 0.1, 0.9, 0.9), 0.0),
        (Region(0.0, 0.1, 0.5, 0.5), 0.9),
    ):
        assert price(scene, region)["crops"] == pytest.approx(0.1 * distance)


@pytest.mark.parametrize(
    ("region", "strip", "weight"),
    [
        pytest.param(Region(0.0, 0.25, 1.0, 1.0), (0.25, 0.25, 0.75, 0.2917), 1.0, id="above"),
        pytest.param(Region(0.25, 0.0, 1.0, 1.0), (0.25, 0.25, 0.2969, 0.75), 1.0, id="left"),
        pytest.param(Region(0.0, 0.0, 0.75, 1.0), (0.7031, 0.25, 0.75, 0.75), 1.0, id="right"),
        pytest.param(Region(0.0, 0.0, 1.0, 0.75), (0.25, 0.6945, 0.75, 0.75), 0.4, id="below"),
    ],
)
def test_a_crop_should_not_cut_through_the_subject(region: Region, strip: Bounds, weight: float) -> None:
    """Its share of a strip of 6 % along the edge counts; below, bodies may be cropped, but no faces."""
    off_centre = 0.1 * 0.25
    scene = stage((strip, (0.4, 0.4, 0.6, 0.6)))
    share = scene.subject.sum(strip)
    assert 0 < share < 0.5
    assert price(scene, region)["crops"] == pytest.approx(0.35 * weight * share / 0.06 + off_centre, rel=0.01)
    faces = stage(((0.4, 0.4, 0.6, 0.6),), (strip, (0.45, 0.4, 0.55, 0.6)))
    skin = faces.skin.sum(strip)
    expected = (1.6 * weight + (weight < 1)) * skin
    assert price(faces, region)["crops"] == pytest.approx(0.35 * expected / 0.06 + off_centre, rel=0.01)
    assert price(scene, WHOLE_PICTURE)["crops"] == 0, "nothing is cut at the picture's own edges"


def test_a_subject_at_the_pictures_own_edge_is_not_cut() -> None:
    scene = stage((LEFT, (0.0, 0.0, 1.0, 0.05), (0.0, 0.95, 1.0, 1.0), (0.0, 0.0, 0.05, 1.0), (0.95, 0.0, 1.0, 1.0)))
    assert price(scene, WHOLE_PICTURE)["crops"] == pytest.approx(0)


@pytest.mark.parametrize(
    ("size", "region", "cost"),
    [
        pytest.param((2560, 1440), WHOLE_PICTURE, 0.0, id="whole, as many pixels as there are"),
        pytest.param((2560, 1440), Region(0.25, 0.25, 0.75, 0.75), -0.35, id="twice as close"),
        pytest.param((2560, 1440), Region(0.375, 0.375, 0.625, 0.625), -0.35, id="closer, but enlarged"),
        pytest.param((1280, 720), Region(0.25, 0.25, 0.75, 0.75), 0.0, id="as close as it is blurred"),
        pytest.param((640, 360), WHOLE_PICTURE, 0.35, id="whole, but enlarged"),
        pytest.param((2560, 720), Region(0.25, 0.0, 0.75, 1.0), 0.0, id="no closer than it must be"),
    ],
)
def test_closer_is_better_as_long_as_there_are_pixels_enough(
    size: tuple[int, int], region: Region, cost: float
) -> None:
    assert price(stage((MIDDLE,), size=size), region)["zoom"] == pytest.approx(cost)


@pytest.mark.parametrize(
    ("size", "zoom"), [((5120, 2880), 1.5), ((2560, 1440), 1.5), ((640, 360), 1.0), ((1280, 720), 1.0)]
)
def test_a_small_subject_is_shown_closer_if_there_are_pixels_enough(size: tuple[int, int], zoom: float) -> None:
    region = choose_framing(stage(((0.45, 0.4, 0.55, 0.6),), size=size)).region
    assert 1 / (region.right - region.left) == pytest.approx(zoom, abs=0.01)


def test_a_subject_that_fills_the_picture_is_shown_whole() -> None:
    assert choose_framing(stage(((0.02, 0.02, 0.98, 0.98),), size=(5120, 2880))).region == WHOLE_PICTURE


@pytest.mark.parametrize(
    ("size", "crops"), [((1280, 720), {1.0: 1, 1.22: 16, 1.5: 16}), ((2560, 720), {1.0: 9, 1.22: 16, 1.5: 16})]
)
def test_crops_are_tried_at_three_zooms_and_in_steps_of_an_eighth_or_a_third(
    size: tuple[int, int], crops: dict[float, int]
) -> None:
    regions = list(_list_regions(stage((MIDDLE,), size=size), SIZE))
    assert len(set(regions)) == len(regions) == sum(crops.values())
    for zoom, number in crops.items():
        found = [region for region in regions if region.bottom - region.top == pytest.approx(1 / zoom)]
        assert len(found) == number
        lefts, tops = ({round(region[side], 4) for region in found} for side in (0, 1))
        assert len(lefts) * len(tops) == number
        width, height = found[0].right - found[0].left, found[0].bottom - found[0].top
        assert (min(lefts), max(lefts)) == pytest.approx((0, 1 - width), abs=1e-4)
        assert (min(tops), max(tops)) == pytest.approx((0, 1 - height), abs=1e-4)
        assert width * size[0] / (height * size[1]) == pytest.approx(16 / 9)


def test_a_tall_picture_is_cropped_along_its_height() -> None:
    regions = list(_list_regions(stage((MIDDLE,), size=(720, 1280)), SIZE))
    assert {
        round(region.top / (1 - region.bottom + region.top), 3)
        for region in regions
        if region.right == 1 and not region.left
    } == {step / 8 for step in range(9)}


# --- the size of letters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cap_height", "cost"),
    [(230, 0.0), (300, 0.0), (115, 0.25), (104, 0.25 * math.log2(230 / 104)), (52, 0.5 + 0.25 * math.log2(230 / 52))],
)
def test_small_letters_cost_more_below_104_pixels_than_below_230(cap_height: float, cost: float) -> None:
    block = list_text_blocks("CAT", ANTON)[0]
    assert Setting(block, cap_height / block.cap_height).cost == pytest.approx(cost)
