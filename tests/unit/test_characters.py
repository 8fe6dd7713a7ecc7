"""Characters that no font can draw are found, replaced by their like, or listed for the user."""

import pytest

from common.characters import explain_missing, is_visible, normalize
from common.metadata import decode, encode, shorten_filename
from presign import coverage


@pytest.mark.parametrize("character", [*"aÅ1?€", "日", "😀", "\u0301", "\u00a1", "\ufe10", "\U000e01f0", "\u2800"])
def test_letters_signs_and_marks_are_visible(character: str) -> None:
    assert is_visible(character)


@pytest.mark.parametrize(
    "character",
    [
        *(" ", "\n", "\t", "\u00a0", "\u200b", "\u200d", "\u2028", "\u2029", "\u3000", "\ud800", "\u034f"),
        *("\ufe00", "\ufe0e", "\ufe0f", "\U000e0100", "\U000e01ef"),
    ],
)
def test_spaces_joiners_and_selectors_are_not(character: str) -> None:
    assert not is_visible(character)


def draws_latin(character: str) -> bool:
    return ord(character) < 0x250


@pytest.mark.parametrize(
    ("typed", "normalized"),
    [
        ("e\u0301", "é"),
        ("ｆｕｌｌ", "full"),
        ("ﬁ ①", "fi 1"),
        ("\U0001d400\U0001d7ff", "A9"),
        ("日", "日"),
        ("a\u200d\ufe0f", "a\u200d\ufe0f"),
    ],
)
def test_what_cannot_be_drawn_is_replaced_by_its_compatible_form(typed: str, normalized: str) -> None:
    assert normalize(typed, draws_latin) == normalized


@pytest.mark.parametrize(
    ("code_point", "is_replaced"), [(0x1D3FF, False), (0x1D400, True), (0x1D7FF, True), (0x1F130, False)]
)
def test_mathematical_letters_are_replaced_though_a_font_has_them(code_point: int, is_replaced: bool) -> None:  # noqa: FBT001  a parameter
    assert (normalize(chr(code_point), lambda _: True) != chr(code_point)) == is_replaced


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("日", "日 (U+65E5)"),
        ("日a日 本", "日 (U+65E5) 本 (U+672C)"),
        ("一二三四五", "一 (U+4E00) 二 (U+4E8C) 三 (U+4E09) 四 (U+56DB) 五 (U+4E94)"),
        ("一二三四五六", "一 (U+4E00) 二 (U+4E8C) 三 (U+4E09) 四 (U+56DB) 五 (U+4E94) and others"),
    ],
)
def test_up_to_five_characters_that_cannot_be_drawn_are_listed(text: str, listed: str) -> None:
    pronoun = "it" if listed.count("U+") == 1 else "them"
    assert explain_missing(text, draws_latin) == f"No font here can draw {listed}. Leave {pronoun} out of the title."


def test_a_title_that_can_be_drawn_needs_no_explanation() -> None:
    assert explain_missing("Hi \u200b\ufe0f", draws_latin) is None


# --- coverage ------------------------------------------------------------------------------------------------------


def test_characters_of_the_listed_ranges_are_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "_read_ranges", lambda: [(0xC0, 0xC2), (0x65E5, 0x65E5), (0x10FFFE, 0x10FFFF)])
    covered = [0x0, 0x41, 0x7F, 0xC0, 0xC1, 0xC2, 0x65E5, 0x10FFFE, 0x10FFFF]
    assert all(coverage.is_covered(chr(code_point)) for code_point in covered)
    assert not any(coverage.is_covered(chr(code_point)) for code_point in (0x80, 0xBF, 0xC3, 0x65E4, 0x65E6, 0x10FFFD))


# --- metadata ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filename", "shortened"),
    [
        ("cat.png", "cat.png"),
        ("x" * 296 + ".png", "x" * 296 + ".png"),
        ("x" * 297 + ".png", "x" * 296 + ".png"),
        ("日" * 32 + "x" * 12, "日" * 32 + "x" * 12),
        ("日" * 33 + "x" * 8, "日" * 32 + "x" * 8),
        ("日" * 34, "日" * 33),
    ],
)
def test_a_filename_is_shortened_from_its_start_to_300_encoded_bytes(filename: str, shortened: str) -> None:
    assert shorten_filename(filename) == shortened


def test_metadata_is_percent_encoded_whatever_it_holds() -> None:
    values = {"text": "50 % / Grüße & 日", "fit": "auto"}
    assert encode(values) == {"text": "50%20%25%20%2F%20Gr%C3%BC%C3%9Fe%20%26%20%E6%97%A5", "fit": "auto"}
    assert decode(encode(values)) == values
