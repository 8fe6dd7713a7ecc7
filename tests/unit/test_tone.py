"""Flat, dull and dark photos are lifted gently; fine photos, screenshots and drawings are left as they are."""

from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from process.layout.tone import (
    Tone,
    _choose_points,
    _choose_saturation,
    _draw_curve,
    _find_percentile,
    choose_tone,
    is_photograph,
)

SIZE = (320, 180)


def draw_photo(low: int, high: int, *, gamma: float = 1.0, saturation: float = 0.5) -> Image.Image:
    """Draw a picture with the many colours of a photo: gradients across each other, and some grain.

    Args:
        low: darkest level.
        high: lightest level.
        gamma: above 1, most of the picture is dark.
        saturation: of the colours, 0 for greyscale.
    """
    across = Image.linear_gradient("L").rotate(90).resize(SIZE)
    down = Image.linear_gradient("L").resize(SIZE)
    around = ImageChops.invert(Image.radial_gradient("L").resize(SIZE))
    channels = [Image.blend(across, channel, saturation) for channel in (across, down, around)]
    levels = [low + (high - low) * (level / 255) ** gamma for level in range(256)]
    grain = Image.effect_noise(SIZE, 6)
    return Image.merge("RGB", [ImageChops.add(channel.point(levels), grain, offset=-128) for channel in channels])


def draw_page() -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    for y in range(10, 170, 12):
        ImageDraw.Draw(page).text((20, y), "A page full of text that fills each line.", (40, 40, 60))
    return page


def draw_diagram() -> Image.Image:
    diagram = Image.new("RGB", SIZE, (70, 70, 80))
    draw = ImageDraw.Draw(diagram)
    draw.rectangle((20, 20, 120, 90), (90, 60, 60), (120, 120, 120))
    draw.ellipse((180, 60, 290, 150), (60, 80, 100))
    draw.line((120, 55, 200, 100), (150, 150, 150), 3)
    return diagram


def lift(picture: Image.Image) -> tuple[Image.Image, Tone]:
    tone = choose_tone(picture)
    assert tone
    return tone.apply(picture), tone


def measure(picture: Image.Image) -> tuple[float, float]:
    """Return the mean and the standard deviation of the luma."""
    statistics = ImageStat.Stat(picture.convert("L"))
    return statistics.mean[0], statistics.stddev[0]


FLAT, DARK, GREYSCALE, NIGHT = (
    pytest.param(draw_photo(60, 170), id="flat"),
    pytest.param(draw_photo(5, 200, gamma=2), id="dark"),
    pytest.param(draw_photo(50, 160, saturation=0), id="greyscale"),
    pytest.param(draw_photo(0, 110, gamma=2.5), id="night"),
)


@pytest.mark.parametrize("picture", [FLAT, DARK, GREYSCALE])
def test_a_flat_or_dark_photo_becomes_brighter_and_gains_contrast(picture: Image.Image) -> None:
    lifted, _ = lift(picture)
    (mean, contrast), (new_mean, new_contrast) = measure(picture), measure(lifted)
    assert mean * 1.02 < new_mean < mean * 1.5, "gently"
    assert contrast * 1.02 < new_contrast < contrast * 1.6


def test_night_remains_night() -> None:
    picture = draw_photo(0, 110, gamma=2.5)
    tone = choose_tone(picture)
    mean, _ = measure(tone.apply(picture) if tone else picture)
    assert mean < measure(picture)[0] * 1.3


@pytest.mark.parametrize("picture", [FLAT, DARK, GREYSCALE])
def test_nothing_is_clipped(picture: Image.Image) -> None:
    lifted, _ = lift(picture)
    before, after = picture.histogram(), lifted.histogram()
    pixels = SIZE[0] * SIZE[1]
    for end in (0, 255, 256, 511, 512, 767):
        assert after[end] - before[end] <= 0.005 * pixels


