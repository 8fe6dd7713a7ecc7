"""Colours go with the picture, and letters and accents stand out from what is behind them."""

import pytest
from helpers.pictures import draw_quarters
from PIL import Image, ImageDraw, ImageStat

from process.canvas import CANVAS, Box
from process.layout.apca import choose_ink, measure_lightness_contrast
from process.layout.colours import (
    Ground,
    average,
    choose_accent,
    choose_bar,
    choose_fade,
    choose_panel_colour,
    darken,
    lighten,
)
from process.layout.contrast import measure_contrast
from process.layout.palette import PaletteColour, extract_palette, to_hsv, to_rgb
from process.layout.wcag import (
    NEAR_BLACK,
    WHITE,
    Colour,
    contrast_ratio,
    parse_colour,
    relative_luminance,
    sort_luminances,
)

BLACK, RED, GREEN, BLUE, YELLOW = (0, 0, 0), (230, 20, 20), (20, 200, 60), (30, 60, 220), (250, 210, 20)
GROUNDS: dict[str, Colour] = {
    "white": WHITE,
    "black": BLACK,
    "grey": (128, 128, 128),
    "red": RED,
    "green": GREEN,
    "blue": BLUE,
    "yellow": YELLOW,
    "brown": (110, 70, 30),
    "olive": (100, 100, 30),
    "navy": (10, 20, 80),
    "sand": (220, 200, 160),
    "pink": (255, 150, 190),
}
BACKGROUNDS = {
    **{name: Image.new("RGB", (64, 36), colour) for name, colour in GROUNDS.items()},
    "noise": Image.merge("RGB", [Image.effect_noise((64, 36), 120) for _ in range(3)]),
    "gradient": Image.linear_gradient("L").resize((64, 36)).convert("RGB"),
    "quarters": draw_quarters((64, 36)),
}
every_background = pytest.mark.parametrize("name", BACKGROUNDS)
every_ground = pytest.mark.parametrize("name", GROUNDS)


def compare(one: Colour, other: Colour) -> float:
    return contrast_ratio(relative_luminance(one), relative_luminance(other))


def blend(picture: Image.Image, ground: Ground) -> Image.Image:
    """Draw a fade evenly over a picture."""
    return Image.blend(picture, Image.new("RGB", picture.size, ground.colour), ground.opacity)


# --- contrast ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((255, 255, 255), (0, 0, 0), 21.0), ((119, 119, 119), (255, 255, 255), 4.48), ((255, 0, 0), (255, 255, 255), 4.0)],
)
def test_the_contrast_ratio_follows_wcag(one: Colour, other: Colour, ratio: float) -> None:
    """The expected ratios come from public contrast checkers."""
    assert compare(one, other) == pytest.approx(ratio, abs=0.01)


def test_luminances_are_sorted_from_dark_to_bright() -> None:
    picture = Image.new("RGB", (3, 1))
    picture.putdata([(255, 255, 255), (0, 0, 0), (255, 0, 0)])
    assert sort_luminances(picture) == pytest.approx([0, 0.2126, 1])


def test_a_colour_is_read_from_its_notation() -> None:
    assert parse_colour("#ff0a80") == (255, 10, 128)


@pytest.mark.parametrize(
    ("text", "ground", "contrast"),
    [
        ((0x88, 0x88, 0x88), (255, 255, 255), 0.6306),
        ((255, 255, 255), (0x88, 0x88, 0x88), 0.6854),
        ((0, 0, 0), (0xAA, 0xAA, 0xAA), 0.5815),
        ((0xAA, 0xAA, 0xAA), (0, 0, 0), 0.5624),
    ],
)
def test_perceived_contrast_follows_apca(text: Colour, ground: Colour, contrast: float) -> None:
    """The expected values are the algorithm's published test values, which include a final offset of 0.027."""
    assert measure_lightness_contrast(text, ground) - 0.027 == pytest.approx(contrast, abs=0.002)


