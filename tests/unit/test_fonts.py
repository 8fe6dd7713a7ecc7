"""Fonts draw every character of a title as itself."""

import unicodedata
from itertools import chain, product
from string import digits, punctuation

import pytest
from helpers.lookalikes import find_twins, look_alike

from common.characters import is_visible
from process.text.font import Font, open_typeface
from process.text.font_fallback import is_covered
from process.text.font_files import ANTON, DISPLAY_FACES, EMOJI, FALLBACKS, FontFile
from process.text.normalization import normalize_title
from process.text.shaping import shape_line

FONTS = (*DISPLAY_FACES, *FALLBACKS)
# Ideographs and Hangul syllables that hardly differ are as many as ideographs; their fonts are made stroke by stroke.
# Mathematical letters are replaced before they are drawn.
UNCOMPARED = ("CJK", "KANGXI", "HANGUL", "MATHEMATICAL")


def list_characters(file: FontFile) -> set[str]:
    """Return the visible characters that a font has glyphs for, without those for private use."""
    characters = map(chr, open_typeface(file).hb.face.unicodes)
    return {
        character
        for character in characters
        if is_visible(character) and unicodedata.category(character) not in ("Cn", "Co")
    }


def list_drawn(file: FontFile) -> list[str]:
    """Return the characters that a typeface, or a fallback font after those before it, may draw."""
    before = FALLBACKS[: FALLBACKS.index(file)] if file in FALLBACKS else ()
    drawn = list_characters(file).difference(*map(list_characters, before))
    return sorted(character for character in drawn if not unicodedata.name(character, "").startswith(UNCOMPARED))


def name_file(file: FontFile) -> str:
    return file.file


@pytest.mark.parametrize("file", FONTS, ids=name_file)
def test_characters_that_a_font_draws_as_others_are_declared(file: FontFile) -> None:
    twins = list(find_twins(open_typeface(file).hb, list_drawn(file)))
    assert [pair for pair in twins if file.misdrawn.isdisjoint(pair)] == []
    assert file.misdrawn <= set(chain.from_iterable(twins))


@pytest.mark.parametrize(
    "pair", ["=≠", "<≤", "lł", "dđ", "hħ", "tŧ", "EƏ", "Y¥", "B₿", "C₵", "O0", "2²", "lℓ", "aª", "sş", "şș", "iı", "½1"]
)
def test_characters_that_readers_tell_apart_do_not_count_as_alike(pair: str) -> None:
    assert not look_alike(*pair)


@pytest.mark.parametrize("pair", ["µμ", "AΑ", "AА", "ǝə", "–-", "’ʼ", "ΩΩ", "ﺓة", "٠۰", "´\u0301", "vᴠ", "Kk"])
def test_characters_of_one_shape_count_as_alike(pair: str) -> None:
    assert look_alike(*pair)


@pytest.mark.parametrize("file", DISPLAY_FACES, ids=name_file)
def test_a_misdrawn_character_is_drawn_by_the_next_font(file: FontFile) -> None:
    for character in file.misdrawn:
        assert is_covered(character)
        title = "a" + character
        fonts = {glyph.font.file for glyph in shape_line(title, 0, len(title), file).glyphs}
        assert fonts - {file} <= set(FALLBACKS)
        assert fonts != {file}


def test_only_the_misdrawn_character_leaves_the_typeface() -> None:
    fonts = [glyph.font.file for glyph in shape_line("1≠2", 0, 3, ANTON).glyphs]
    assert [font is ANTON for font in fonts] == [True, False, True]


@pytest.mark.parametrize("file", FONTS, ids=name_file)
def test_a_title_shows_ink_for_each_character_that_a_font_covers(file: FontFile) -> None:
    font = open_typeface(file).hb
    blank = [
        character
        for character in sorted(list_characters(file))
        if not font.get_glyph_extents(font.get_nominal_glyph(ord(character))).width and normalize_title(character)
    ]
    assert blank == []


def shape(font: Font, text: str) -> list[int]:
    """Return the glyphs of a text."""
    glyphs, _ = font.shape(text, range(len(text)), "und", rtl=False)
    return [placed.glyph for placed in glyphs]


@pytest.mark.parametrize("file", FONTS, ids=name_file)
def test_symbols_are_not_joined_into_others(file: FontFile) -> None:
    """Some fonts draw "->" as an arrow, "!=" as ≠, or "1/2" as a fraction."""
    font = open_typeface(file)
    pairs = product([symbol for symbol in punctuation + digits if font.covers(symbol)], repeat=2)
    joined = [pair for pair in map("".join, pairs) if len(shape(font, pair)) < len(pair)]
    assert joined == []


@pytest.mark.parametrize("key", "0123456789#*")
def test_a_keycap_is_one_emoji_with_and_without_a_variation_selector(key: str) -> None:
    font = Font(EMOJI)
    bare, selected = (shape(font, key + selector + "\u20e3") for selector in ("", "\ufe0f"))
    assert font.covers(key + "\u20e3")
    assert bare == selected
    assert len(bare) == 1
    assert bare != shape(font, key)