@pytest.mark.parametrize("picture", [FLAT, DARK, GREYSCALE])
def test_the_curve_is_monotonic_and_keeps_black_and_white(picture: Image.Image) -> None:
    _, tone = lift(picture)
    curve = tone.curve[:256]
    assert tone.curve == curve * 3
    assert curve == sorted(curve)
    assert (curve[0], curve[255]) == (0, 255)
    assert curve[1] > 0
    assert curve[254] < 255
    assert max(after - before for before, after in pairwise(curve)) <= 3, "no tone is torn apart"


def test_pale_colours_gain_saturation_and_grey_stays_grey() -> None:
    pale = draw_photo(60, 170, saturation=0.25)
    lifted, tone = lift(pale)
    assert tone.matrix
    saturation, new_saturation = (
        ImageStat.Stat(picture.convert("HSV").getchannel("S")).mean[0] for picture in (pale.point(tone.curve), lifted)
    )
    assert saturation * 1.05 < new_saturation < saturation * 1.2
    _, tone_of_grey = lift(draw_photo(50, 160, saturation=0))
    assert tone_of_grey.matrix is None


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(draw_photo(2, 252, gamma=0.6), id="well exposed"),
        pytest.param(draw_photo(120, 254, gamma=0.4), id="high-key"),
        pytest.param(draw_photo(0, 250, gamma=6), id="low-key"),
        pytest.param(draw_page(), id="page"),
        pytest.param(ImageChops.invert(draw_page()), id="dark page"),
        pytest.param(draw_diagram(), id="diagram"),
        pytest.param(Image.new("RGB", SIZE, (60, 70, 80)), id="plain"),
        pytest.param(Image.new("RGB", (1, 1)), id="one pixel"),
    ],
)
def test_fine_and_deliberate_photos_and_what_is_no_photo_are_left_alone(picture: Image.Image) -> None:
    assert choose_tone(picture) is None


@pytest.mark.parametrize("picture", [FLAT, DARK, GREYSCALE, NIGHT])
def test_photos_are_photographs(picture: Image.Image) -> None:
    assert is_photograph(picture)


@pytest.mark.parametrize("picture", [draw_page(), draw_diagram(), Image.new("RGB", SIZE, "white")])
def test_pages_diagrams_and_plain_colours_are_no_photographs(picture: Image.Image) -> None:
    assert not is_photograph(picture)


def test_a_dark_picture_of_little_contrast_is_lifted_monotonically() -> None:
    tone = choose_tone(draw_photo(30, 50, saturation=1.0))
    assert tone
    assert all(lower <= upper for lower, upper in pairwise(tone.curve[:256]))


# --- the limits of the curve ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exposed", "lifted"),
    [
        pytest.param((8, 118, 242), (8, 118, 242), id="a well exposed picture stays"),
        pytest.param((8, 150, 242), (8, 150, 242), id="a light middle is not darkened"),
        pytest.param((8, 90, 242), (8, 102.6, 242), id="a dark middle rises 45 % of the way to 118"),
        pytest.param((8, 40, 242), (8, 56, 242), id="by a factor of 1.4 at most"),
        pytest.param((8, 130, 235), (8, 133.8, 242), id="the lightest tones rise to 242"),
        pytest.param((0, 118, 160), (0, 147.5, 200), id="by a factor of 1.25 at most"),
        pytest.param((20, 130, 242), (12.8, 130, 242), id="the darkest fall 60 % of the way to 8"),
        pytest.param((80, 140, 242), (52, 140, 242), id="by 28 levels at most"),
        pytest.param((0, 12, 120), (0, 16.8, 127.5), id="at night a quarter of it"),
        pytest.param((0, 32, 120), (0, 44.8, 138.75), id="at dusk five eighths"),
        pytest.param((0, 52, 120), (0, 72.8, 150), id="by day all of it"),
    ],
)
def test_a_tone_rises_or_falls_within_limits(exposed: tuple[int, int, int], lifted: tuple[float, float, float]) -> None:
    """The darkest tones, the median and the lightest ones, before and after."""
    points = dict(_choose_points(*exposed))
    assert (points[exposed[0]], points[exposed[1]], points[exposed[2]]) == pytest.approx(lifted, abs=0.1)
    assert (points[0], points[255]) == (0, 255)


