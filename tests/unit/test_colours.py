"""The title's colours come from the picture, and always contrast with what they cover."""

import pytest
from helpers.pictures import encode
from PIL import Image, ImageDraw

from process.canvas import Box
from process.layout.colours import TitleColours, choose_colours
from process.layout.palette import extract_palette
from process.layout.wcag import contrast_ratio, relative_luminance, sort_luminances
from process.thumbnail import plan

BOX = Box(200, 300, 900, 600)


def choose_on(ground: Image.Image) -> TitleColours:
    return choose_colours(ground.resize((1280, 720)), BOX)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((255, 255, 255), (0, 0, 0), 21.0), ((119, 119, 119), (255, 255, 255), 4.48), ((255, 0, 0), (255, 255, 255), 4.0)],
)
def test_the_contrast_ratio_follows_wcag(one: tuple[int, int, int], other: tuple[int, int, int], ratio: float) -> None:
    """The expected ratios come from public contrast checkers."""
    assert contrast_ratio(relative_luminance(one), relative_luminance(other)) == pytest.approx(ratio, abs=0.01)


def test_luminances_are_sorted_from_dark_to_bright() -> None:
    picture = Image.new("RGB", (3, 1))
    picture.putdata([(255, 255, 255), (0, 0, 0), (255, 0, 0)])
    assert sort_luminances(picture) == pytest.approx([0, 0.2126, 1])


BACKGROUNDS = {
    "white": Image.new("RGB", (64, 36), "white"),
    "black": Image.new("RGB", (64, 36), "black"),
    "grey": Image.new("RGB", (64, 36), (128, 128, 128)),
    "noise": Image.merge("RGB", [Image.effect_noise((64, 36), 120) for _ in range(3)]),
    "gradient": Image.linear_gradient("L").resize((64, 36)).convert("RGB"),
    **{colour: Image.new("RGB", (64, 36), colour) for colour in ("red", "green", "blue", "yellow", "orange", "pink")},
}


@pytest.mark.parametrize("name", BACKGROUNDS)
def test_letters_contrast_with_their_outline(name: str) -> None:
    chosen = choose_on(BACKGROUNDS[name])
    assert contrast_ratio(relative_luminance(chosen.fill), relative_luminance(chosen.outline)) >= 10


@pytest.mark.parametrize("name", BACKGROUNDS)
def test_letters_contrast_with_the_background(name: str) -> None:
    chosen = choose_on(BACKGROUNDS[name])
    assert chosen.contrast >= 1.5


@pytest.mark.parametrize("name", ["white", "black", "red", "green", "blue", "yellow", "pink"])
def test_a_plain_background_needs_no_scrim(name: str) -> None:
    assert choose_on(BACKGROUNDS[name]).scrim == 0


def test_a_scrim_is_drawn_where_light_letters_cover_a_light_area() -> None:
    half = Image.new("RGB", (1280, 720), "black")
    ImageDraw.Draw(half).rectangle((0, 400, 1280, 500), "white")
    chosen = choose_colours(half, BOX)
    assert 0 < chosen.scrim <= 0.5


def test_letters_are_dark_on_white_and_light_on_black() -> None:
    assert relative_luminance(choose_on(BACKGROUNDS["white"]).fill) < 0.1
    assert relative_luminance(choose_on(BACKGROUNDS["black"]).fill) > 0.9


def test_letters_take_an_accent_colour_from_the_picture() -> None:
    picture = Image.new("RGB", (1280, 720), (20, 30, 60))
    ImageDraw.Draw(picture).ellipse((1000, 50, 1200, 250), (250, 200, 20))
    red, green, blue = choose_colours(picture, BOX).fill
    assert red > 200
    assert green > 150
    assert blue < 120


def test_a_grey_picture_has_no_accent() -> None:
    picture = Image.new("RGB", (1280, 720), (40, 40, 40))
    assert extract_palette(picture) == []
    assert choose_colours(picture, BOX).fill == (255, 255, 255)


def test_the_scrim_is_at_most_half_opaque() -> None:
    data = encode(BACKGROUNDS["noise"].resize((1280, 720)), "PNG")
    planned = plan(data, "Cat")
    assert planned.placement
    assert planned.colours
    assert planned.colours.scrim <= 0.5