@pytest.mark.parametrize(
    ("ground", "ink"),
    [
        (WHITE, NEAR_BLACK),
        (BLACK, WHITE),
        (RED, WHITE),
        (BLUE, WHITE),
        (YELLOW, NEAR_BLACK),
        ((0, 224, 255), NEAR_BLACK),
        ((255, 95, 158), NEAR_BLACK),
    ],
)
def test_letters_are_white_or_dark_as_readers_prefer(ground: Colour, ink: Colour) -> None:
    """By WCAG alone, letters on a strong red would be dark; by APCA alone, those on a bright pink would be white."""
    assert choose_ink(ground) == ink


def test_contrast_is_measured_where_it_is_lowest_but_not_at_specks() -> None:
    canvas = Image.new("RGB", (1280, 720), BLACK)
    box = Box(100, 100, 420, 200)
    assert measure_contrast(canvas, box, [WHITE]) == pytest.approx(21)
    ImageDraw.Draw(canvas).rectangle((100, 100, 105, 105), WHITE)
    assert measure_contrast(canvas, box, [WHITE]) == pytest.approx(21)
    ImageDraw.Draw(canvas).rectangle((100, 100, 180, 200), WHITE)
    assert measure_contrast(canvas, box, [WHITE]) == pytest.approx(1)
    assert measure_contrast(canvas, Box(200, 100, 420, 200), [WHITE]) == pytest.approx(21, abs=1), "elsewhere"


def test_the_colour_with_the_lowest_contrast_decides() -> None:
    canvas = Image.new("RGB", (1280, 720), BLACK)
    assert measure_contrast(canvas, CANVAS, [WHITE, RED]) == pytest.approx(compare(RED, BLACK), abs=0.01)


def test_contrast_is_free_of_the_canvas_size() -> None:
    canvas = draw_quarters((1280, 720))
    large = canvas.resize((2560, 1440))
    for box in (Box(100, 100, 600, 300), Box(500, 300, 800, 420)):
        expected = measure_contrast(canvas, box, [WHITE])
        assert measure_contrast(large, box, [WHITE]) == pytest.approx(expected, rel=0.05)


# --- fades ---------------------------------------------------------------------------------------------------------


