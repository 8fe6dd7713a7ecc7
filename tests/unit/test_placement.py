"""A title of any length fits: no part of it is clipped or covered by YouTube's duration badge."""

import subprocess
import sys
from pathlib import Path

import pytest
from helpers.pictures import encode, find_changed_area
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from common.options import POSITIONS
from process.errors import InvalidImage
from process.text.block import list_text_blocks
from process.text.font_files import ANTON
from process.text.normalization import normalize_title
from process.text.shaping import shape_line
from process.thumbnail import make_thumbnail, plan

LAMBDAS = Path(__file__).parent.parent.parent / "lambdas"

GREY = encode(Image.new("RGB", (1280, 720), (128, 128, 128)), "PNG")
SIXTY = "How we travelled around the whole world with only one bag now"

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

# Joiners, directional controls, marks, brackets, and letters of several scripts.
PIECES = [
    *"\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f\u034f\u20e3\u0301\u0323",
    *"()[]<>«» \n09٠٣abאבابتकषि्กำか日가👩💻👨❤🇩🇪🏽\U000e0067\U000e007f\u115f\u3164─ﰀ",
    "\U00020001",
    "\U0001e800",
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("position", ["auto", "top-left", "middle-center", "bottom-right"])
def test_a_title_stays_inside_the_margin_and_off_the_duration_badge(title: str, position: str) -> None:
    drawn, bare = (make_thumbnail(GREY, title, position=position, overlay=overlay) for overlay in (True, False))
    area = find_changed_area(drawn, bare)
    assert area is not None, "no title was drawn"
    left, top, right, bottom = area
    assert left >= 32
    assert top >= 18
    assert right <= 1280 - 32
    assert bottom <= 720 - 18
    assert find_changed_area(drawn, bare, box=(1280 - 170, 720 - 70, 1280, 720)) is None


@pytest.mark.parametrize("title", TITLES)
def test_no_letter_is_lost_however_a_title_breaks(title: str) -> None:
    for block in list_text_blocks(normalize_title(title), ANTON):
        assert "".join(line.text for line in block.lines).replace(" ", "") == normalize_title(title).replace(" ", "")


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join))
def test_any_text_is_drawn_completely_or_refused(typed: str) -> None:
    try:
        title = normalize_title(typed)
    except InvalidImage:
        return
    for block in list_text_blocks(title, ANTON) if title else []:
        assert "".join(line.text for line in block.lines).replace(" ", "") == title.replace(" ", "")
        assert all(placed.glyph for line in block.lines for placed in line.glyphs)


def test_tracking_is_added_after_every_letter() -> None:
    path = ANTON.find()
    assert path
    file = ImageFont.truetype(path, 200)
    assert shape_line("sad", ANTON).advance == pytest.approx(file.getlength("sad") / 200 + 3 * ANTON.tracking, abs=0.01)


@pytest.mark.parametrize(("title", "capitals"), [("BIG NEWS", 150), ("I built this in one week!", 105), (SIXTY, 75)])
def test_letters_are_large_enough_for_the_sidebar(title: str, capitals: int) -> None:
    """YouTube's sidebar shows a thumbnail at 168x94, where capitals of 75 pixels become ten pixels high."""
    placement = plan(GREY, title).placement
    assert placement
    assert placement.size * placement.block.cap_height >= capitals


def test_a_much_longer_title_is_smaller() -> None:
    placements = [plan(GREY, "word " * count + "word").placement for count in (0, 2, 6, 14, 30)]
    sizes = [placement.size for placement in placements if placement]
    assert len(sizes) == 5
    assert sizes == sorted(set(sizes), reverse=True)


def test_lines_are_balanced() -> None:
    for block in list_text_blocks("the quick brown fox jumps over the lazy dog again", ANTON)[1:4]:
        lengths = [len(line.text) for line in block.lines]
        assert min(lengths) > max(lengths) / 2, lengths


def test_a_title_breaks_into_every_number_of_lines_once() -> None:
    counts = [len(block.lines) for block in list_text_blocks("one two three four five", ANTON)]
    assert counts == [1, 2, 3, 4, 5]