@pytest.mark.parametrize(("low", "high", "stretched"), [(60, 170, 154), (90, 150, 84), (100, 102, 3)])
def test_contrast_rises_by_a_factor_of_1_4_or_by_a_level(low: int, high: int, stretched: float) -> None:
    points = dict(_choose_points(low, (low + high) // 2, high))
    assert points[high] - points[low] == pytest.approx(stretched, abs=0.05)


def test_a_percentile_is_the_level_that_so_many_pixels_do_not_exceed() -> None:
    histogram = [0] * 256
    histogram[10], histogram[200], histogram[255] = 30, 10, 60
    levels = [_find_percentile(histogram, fraction) for fraction in (0.01, 0.3, 0.31, 0.4, 0.41, 0.98)]
    assert levels == [10, 10, 200, 200, 255, 255]


def test_equal_percentiles_become_one_point() -> None:
    assert [level for level, _ in _choose_points(0, 40, 40)] == [0, 40, 255]


def test_the_curve_passes_smoothly_through_its_points() -> None:
    """The levels between are those of Fritsch and Butland's interpolant, worked out by hand."""
    curve = _draw_curve([(0, 0), (128, 160), (255, 255)])
    assert (curve[0], curve[128], curve[255]) == (0, 160, 255)
    tangent = 2 * 1.25 * (95 / 127) / (1.25 + 95 / 127)
    assert curve[64] == round(80 + 128 * (1.25 - tangent) / 8)
    assert curve[32] == round(0.15625 * 160 + 128 * (0.140625 * 1.25 - 0.046875 * tangent))
    assert curve[160] == pytest.approx(160 + 32 * tangent - 3, abs=2)
    assert _draw_curve([(0, 0), (255, 255)]) == list(range(256))
    flat = _draw_curve([(0, 0), (100, 50), (200, 50), (255, 255)])
    assert set(flat[100:201]) == {50}


def expose(low: int, median: int, high: int) -> Image.Image:
    """Draw a greyscale photo with these percentiles: 2 %, 50 % and 98 %."""
    points = [(-1, low - 1), (5, low), (128, median), (250, high), (256, min(255, high + 4))]
    levels = [
        next(b + (y - b) * (level - a) / (x - a) for (a, b), (x, y) in pairwise(points) if level <= x)
        for level in range(256)
    ]
    return Image.linear_gradient("L").point(levels).convert("RGB")


@pytest.mark.parametrize(
    ("exposed", "is_lifted"),
    [
        pytest.param((4, 22, 160), False, id="a light subject on black"),
        pytest.param((4, 22, 140), True, id="nothing light on black"),
        pytest.param((4, 32, 160), True, id="a light subject on dark grey"),
        pytest.param((100, 172, 232), False, id="light nearly everywhere"),
        pytest.param((100, 172, 215), True, id="nothing white"),
        pytest.param((100, 160, 232), True, id="not light everywhere"),
        pytest.param((100, 166, 232), True, id="as light as it may be"),
        pytest.param((12, 112, 238), False, id="not worth it"),
        pytest.param((12, 95, 238), True, id="worth it"),
    ],
)
def test_deliberate_exposure_is_kept(exposed: tuple[int, int, int], is_lifted: bool) -> None:  # noqa: FBT001  a parameter
    picture = expose(*exposed)
    assert is_photograph(picture)
    assert bool(choose_tone(picture)) == is_lifted


# --- saturation ----------------------------------------------------------------------------------------------------


def colour(saturation: float, value: int = 160) -> Image.Image:
    """Draw all hues, and levels around one, at a saturation from 0 to 1."""
    hue = Image.linear_gradient("L").rotate(90)
    levels = Image.linear_gradient("L").point([value - 30 + level * 60 / 255 for level in range(256)])
    return Image.merge("HSV", [hue, Image.new("L", hue.size, round(255 * saturation)), levels]).convert("RGB")


@pytest.mark.parametrize(
    ("picture", "gain"),
    [
        pytest.param(colour(0.25), 1.15, id="pale"),
        pytest.param(colour(0.45), 1.15, id="less pale"),
        pytest.param(colour(0.5), None, id="vivid"),
        pytest.param(colour(0.06), 1.15, id="hardly coloured"),
        pytest.param(colour(0.03), None, id="grey"),
        pytest.param(colour(0.42, 217), 1.08, id="pale, and so light that more would clip"),
        pytest.param(colour(0.42, 225), None, id="lighter"),
    ],
)
def test_pale_colours_gain_as_much_as_is_not_clipped(picture: Image.Image, gain: float | None) -> None:
    matrix = _choose_saturation(picture)
    assert bool(matrix) == bool(gain)
    if matrix and gain:
        rows = matrix[:4], matrix[4:8], matrix[8:]
        luma = (0.299, 0.587, 0.114)
        for channel, row in enumerate(rows):
            assert sum(row) == pytest.approx(1), "grey stays grey"
            expected = [(1 - gain) * weight + (gain if channel == other else 0) for other, weight in enumerate(luma)]
            assert row == pytest.approx((*expected, 0))


# --- photographs ---------------------------------------------------------------------------------------------------


def paint(flat: float, copies: int = 1, *, hue: int = 60) -> Image.Image:
    """Paint a picture of 96x96 pixels: a share of one colour, and each other colour in a number of pixels."""
    picture = Image.new("RGB", (96, 96))
    rest = round(96 * 96 * (1 - flat))
    picture.putdata(
        [
            ((number // copies) % 256, (number // copies) // 256 * 6, hue) if number < rest else (200, 30, 90)
            for number in range(96 * 96)
        ]
    )
    return picture


@pytest.mark.parametrize(
    ("picture", "is_photo"),
    [
        (paint(0.25), True),
        (paint(0.35), False),
        (paint(0.0, 3), True),
        (paint(0.0, 4), False),
    ],
)
def test_a_photo_has_many_colours_none_of_them_frequent(picture: Image.Image, is_photo: bool) -> None:  # noqa: FBT001  a parameter
    assert is_photograph(picture) == is_photo
    assert is_photograph(picture.resize((288, 288), Image.Resampling.NEAREST)) == is_photo


@pytest.mark.parametrize(("rows", "is_photo"), [(3, True), (4, False)])
def test_eight_frequent_colours_that_cover_a_third_make_a_drawing(rows: int, is_photo: bool) -> None:  # noqa: FBT001  a parameter
    picture = paint(0.0)
    for number in range(12):
        picture.paste((250, 20 * number, 250), (0, number * rows, 96, (number + 1) * rows))
    assert is_photograph(picture) == is_photo


def shade(levels: int, flat: float, tone: int = 0) -> Image.Image:
    """Paint in greys: a number of levels, a share of the picture black, and half of it toned by this much."""
    picture = Image.new("RGB", (96, 96))
    rest = round(96 * 96 * (1 - flat))
    greys = [40 + number % (levels - 1) if number < rest else 20 for number in range(96 * 96)]
    picture.putdata([(grey + tone * (number % 2), grey, grey) for number, grey in enumerate(greys)])
    return picture


@pytest.mark.parametrize(
    ("picture", "is_photo"),
    [
        (shade(80, 0.1), True),
        (shade(80, 0.14), False),
        (shade(72, 0.1), True),
        (shade(60, 0.1), False),
        (shade(80, 0.1, tone=8), True),
        (shade(80, 0.1, tone=24), False),
    ],
)
def test_a_greyscale_photo_has_many_levels_none_of_them_frequent(picture: Image.Image, is_photo: bool) -> None:  # noqa: FBT001  a parameter
    assert is_photograph(picture) == is_photo
