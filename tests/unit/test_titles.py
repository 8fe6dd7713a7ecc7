"""A title always fits, whatever its length, and nothing of it is cut off or lies where YouTube covers it."""

import pytest
from pictures import changed_area, encoded
from PIL import Image

from process.layout import clean, fit_text
from process.thumbnail import make_thumbnail

GREY = encoded(Image.new("RGB", (1280, 720), (128, 128, 128)), "PNG")
BLANK = make_thumbnail(GREY, "", overlay=False)

TITLES = [
    "A",
    "Cat",
    "We launched it!",
    "ÀÉÎÕÜ Ñandú Ťěšínský Ứng dụng",
    "gjpqy Qÿ,;",
    "How I built a thumbnail generator on AWS in one weekend without a server",
    "W" * 120,
    "abcdefghij" * 190,
    "x" + "\N{COMBINING LATIN SMALL LETTER A}" * 600,
    "日" * 200,
    "Donaudampfschifffahrtsgesellschaftskapitän ahoi",
    " ".join(["word"] * 24),
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_stays_inside_the_margin_and_off_the_duration_badge(title: str) -> None:
    area = changed_area(make_thumbnail(GREY, title), BLANK)
    assert area is not None, "no title was drawn"
    left, top, right, bottom = area
    assert left >= 32
    assert top >= 18
    assert right <= 1280 - 170
    assert bottom <= 720 - 18


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_drawn_whole(title: str) -> None:
    layout = fit_text(clean(title), 1000, 300)
    assert "".join(layout.lines).replace(" ", "") == clean(title).replace(" ", "")
    assert layout.width <= 1000
    assert layout.height <= 300


def test_a_short_title_is_large() -> None:
    left, top, right, bottom = changed_area(make_thumbnail(GREY, "Cat"), BLANK) or (0, 0, 0, 0)
    assert bottom - top > 150
    assert right - left > 200


def test_a_longer_title_is_never_larger() -> None:
    sizes = [fit_text("word " * count + "word", 1000, 300).size for count in range(24)]
    assert sizes == sorted(sizes, reverse=True)


def test_lines_are_balanced() -> None:
    lines = fit_text("the quick brown fox jumps over the lazy dog again", 1000, 300).lines
    lengths = [len(line) for line in lines]
    assert len(lines) > 1
    assert min(lengths) > max(lengths) / 2, lines


def test_a_break_never_parts_a_letter_from_its_mark() -> None:
    title = "x\N{COMBINING RING BELOW}" * 60
    assert all(line.startswith("x") for line in fit_text(clean(title), 400, 300).lines)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("  two \n words\t", "two words"),
        ("tab\x00ulated\x07", "tabulated"),
        ("\u202aAcme™\ufe0f\u202c soft\u00adware", "Acme™ software"),
        ("e\u200dmail non\u2011breaking", "email non-breaking"),
        ("a \x00 b", "a b"),
        ("x" + "\u0363" * 50, "x" + "\u0363" * 4),
        ("e\N{COMBINING ACUTE ACCENT}t\N{COMBINING ACUTE ACCENT}", "ét\N{COMBINING ACUTE ACCENT}"),
    ],
)
def test_a_title_is_tidied(typed: str, drawn: str) -> None:
    assert clean(typed) == drawn


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\x00", "\x00 \x00", "\ufeff"])
def test_a_blank_title_leaves_the_picture_untouched(title: str) -> None:
    assert make_thumbnail(GREY, title) == BLANK


@pytest.mark.parametrize("ground", ["white", "black", "grey"])
def test_letters_stand_out_from_any_ground(ground: str) -> None:
    """White letters with a dark outline: one of the two differs from whatever lies under them."""
    data = encoded(Image.new("RGB", (1280, 720), ground), "PNG")
    area = changed_area(make_thumbnail(data, "Cat"), make_thumbnail(data, "", overlay=False))
    assert area is not None
    assert area[2] - area[0] > 200