def test_a_break_never_separates_a_letter_from_its_mark() -> None:
    title = "x\N{COMBINING RING BELOW}" * 60
    for block in list_text_blocks(normalize_title(title), ANTON):
        assert all(line.text.startswith("x") for line in block.lines)


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("  two \n words\t", "two words"),
        ("tab\x00ulated\x07", "tabulated"),
        ("soft\u00adware, non\u2011breaking, \ufeffmarked", "software, non-breaking, marked"),
        ("\u202aAcme\u202c می\u200cخواهم 👩\u200d💻", "\u202aAcme\u202c می\u200cخواهم 👩\u200d💻"),
        ("a \x00 b", "a b"),
        ("x" + "\u0363" * 50, "x" + "\u0363" * 4),
        ("e\N{COMBINING ACUTE ACCENT}t\N{COMBINING ACUTE ACCENT}", "ét\N{COMBINING ACUTE ACCENT}"),
    ],
)
def test_a_title_is_normalized(typed: str, drawn: str) -> None:
    assert normalize_title(typed) == drawn


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\x00", "\x00 \x00", "\ufeff"])
def test_a_blank_title_leaves_the_picture_untouched(title: str) -> None:
    assert make_thumbnail(GREY, title) == make_thumbnail(GREY, "", overlay=False)


def test_capitals_are_used_only_if_asked_for() -> None:
    assert make_thumbnail(GREY, "Straße", caps=True) == make_thumbnail(GREY, "STRASSE")
    assert make_thumbnail(GREY, "Straße") != make_thumbnail(GREY, "STRASSE")


@pytest.mark.parametrize("position", POSITIONS[1:])
def test_a_title_is_placed_at_the_position_asked_for(position: str) -> None:
    drawn, bare = (make_thumbnail(GREY, "Cat", position=position, overlay=overlay) for overlay in (True, False))
    area = find_changed_area(drawn, bare)
    assert area is not None
    across, down = (area[0] + area[2]) / 2 / 1280, (area[1] + area[3]) / 2 / 720
    vertical, horizontal = position.split("-")
    assert horizontal == ("left" if across < 1 / 3 else "right" if across > 2 / 3 else "center")
    assert vertical == ("top" if down < 1 / 3 else "bottom" if down > 0.52 else "middle")


def test_the_bottom_is_preferred_where_nothing_is_salient() -> None:
    placement = plan(GREY, "Cat").placement
    assert placement
    assert placement.position.startswith("bottom-")


def test_an_unknown_position_is_refused() -> None:
    with pytest.raises(InvalidImage, match="auto, top-left"):
        make_thumbnail(GREY, "Cat", position="somewhere")


def test_a_title_avoids_salient_content() -> None:
    for left in (100, 780):
        picture = Image.new("RGB", (1280, 720), (60, 90, 120))
        picture.paste(Image.effect_noise((400, 500), 90).convert("RGB"), (left, 100))
        placement = plan(encode(picture, "PNG"), "I built this in one week").placement
        assert placement
        width = min(placement.box.right, left + 400) - max(placement.box.left, left)
        height = min(placement.box.bottom, 600) - max(placement.box.top, 100)
        assert max(0, width) * max(0, height) < 0.05 * 400 * 500


def test_the_same_title_gives_the_same_bytes_in_another_process() -> None:
    """Anything that depends on hashes or memory addresses would differ there."""
    title = "The same, always"
    program = "import sys; from process.thumbnail import make_thumbnail as make; "
    program += "sys.stdout.buffer.write(make(sys.stdin.buffer.read(), sys.argv[1]))"
    for seed in ("1", "2"):
        environment = {"PYTHONPATH": str(LAMBDAS), "PYTHONHASHSEED": seed}
        made = subprocess.run(
            [sys.executable, "-c", program, title], input=GREY, capture_output=True, check=True, env=environment
        )
        assert made.stdout == make_thumbnail(GREY, title)