@every_background
def test_letters_contrast_with_nine_tenths_of_what_is_behind_them(name: str) -> None:
    ground = choose_fade(BACKGROUNDS[name])
    behind = sort_luminances(blend(BACKGROUNDS[name], ground))
    ink = relative_luminance(ground.ink)
    extreme = behind[len(behind) // 12] if ground.ink != WHITE else behind[len(behind) * 11 // 12]
    assert contrast_ratio(extreme, ink) >= 3


@pytest.mark.parametrize("name", ["white", "black", "navy"])
def test_a_calm_background_needs_no_fade(name: str) -> None:
    assert choose_fade(BACKGROUNDS[name]).opacity == 0


@pytest.mark.parametrize("name", ["noise", "quarters"])
def test_a_busy_background_is_faded(name: str) -> None:
    assert choose_fade(BACKGROUNDS[name]).opacity > 0.3


def test_a_bright_background_gets_no_dark_fade_and_a_dark_one_no_light_one() -> None:
    grain = Image.effect_noise((64, 36), 30).convert("RGB")
    bright = choose_fade(grain.point(lambda level: min(255, level + 100)))
    dark = choose_fade(grain.point(lambda level: max(0, level - 90)))
    assert bright.ink == NEAR_BLACK
    assert relative_luminance(bright.colour) > 0.5
    assert dark.ink == WHITE
    assert relative_luminance(dark.colour) < 0.1


def test_a_fade_has_the_pictures_hue() -> None:
    for colour in (BLUE, GREEN):
        picture = Image.blend(Image.new("RGB", (64, 36), colour), BACKGROUNDS["noise"], 0.3)
        ground = choose_fade(picture)
        assert to_hsv(ground.colour)[0] == pytest.approx(to_hsv(colour)[0], abs=0.1)


# --- panels --------------------------------------------------------------------------------------------------------


def make_palette(*colours: Colour) -> list[PaletteColour]:
    return [PaletteColour(colour, 0.2) for colour in colours]


@every_ground
@pytest.mark.parametrize("is_bright", [False, True])
def test_letters_contrast_with_a_panel(name: str, is_bright: bool) -> None:  # noqa: FBT001 - a parameter of the test
    for accent in (None, GROUNDS[name]):
        ground = choose_panel_colour(make_palette(GROUNDS[name]), accent, is_bright=is_bright)
        assert ground.opacity == 1
        assert compare(ground.ink, ground.colour) >= 3.5


def test_a_panel_is_of_the_users_accent() -> None:
    assert choose_panel_colour(make_palette(RED), (18, 52, 86), is_bright=False).colour == (18, 52, 86)


@pytest.mark.parametrize("colour", [BLUE, GREEN, (200, 30, 160)])
def test_a_panel_is_of_the_pictures_own_hue(colour: Colour) -> None:
    ground = choose_panel_colour(make_palette(colour), None, is_bright=False)
    assert to_hsv(ground.colour)[0] == pytest.approx(to_hsv(colour)[0], abs=0.02)


@pytest.mark.parametrize("name", ["brown", "olive", "sand", "yellow"])
def test_a_panel_is_never_brown_or_olive(name: str) -> None:
    hue, saturation, value = to_hsv(choose_panel_colour(make_palette(GROUNDS[name]), None, is_bright=False).colour)
    assert not (0.045 < hue < 0.22 and value < 0.8 and saturation > 0.2)


def test_without_colours_a_panel_is_dark_or_white() -> None:
    assert relative_luminance(choose_panel_colour([], None, is_bright=False).colour) < 0.02
    assert choose_panel_colour([], None, is_bright=True).colour == WHITE


# --- accents -------------------------------------------------------------------------------------------------------


@every_ground
def test_an_accent_contrasts_with_its_ground(name: str) -> None:
    colour = GROUNDS[name]
    ground = Ground(colour, 1.0, choose_ink(colour))
    for palette in ([], make_palette(*GROUNDS.values())):
        assert compare(choose_accent(palette, None, ground), colour) >= 3


@every_ground
@pytest.mark.parametrize("accent", GROUNDS.values(), ids=GROUNDS.keys())
def test_the_users_accent_contrasts_with_its_ground(name: str, accent: Colour) -> None:
    colour = GROUNDS[name]
    ground = Ground(colour, 1.0, choose_ink(colour))
    assert compare(choose_accent([], accent, ground), colour) >= 2.9


def test_the_users_accent_is_kept_where_it_contrasts() -> None:
    assert choose_accent([], YELLOW, Ground(BLACK, 1.0, WHITE)) == YELLOW


def test_the_users_accent_contrasts_with_the_picture_under_a_thin_fade() -> None:
    around = (128, 128, 128)
    chosen = choose_accent([], (128, 128, 128), Ground((30, 30, 30), 0.3, WHITE), around)
    shown = average(blend(Image.new("RGB", (8, 8), around), Ground((30, 30, 30), 0.3, WHITE)))
    assert compare(chosen, shown) >= 2.7


@pytest.mark.parametrize("name", ["red", "green", "blue", "yellow"])
def test_an_accent_differs_in_hue_from_a_coloured_ground(name: str) -> None:
    ground = Ground(GROUNDS[name], 1.0, choose_ink(GROUNDS[name]))
    accent = choose_accent(make_palette(GROUNDS[name]), None, ground)
    distance = abs(to_hsv(accent)[0] - to_hsv(GROUNDS[name])[0])
    assert accent == ground.ink or min(distance, 1 - distance) > 0.08


def test_an_accent_takes_the_pictures_hue_where_it_is_vivid() -> None:
    picture = Image.new("RGB", (1280, 720), (20, 30, 60))
    ImageDraw.Draw(picture).ellipse((900, 50, 1200, 350), (40, 220, 250))
    accent = choose_accent(extract_palette(picture), None, Ground(NEAR_BLACK, 1.0, WHITE))
    assert to_hsv(accent)[0] == pytest.approx(to_hsv((40, 220, 250))[0], abs=0.06)


@every_ground
def test_accents_and_bars_are_vivid_and_clean(name: str) -> None:
    """Brown, navy, peach and olive are no accents, whatever the picture."""
    palette = make_palette(GROUNDS[name])
    chosen = [choose_bar(palette, None), choose_accent(palette, None, Ground(NEAR_BLACK, 1.0, WHITE))]
    for hue, saturation, value in map(to_hsv, chosen):
        is_brown_when_dark = 0.03 < hue < 0.25
        assert saturation > 0.5
        assert value > (0.85 if is_brown_when_dark else 0.6)


def test_a_bar_is_of_the_users_accent() -> None:
    assert choose_bar(make_palette(RED), (1, 2, 3)) == (1, 2, 3)


# --- palette -------------------------------------------------------------------------------------------------------


def test_a_grey_picture_has_no_palette() -> None:
    assert extract_palette(Image.new("RGB", (1280, 720), (40, 40, 40))) == []


def test_the_palette_has_the_vivid_colours_and_their_shares() -> None:
    picture = Image.new("RGB", (1280, 720), (90, 90, 90))
    ImageDraw.Draw(picture).rectangle((0, 0, 639, 359), RED)
    [(colour, fraction)] = extract_palette(picture)
    assert colour == pytest.approx(RED, abs=12)
    assert fraction == pytest.approx(0.25, abs=0.02)


@every_ground
def test_hsv_and_rgb_are_inverse(name: str) -> None:
    assert to_rgb(*to_hsv(GROUNDS[name])) == GROUNDS[name]


@every_ground
@pytest.mark.parametrize("luminance", [0.0, 0.02, 0.2, 0.6, 1.0])
def test_colours_are_darkened_and_lightened_no_more_than_needed(name: str, luminance: float) -> None:
    colour = GROUNDS[name]
    assert relative_luminance(darken(colour, luminance)) <= luminance + 1e-9
    assert relative_luminance(lighten(colour, luminance)) >= luminance - 1e-9
    assert darken(colour, 1.0) == colour == lighten(colour, 0.0)


def test_the_average_of_a_picture_is_its_mean_colour() -> None:
    picture = Image.new("RGB", (2, 1), BLACK)
    picture.putpixel((1, 0), (200, 100, 50))
    assert average(picture) == (100, 50, 25)


# --- the choice of colours -----------------------------------------------------------------------------------------

ACCENT_YELLOW, CYAN, ORANGE = (255, 214, 10), (34, 224, 255), (255, 149, 0)
BRIGHT_GREEN, BRIGHT_BLUE, STRONG_RED = (70, 240, 100), (84, 170, 255), (222, 22, 40)
DEEP_RED, DEEP_BLUE, DEEP_GREEN, MAGENTA = (190, 0, 30), (0, 72, 217), (0, 118, 52), (178, 0, 120)


@pytest.mark.parametrize(
    ("hue", "on_dark", "on_white", "bar"),
    [
        (0, ACCENT_YELLOW, DEEP_RED, STRONG_RED),
        (20, ORANGE, DEEP_RED, ORANGE),
        (40, ACCENT_YELLOW, DEEP_RED, ACCENT_YELLOW),
        (100, ACCENT_YELLOW, DEEP_RED, ACCENT_YELLOW),
        (120, BRIGHT_GREEN, DEEP_RED, BRIGHT_GREEN),
        (150, BRIGHT_GREEN, DEEP_GREEN, BRIGHT_GREEN),
        (180, CYAN, DEEP_RED, CYAN),
        (200, CYAN, DEEP_BLUE, CYAN),
        (216, BRIGHT_BLUE, DEEP_BLUE, BRIGHT_BLUE),
        (270, ACCENT_YELLOW, DEEP_RED, ACCENT_YELLOW),
        (320, ACCENT_YELLOW, MAGENTA, ACCENT_YELLOW),
        (340, ACCENT_YELLOW, DEEP_RED, STRONG_RED),
    ],
)
def test_an_accent_is_the_proven_colour_of_the_pictures_hue(
    hue: int, on_dark: Colour, on_white: Colour, bar: Colour
) -> None:
    """Of a hue without a proven colour, it is yellow on dark grounds, and red on light ones."""
    palette = make_palette(to_rgb(hue / 360, 0.9, 0.9))
    assert choose_accent(palette, None, Ground(NEAR_BLACK, 1.0, WHITE)) == on_dark
    assert choose_accent(palette, None, Ground(WHITE, 1.0, NEAR_BLACK)) == on_white
    assert choose_bar(palette, None) == bar


@pytest.mark.parametrize(
    ("around", "accent"),
    [
        (None, ACCENT_YELLOW),
        ((200, 180, 30), CYAN),
        ((200, 190, 156), ACCENT_YELLOW),
        ((120, 200, 200), ACCENT_YELLOW),
        ((45, 40, 8), ACCENT_YELLOW),
        ((62, 55, 10), CYAN),
        ((200, 60, 10), CYAN),
        ((200, 30, 30), ACCENT_YELLOW),
    ],
)
def test_an_accent_differs_in_hue_from_the_picture_around_it_unless_that_is_grey_or_dark(
    around: Colour | None, accent: Colour
) -> None:
    assert choose_accent([], None, Ground(NEAR_BLACK, 1.0, WHITE), around) == accent


@pytest.mark.parametrize(
    ("ground", "accent"),
    [
        (Ground((70, 70, 70), 1.0, WHITE), ACCENT_YELLOW),
        (Ground((90, 90, 90), 1.0, WHITE), ACCENT_YELLOW),
        (Ground((230, 230, 230), 1.0, NEAR_BLACK), DEEP_RED),
        (Ground((200, 200, 200), 1.0, NEAR_BLACK), DEEP_BLUE),
        (Ground((140, 140, 140), 1.0, NEAR_BLACK), (126, 0, 20)),
        (Ground(STRONG_RED, 1.0, WHITE), ACCENT_YELLOW),
        (Ground(ORANGE, 1.0, NEAR_BLACK), (177, 0, 28)),
    ],
)
def test_where_no_accent_stands_out_enough_the_first_that_can_is_darkened_or_lightened(
    ground: Ground, accent: Colour
) -> None:
    assert choose_accent([], None, ground) == accent
    assert compare(accent, ground.colour) >= 3


@pytest.mark.parametrize("ground", [(255, 95, 158), (13, 148, 136), (84, 170, 255), (128, 128, 0), ORANGE])
def test_on_a_panel_of_any_accent_emphasized_letters_differ_from_the_others(ground: Colour) -> None:
    panel = choose_panel_colour([], ground, is_bright=False)
    assert choose_accent([], None, panel) not in (panel.ink, ground)
    assert compare(panel.ink, ground) >= 3


def test_a_panel_takes_the_first_hue_that_covers_enough_and_stays_clean_when_dark() -> None:
    small, brown = PaletteColour(BLUE, 0.03), PaletteColour(to_rgb(0.1, 0.9, 0.8), 0.3)
    assert choose_panel_colour([small], None, is_bright=False).colour == NEAR_BLACK
    assert choose_panel_colour([small, PaletteColour(RED, 0.05)], None, is_bright=False).colour == (153, 15, 15)
    assert choose_panel_colour([brown, PaletteColour(RED, 0.2)], None, is_bright=False).colour == (153, 15, 15)
    assert choose_panel_colour([brown], None, is_bright=False).colour == (255, 165, 13)


@pytest.mark.parametrize(
    ("hue", "colour", "ink"),
    [
        (0, (153, 15, 15), WHITE),
        (14, (138, 42, 13), WHITE),
        (20, (255, 165, 13), NEAR_BLACK),
        (40, (255, 174, 13), NEAR_BLACK),
        (76, (255, 216, 13), NEAR_BLACK),
        (82, (54, 82, 8), WHITE),
        (120, (8, 87, 8), WHITE),
        (200, (11, 82, 117), WHITE),
        (240, (15, 15, 153), WHITE),
    ],
)
def test_a_panel_is_deep_or_where_that_would_be_brown_bright(hue: int, colour: Colour, ink: Colour) -> None:
    ground = choose_panel_colour(make_palette(to_rgb(hue / 360, 0.9, 0.9)), None, is_bright=False)
    assert ground == Ground(colour, 1.0, ink)


@pytest.mark.parametrize("is_bright", [False, True])
def test_a_panel_without_colour_is_opaque(is_bright: bool) -> None:  # noqa: FBT001  a parameter of the test
    assert choose_panel_colour([], None, is_bright=is_bright) == (
        Ground(WHITE, 1.0, NEAR_BLACK) if is_bright else Ground(NEAR_BLACK, 1.0, WHITE)
    )


def grain(colour: Colour, amount: int = 60) -> Image.Image:
    """Draw a busy picture with this mean: half of its pixels are lighter and half darker."""
    picture = Image.new("RGB", (64, 36))
    # In columns as wide as a sample's pixels.
    picture.putdata(
        [
            tuple(min(255, max(0, channel + (amount if number // 2 % 2 else -amount))) for channel in colour)
            for number in range(64 * 36)
        ]
    )
    return picture


@pytest.mark.parametrize(
    ("colour", "luminance"),
    [
        pytest.param((90, 90, 90), (0.006, 0.012), id="dark grey: nearly black"),
        pytest.param((90, 85, 76), (0.006, 0.012), id="hardly coloured: the same"),
        pytest.param((70, 100, 110), (0.015, 0.06), id="a little coloured: between"),
        pytest.param((40, 70, 150), (0.04, 0.08), id="blue: deep blue"),
        pytest.param((150, 90, 40), (0.006, 0.012), id="brown: nearly black, or it looks dirty"),
        pytest.param((200, 200, 200), (0.88, 0.95), id="light grey: nearly white"),
        pytest.param((160, 200, 210), (0.75, 0.88), id="a little coloured and light"),
        pytest.param((90, 220, 250), (0.5, 0.7), id="cyan: light cyan"),
    ],
)
def test_a_fade_is_darkened_or_lightened_as_its_colour_bears(colour: Colour, luminance: tuple[float, float]) -> None:
    """The less colour, the nearer to black or white: a grey of medium lightness looks murky."""
    ground = choose_fade(grain(colour))
    assert ground.opacity
    assert luminance[0] <= relative_luminance(ground.colour) <= luminance[1]


def test_a_fade_is_a_little_more_colourful_than_the_picture() -> None:
    picture = grain((60, 80, 120), 40)
    _, saturation, _ = to_hsv(choose_fade(picture).colour)
    assert saturation == pytest.approx(1.25 * to_hsv(average(picture))[1], abs=0.03)
    assert to_hsv(choose_fade(grain((10, 30, 160), 40)).colour)[1] == pytest.approx(0.9, abs=0.02)
    brown = grain((150, 90, 40), 40)
    assert to_hsv(choose_fade(brown).colour)[1] == pytest.approx(0.4 * to_hsv(average(brown))[1], abs=0.05)


STEPS = (0.0, 0.3, 0.45, 0.6, 0.7, 0.78, 0.85, 0.9, 0.95)


def suffices(picture: Image.Image, ground: Ground, opacity: float, tolerance: float) -> bool:
    """Tell whether letters stand out from nine tenths of a faded picture, and it is calm."""
    faded = blend(picture, Ground(ground.colour, opacity, ground.ink))
    behind, deviation = sort_luminances(faded), max(ImageStat.Stat(faded).stddev)
    extreme = behind[len(behind) * 9 // 10] if ground.ink == WHITE else behind[len(behind) // 10]
    contrast = contrast_ratio(extreme, relative_luminance(ground.ink))
    return contrast >= 5 * (1 - tolerance) and deviation <= 14 * (1 + tolerance)


@pytest.mark.parametrize("amount", [10, 16, 24, 40, 60, 100])
@pytest.mark.parametrize("colour", [(90, 90, 90), (128, 128, 128), (200, 200, 200), (40, 70, 150), (90, 220, 250)])
def test_a_fade_is_no_more_opaque_than_it_must_be(colour: Colour, amount: int) -> None:
    picture = grain(colour, amount)
    ground = choose_fade(picture)
    assert ground.opacity in STEPS
    assert suffices(picture, ground, ground.opacity, 0.12)
    if ground.opacity:
        assert not suffices(picture, ground, STEPS[STEPS.index(ground.opacity) - 1], -0.12)


def test_a_colour_is_lightened_without_losing_saturation_until_it_is_as_bright_as_it_can_be() -> None:
    dark = (80, 20, 20)
    assert to_hsv(lighten(dark, 0.1))[1] == pytest.approx(to_hsv(dark)[1], abs=0.02)
    assert to_hsv(lighten(dark, 0.4))[2] == 1


def test_a_colour_is_darkened_and_lightened_in_small_steps() -> None:
    for colour in (RED, BLUE, GREEN, (200, 190, 180)):
        assert 0.1 - relative_luminance(darken(colour, 0.1)) < 0.02 or relative_luminance(colour) < 0.1
        assert to_hsv(darken(colour, 0.03))[:2] == pytest.approx(to_hsv(colour)[:2], abs=0.03)
        assert relative_luminance(lighten(colour, 0.8)) - 0.8 < 0.05
        assert to_hsv(lighten(colour, 0.8))[0] == pytest.approx(to_hsv(colour)[0], abs=0.03)


@pytest.mark.parametrize(
    ("accent", "ground", "chosen"),
    [
        ((200, 0, 0), Ground((120, 0, 0), 1.0, WHITE), "lighter"),
        ((90, 90, 90), Ground((120, 120, 120), 1.0, WHITE), "lighter"),
        ((0, 0, 255), Ground((40, 40, 160), 1.0, WHITE), "lighter"),
        ((255, 200, 0), Ground((255, 255, 255), 1.0, NEAR_BLACK), "darker"),
        ((120, 0, 0), Ground((90, 90, 90), 1.0, NEAR_BLACK), "darker"),
    ],
)
def test_the_users_accent_is_lightened_or_darkened_no_more_than_it_must_be(
    accent: Colour, ground: Ground, chosen: str
) -> None:
    legible = choose_accent([], accent, ground)
    is_lighter = relative_luminance(legible) > relative_luminance(accent)
    assert chosen == ("lighter" if is_lighter else "darker")
    contrast = compare(legible, ground.colour)
    assert 3 <= contrast < 3.6 or legible in (WHITE, BLACK)


def test_the_palette_is_ordered_by_vividness_and_only_weakly_by_area() -> None:
    picture = Image.new("RGB", (640, 360), (90, 90, 90))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 319, 199), (140, 50, 40))  # covers eight times as much, but is dull
    draw.rectangle((400, 200, 479, 299), (20, 240, 60))
    draw.rectangle((560, 0, 599, 29), (250, 20, 240))
    found = [entry.colour for entry in extract_palette(picture)]
    assert [to_hsv(colour)[0] for colour in found] == pytest.approx([0.37, 0.02, 0.84], abs=0.04)


@pytest.mark.parametrize(
    ("colour", "is_vivid"),
    [
        (to_rgb(0.6, 0.6, 0.8), True),
        (to_rgb(0.6, 0.5, 0.8), False),
        (to_rgb(0.6, 0.8, 0.55), True),
        (to_rgb(0.6, 0.8, 0.45), False),
    ],
)
def test_dull_and_dark_colours_are_not_in_the_palette(colour: Colour, is_vivid: bool) -> None:  # noqa: FBT001  a parameter
    assert bool(extract_palette(Image.new("RGB", (64, 36), colour))) == is_vivid


def test_specks_are_not_in_the_palette() -> None:
    picture = Image.new("RGB", (64, 36), (90, 90, 90))
    picture.paste(RED, (0, 0, 4, 2))
    assert not extract_palette(picture), "0.35 %"
    picture.paste(RED, (0, 0, 4, 3))
    assert extract_palette(picture), "0.52 %"
