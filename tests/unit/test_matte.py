"""What is transparent shows white, as in a browser, unless the picture would be lost on it."""

import pytest
from helpers.pictures import decode_jpeg, draw_quarters, encode
from PIL import Image, ImageDraw, ImageFilter

from process.layout.matte import choose_matte
from process.thumbnail import make_thumbnails, plan

SIZE = (320, 180)
WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (230, 40, 60)
MARK, LETTERS = (10, 30, 130, 150), range(150, 300, 30)


def draw_logo(mark: tuple[int, ...] | None, letters: tuple[int, ...] | None) -> Image.Image:
    """Draw a mark and a word of five letters beside it on transparent ground."""
    picture = Image.new("RGBA", SIZE, (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    if mark:
        draw.ellipse(MARK, mark)
    for left in LETTERS if letters else ():
        draw.rectangle((left, 60, left + 8, 120), letters)
    return picture


def add_glow(picture: Image.Image, colour: tuple[int, int, int], strength: float) -> Image.Image:
    glow = Image.new("RGBA", SIZE, colour)
    glow.putalpha(picture.getchannel("A").filter(ImageFilter.GaussianBlur(6)).point(lambda level: level * strength))
    return Image.alpha_composite(glow, picture)


def draw_outlined_face() -> Image.Image:
    """Draw a white face with a black outline: its white is no hole."""
    picture = draw_logo(None, None)
    ImageDraw.Draw(picture).ellipse((70, 5, 240, 175), WHITE, BLACK, 6)
    return picture


def draw_sticker() -> Image.Image:
    picture = draw_logo(None, None)
    ImageDraw.Draw(picture).ellipse((70, 5, 240, 175), RED, WHITE, 12)
    return picture


def draw_screenshot() -> Image.Image:
    """Draw a white page with rounded corners."""
    picture = draw_logo(None, None)
    ImageDraw.Draw(picture).rounded_rectangle((0, 0, 319, 179), 12, WHITE)
    return picture


def draw_side(box: tuple[int, int, int, int]) -> Image.Image:
    picture = draw_logo(None, None)
    ImageDraw.Draw(picture).rectangle(box, WHITE)
    return picture


def draw_plate(*, has_letters: bool = False) -> Image.Image:
    """Draw a white rectangle, which may have letters cut out of it."""
    picture = draw_logo(None, None)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 319, 179) if has_letters else (60, 50, 260, 130), WHITE)
    for left in LETTERS if has_letters else ():
        draw.rectangle((left, 60, left + 8, 120), (255, 255, 255, 0))
    return picture


def is_neutral(colour: tuple[int, int, int]) -> bool:
    return max(colour) - min(colour) < 8


def is_dark(colour: tuple[int, int, int]) -> bool:
    """Tell whether a colour is dark, but not as the bars of a video."""
    return is_neutral(colour) and 30 < min(colour) < 50


ON_WHITE = {
    "black letters": draw_logo(None, BLACK),
    "a red mark with black letters": draw_logo(RED, BLACK),
    "yellow letters": draw_logo(None, (255, 215, 64)),
    "a white face with an outline": draw_outlined_face(),
    "a red sticker with a white border": draw_sticker(),
    "a page with rounded corners": draw_screenshot(),
    "a white left side of the picture": draw_side((0, 0, 99, 179)),
    "a white right side": draw_side((200, 0, 319, 179)),
    "a white upper side": draw_side((0, 0, 319, 69)),
    "a white lower side": draw_side((0, 100, 319, 179)),
    "nothing": draw_logo(None, None),
    "no transparency": draw_quarters(SIZE),
}
ON_DARK = {
    "white letters": draw_logo(None, WHITE),
    "light grey letters": draw_logo(None, (222, 222, 222)),
    "half transparent white letters": draw_logo(None, (*WHITE, 120)),
    "white letters with a soft shadow": add_glow(draw_logo(None, WHITE), BLACK, 0.6),
    "white letters with a blue glow": add_glow(draw_logo(None, WHITE), (60, 160, 255), 1),
    "a red mark with white letters": draw_logo(RED, WHITE),
    "a white rectangle": draw_plate(),
    "letters cut out of white": draw_plate(has_letters=True),
    "cream letters": draw_logo(None, (255, 250, 205)),
}


@pytest.mark.parametrize("name", ON_WHITE)
def test_a_picture_that_is_seen_on_white_is_put_on_white(name: str) -> None:
    assert choose_matte(ON_WHITE[name]) == WHITE


@pytest.mark.parametrize("name", ON_DARK)
def test_a_picture_that_would_be_lost_on_white_is_put_on_a_dark_matte(name: str) -> None:
    assert is_dark(choose_matte(ON_DARK[name]))


def test_a_picture_with_both_white_and_black_parts_is_put_on_grey() -> None:
    for picture in (draw_logo(BLACK, WHITE), draw_logo(WHITE, BLACK)):
        matte = choose_matte(picture)
        assert is_neutral(matte)
        assert 90 < matte[0] < 150


def test_a_dark_matte_is_not_taken_for_the_bars_of_a_video() -> None:
    picture = draw_logo(None, None)
    ImageDraw.Draw(picture).rectangle((0, 40, 319, 140), WHITE)
    assert plan(encode(picture, "PNG"), "Title").content == (0, 0, 1, 1)


@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_every_variant_has_the_same_matte(file_format: str) -> None:
    data = encode(draw_logo(None, WHITE), file_format)
    matte = plan(data, "Why we rebranded").matte
    assert is_dark(matte)
    for thumbnail in make_thumbnails(data, "Why we rebranded"):
        colours = decode_jpeg(thumbnail.jpeg).quantize(8).convert("RGB").getcolors() or []
        assert any(
            max(abs(a - b) for a, b in zip(colour, matte, strict=True)) < 12
            for count, colour in colours
            if isinstance(colour, tuple) and count > 20_000
        )
