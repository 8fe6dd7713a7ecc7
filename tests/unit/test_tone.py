"""Flat, dull and dark photos are lifted gently; fine photos, screenshots and drawings are left as they are."""

from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from process.layout.tone import Tone, choose_tone, is_photograph

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
