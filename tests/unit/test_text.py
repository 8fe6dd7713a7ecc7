"""Titles are set correctly in every script: complete, unclipped, in order, broken only where allowed."""

import colorsys
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby, pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from helpers.pictures import encode
from helpers.titles import TITLES
from PIL import Image, ImageChops

from common.characters import is_visible
from process.canvas import Box
from process.errors import InvalidImage
from process.layout.typesetting import PlacedLine
from process.looks import list_looks
from process.render.composition import Letters, Outline
from process.render.letters import draw_letters
from process.text import font_files
from process.text.bidi import is_rtl, split_runs
from process.text.block import get_extent, list_text_blocks, list_words
from process.text.emphasis import parse_title
from process.text.font import Font, PositionedGlyph, open_fallback_font, open_typeface
from process.text.font_fallback import choose_fonts
from process.text.font_files import ANTON, ARCHIVO, EMOJI, FALLBACKS, KANIT_ITALIC, MONTSERRAT, FontFile, find_typeface
from process.text.graphemes import is_emoji, is_simple, split_graphemes
from process.text.language import detect_language
from process.text.line_breaks import list_breaks
from process.text.normalization import normalize_title
from process.text.shaping import ShapedLine, shape_line
from process.text.stack import list_stacks
from process.thumbnail import make_thumbnail

LAMBDAS = Path(__file__).parent.parent.parent / "lambdas"
WHITE, BLACK, GREY_LEVELS = (255, 255, 255), (0, 0, 0), (128, 128, 128)
GREY = encode(Image.new("RGB", (1280, 720), GREY_LEVELS), "PNG")
OUTLINE = 0.08  # in ems
NOTO_SANS_HEBREW = FontFile("manimgx_fonts", "NotoSansHebrew[wght].ttf")
TYPEFACES = [
    value for value in vars(font_files).values() if isinstance(value, FontFile) and value not in (*FALLBACKS, EMOJI)
]
TYPEFACE_FILES = {Path(typeface.file).name for typeface in TYPEFACES}
every_title = pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
every_typeface = pytest.mark.parametrize("typeface", TYPEFACES, ids=lambda typeface: Path(typeface.file).stem)


def shape_whole(title: str, typeface: FontFile = ANTON, *, capitals: bool = False) -> ShapedLine:
    """Shape a title as one line."""
    text = normalize_title(title)
    return shape_line(text, 0, len(text), typeface, capitals=capitals)


def split_at_breaks(title: str) -> str:
    """Return a title with a bar where a line may begin."""
    text = normalize_title(title)
    ends = [0, *list_breaks(text, detect_language(text)), len(text)]
    return "|".join(text[start:end] for start, end in pairwise(ends))


def has_ink(grapheme: str) -> bool:
    return not grapheme.isspace() and any(unicodedata.category(character) != "Cf" for character in grapheme)


def draw(line: ShapedLine, size: int = 64) -> tuple[Image.Image, Box]:
    """Draw a line in white, outlined in black, on grey; return the picture and the expected box of the line."""
    outline = max(2, round(size * OUTLINE))
    start = 50 + outline
    placed = PlacedLine(line, size, start - line.ink.left * size, start - line.ink.top * size)
    left, top, right, bottom = placed.box
    box = Box(left - outline, top - outline, right + outline, bottom + outline)
    canvas = Image.new("RGB", (1280, 720), GREY_LEVELS)
    draw_letters(canvas, Letters((placed,), box, WHITE, WHITE, outline=Outline(BLACK, outline)), 1.0)
    return canvas.crop((0, 0, round(box.right) + 50, round(box.bottom) + 50)), box


def find_title_box(canvas: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box of white, black and saturated pixels: letters and outline, but not the soft shadow."""
    grey = canvas.convert("L").point(lambda value: 255 if value < 32 or value > 160 else 0)
    saturation = canvas.convert("HSV").getchannel("S").point(lambda value: 255 if value > 90 else 0)
    return ImageChops.lighter(grey, saturation).getbbox()


@cache
def read_cmap(file: Path) -> frozenset[int]:
    """Return the characters in a font's cmap, read by another library."""
    with TTFont(file, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


# --- coverage --------------------------------------------------------------------------------------------------------


@every_title
def test_every_character_is_in_the_cmap_of_the_font_that_draws_it(title: str) -> None:
    text = normalize_title(title)
    graphemes = split_graphemes(text)
    for font, grapheme in zip(choose_fonts(graphemes, open_typeface(ANTON)), graphemes, strict=True):
        seen = {character for character in grapheme if has_ink(character) and not is_selector(character)}
        assert not {character for character in seen if ord(character) not in read_cmap(font.file.find())}
    assert all(placed.glyph for placed in shape_whole(title).glyphs)


@every_typeface
@every_title
def test_every_typeface_draws_every_script(title: str, typeface: FontFile) -> None:
    for capitals in (False, True):
        line = shape_whole(title, typeface, capitals=capitals)
        assert all(placed.glyph for placed in line.glyphs)
        assert line.cap_height == open_typeface(typeface).cap_height


@every_typeface
def test_no_character_is_drawable_only_in_some_looks(typeface: FontFile) -> None:
    """What a title may contain depends on the fallback fonts alone; so, they have all that the typefaces have."""
    known = {character for code_point in read_cmap(typeface.find()) if has_name(character := chr(code_point))}
    assert not {character for character in known if is_visible(character) and not is_in_fallback(character)}


def has_name(character: str) -> bool:
    """Tell whether Unicode 15 has a character: Montserrat has six letters that are newer."""
    return unicodedata.name(character, "") != "" and character not in "\ua7cb\ua7cc\ua7cd\ua7da\ua7db\ua7dc"


def is_in_fallback(character: str) -> bool:
    return any(ord(character) in read_cmap(file.find()) for file in (*FALLBACKS, EMOJI))


def test_fallback_fonts_cover_all_text_that_is_checked_without_opening_them() -> None:
    simple = {character for code_point in range(0x30000) if is_simple(character := chr(code_point))}
    assert "Я" in simple
    assert not {character for character in simple if is_visible(character) and not is_in_fallback(character)}


def is_selector(character: str) -> bool:
    return "VARIATION SELECTOR" in unicodedata.name(character, "")


@every_title
def test_every_grapheme_is_drawn_and_none_as_notdef(title: str) -> None:
    for grapheme in set(split_graphemes(normalize_title(title))):
        if has_ink(grapheme):
            line = shape_whole(grapheme)
            notdef = replace(line, glyphs=tuple(placed._replace(glyph=0) for placed in line.glyphs))
            picture = draw(line, 40)[0]
            assert find_title_box(picture), grapheme
            assert picture != draw(notdef, 40)[0], grapheme


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("Hello \u13a0\u13b9", "\u13a0 (U+13A0) \u13b9 (U+13B9)"),
        ("\u0f40", "\u0f40 (U+0F40)"),
        ("Logo \ue000", "\ue000 (U+E000)"),
        ("\U00012000", "\U00012000 (U+12000)"),
    ],
    ids=["Cherokee", "Tibetan", "private use", "cuneiform"],
)
def test_characters_that_no_font_covers_are_refused_by_name(title: str, missing: str) -> None:
    with pytest.raises(InvalidImage, match=re.escape(f"No font here can draw {missing}.")):
        make_thumbnail(GREY, title)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("𝕳𝖊𝖑𝖑𝖔", "Hello"), ("𝐖𝐨𝐫𝐥𝐝", "World"), ("𝗡𝗼𝘄", "Now"), ("𝟚𝟘𝟚𝟞", "2026"), ("𝒜𝒷𝒸", "Abc"), ("𝔸𝕓", "Ab")],
)
def test_mathematical_letters_are_drawn_as_plain_ones(typed: str, plain: str) -> None:
    assert normalize_title(typed) == plain


# --- nothing clipped -----------------------------------------------------------------------------------------------


@every_title
def test_a_lines_box_matches_its_pixels(title: str) -> None:
    """A smaller box would clip marks; a larger one would leave too much room around the line."""
    line = shape_whole(title)
    size = min(64, int(1000 / (line.ink.right - line.ink.left)))
    canvas, box = draw(line, size)
    area = find_title_box(canvas)
    assert area
    # The extents that a colour font declares are slightly larger than what it paints.
    tolerance = 2 + 0.1 * size * any(placed.font.file == EMOJI for placed in line.glyphs)
    assert area == pytest.approx(tuple(box), abs=tolerance)


@every_title
def test_lines_do_not_touch(title: str) -> None:
    for block in list_text_blocks(normalize_title(title), ANTON):
        for upper, lower in pairwise(block.lines):
            gap = (lower.baseline + lower.line.ink.top) - (upper.baseline + upper.line.ink.bottom)
            assert gap > 0.1
        assert {line.scale for line in block.lines} == {1.0}
        assert block.lines[0].baseline == -block.lines[0].line.ink.top
        assert block.height == pytest.approx(block.lines[-1].baseline + max(0, block.lines[-1].line.ink.bottom))


def test_lines_of_low_letters_are_as_far_apart_as_others() -> None:
    for title, distance in (("axe\nsea", 0.7 + 0.13), ("axe\nTea", 0.7 + 0.13), ("ago\nTea", None)):
        upper, lower = list_text_blocks(title, MONTSERRAT)[0].lines
        if distance:
            assert lower.baseline - upper.baseline == pytest.approx(distance, abs=0.02)
        else:
            assert lower.baseline - upper.baseline > 0.9


def test_a_tall_letter_in_the_first_line_does_not_move_the_lines_apart() -> None:
    plain, tall, between = (list_text_blocks(title, ANTON)[1] for title in ("Eins zwei", "Ếins zwei", "Eins zwếi"))
    distances = [block.lines[1].baseline - block.lines[0].baseline for block in (plain, tall, between)]
    assert distances[0] == pytest.approx(distances[1])
    assert distances[2] > distances[0]
    assert tall.lines[0].baseline > plain.lines[0].baseline


@pytest.mark.parametrize("grapheme", ["ɔ̀", "ɛ̃", "ŋ́", "q̄̌", "x̣̂", "ɓ̀", "m̃", "ẹ́", "i̇́"])
def test_marks_are_placed_on_their_letter(grapheme: str) -> None:
    """The title font covers most of these letters and marks, but has no anchors for some combinations."""
    line = shape_whole(grapheme)
    letter, *marks = [placed.ink for placed in line.glyphs]
    for mark in marks:
        assert letter
        assert mark
        assert (mark.left + mark.right) / 2 == pytest.approx((letter.left + letter.right) / 2, abs=0.12)
        assert mark.bottom < letter.top + 0.02 or mark.top > letter.bottom - 0.02
    assert line.advance == pytest.approx(shape_whole(grapheme[0]).advance, abs=0.2)


def test_a_word_is_drawn_in_one_font_except_where_scripts_meet() -> None:
    def list_fonts(title: str) -> list[str]:
        fonts = choose_fonts(split_graphemes(title), open_typeface(ANTON))
        return [Path(font.file.file).stem[:8] for font, _ in groupby(fonts)]

    assert list_fonts("Medɔ̀") == ["NotoSans"]
    assert list_fonts("Привет,") == ["NotoSans"]
    assert list_fonts("用ChatGPT") == ["NotoSans", "Anton-Re"]
    assert list_fonts("ב-Python")[-1] == "Anton-Re"
    assert list_fonts("★10")[-1] == "Anton-Re"


def test_a_typeface_with_thai_letters_draws_whole_thai_words() -> None:
    fonts = {placed.font.file for placed in shape_whole("วิธีทำอาหารไทยที่อร่อย น้ำ ปู่", KANIT_ITALIC).glyphs}
    assert fonts == {KANIT_ITALIC}


@pytest.mark.parametrize("file", FALLBACKS, ids=lambda file: Path(file.file).stem)
def test_fallback_fonts_match_the_height_of_a_typefaces_capitals(file: FontFile) -> None:
    """Letters of scripts that have no capitals may be lower, but not by much."""
    for typeface in (ANTON, MONTSERRAT):
        capital, letter = measure_boxes(
            (open_typeface(typeface), "H"), (open_fallback_font(file, open_typeface(typeface)), file.reference)
        )
        lower_by = (1 - file.height) * 200 * open_typeface(typeface).cap_height
        assert letter[1] - capital[1] == pytest.approx(lower_by, abs=2)
        assert 0.85 < file.height <= 1


def test_capitals_are_as_high_as_an_h_or_where_there_is_none_as_the_font_says() -> None:
    archivo, hebrew = open_typeface(ARCHIVO), open_typeface(NOTO_SANS_HEBREW)
    ink = archivo.measure_ink(archivo.hb.get_nominal_glyph(ord("H")))
    assert ink
    assert archivo.cap_height == -ink.top == pytest.approx(0.688)  # though it says 0.686
    assert hebrew.cap_height == 0.714


def test_emoji_are_centred_on_capitals() -> None:
    for typeface in (ANTON, MONTSERRAT):
        capital, emoji = measure_boxes(
            (open_typeface(typeface), "H"), (open_fallback_font(EMOJI, open_typeface(typeface)), "\N{GRINNING FACE}")
        )
        assert emoji[1] + emoji[3] == pytest.approx(capital[1] + capital[3], abs=4)
        assert 1.05 < (emoji[3] - emoji[1]) / (capital[3] - capital[1]) < 1.25


def measure_boxes(*letters: tuple[Font, str]) -> list[tuple[int, int, int, int]]:
    """Draw two letters on one baseline at 200 pixels per em, and return the box of each one's pixels."""
    distance, size = 3, 200
    glyphs = [
        PositionedGlyph(font, font.hb.get_nominal_glyph(ord(letter)), distance * number, font.rise, 0)
        for number, (font, letter) in enumerate(letters)
    ]
    canvas = draw(ShapedLine("", "", tuple(glyphs), 0, 0), size)[0]
    boundary = distance * size - size // 2
    boxes = [
        find_title_box(canvas.crop((left, 0, right, canvas.height)))
        for left, right in ((0, boundary), (boundary, canvas.width))
    ]
    return [box for box in boxes if box]


# --- line breaks ---------------------------------------------------------------------------------------------

OPENING = "([{「『（【〈《〔“"
CLOSING = ")]}」』）】〉》〕”、。，．！？!?,.:;：；・ー々ゝぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…％"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "私は「たった一週間」でプログラミングを学びました。",
            "私は|「たった|一週間」で|プログラミングを|学びました。",
        ),
        ("今日は天気です。", "今日は|天気です。"),
        ("ちょっと待って、キャッチ!", "ちょっと|待って、|キャッチ!"),
        ("我们今天去北京看长城", "我们|今天|去北京|看长城"),
        ("讓我們一起去旅行", "讓我們|一起去|旅行"),
        ("ผมไปตลาดทุกวัน", "ผม|ไป|ตลาด|ทุก|วัน"),
        ("我用一周时间学会了「人工智能」，结果让人惊讶！", "我用|一周|时间|学会了|「人工|智能」，|结果|让人|惊讶！"),
        ("我在沙漠里生活了30天", "我在|沙漠里|生活了30天"),
        ("手机摄影技巧大全", "手机|摄影|技巧|大全"),
        ("世界一辛いラーメンを食べてみた", "世界一|辛い|ラーメンを|食べてみた"),
        ("100万円を使い切る", "100万円を|使い切る"),
        ("你好", "你好"),
        ("你好世界", "你好|世界"),
        ("한국어를", "한국어를"),
        ("Word", "Word"),
        ("ភាសា\u200bខ្មែរ", "ភាសា\u200b|ខ្មែរ"),
        ("三分钟学会Python编程", "三分钟|学会|Python|编程"),
        ("用Wi-Fi上网", "用Wi-Fi|上网"),
        # Lao, Khmer and Burmese: by dictionary
        ("ວິທີເຮັດອາຫານລາວແຊບທີ່ສຸດໃນໂລກ", "ວິທີ|ເຮັດ|ອາຫານ|ລາວ|ແຊບ|ທີ່ສຸດ|ໃນ|ໂລກ"),
        ("របៀបធ្វើម្ហូបខ្មែរឆ្ងាញ់បំផុតនៅក្នុងពិភពលោក", "របៀប|ធ្វើម្ហូប|ខ្មែរ|ឆ្ងាញ់|បំផុត|នៅក្នុង|ពិភពលោក"),
        ("အကောင်းဆုံးချက်ပြုတ်နည်း", "အကောင်း|ဆုံး|ချက်ပြုတ်|နည်း"),
        ("ChatGPT", "ChatGPT"),
    ],
)
def test_text_without_spaces_is_split_between_phrases(title: str, expected: str) -> None:
    assert split_at_breaks(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "10| Things| I| Learned,| the| Hard| Way!",
        "Foo| -| Bar",
        "$5,000| (or| “more”)",
        # after hyphens, dashes and slashes, with at least three letters on each side
        "An| end-|to-end| test",
        "Spider-|Man:| Wi-Fi| at| AC/DC",
        "COVID-19| and| 24/7",
        "yes—|or| no…|or",
        "https://|youtube.com/|watch?v=1",
        # nowhere else within a word
        "what?no",
        "AMAZING😱| 🔥🚀",
        # not at a no-break space, nor beside a word joiner
        "Manger| à| midi\xa0?| 5\xa0idées",
        "à| 100\u202f000\xa0$| max",
        "figure\u2007space",
        "one\u2060-\u2060two| words",
        # not before punctuation, even after a space
        "Quoi ?| « Rien »",
        "one\n|two",
        "zero\u200b|width",
    ],
)
def test_a_line_may_end_where_uax_14_allows_and_words_stay_whole(title: str) -> None:
    assert split_at_breaks(title.replace("|", "")) == re.sub(r"\|( ?)", r"\1|", title)


def test_a_very_long_title_can_be_set_about_twice_as_wide_as_tall() -> None:
    blocks = list_text_blocks("word " * 199 + "word", ANTON)
    assert [len(block.lines) for block in blocks[:-1]] == list(range(1, 9))
    assert blocks[-1].width == pytest.approx(2 * len(blocks[-1].lines), rel=0.15)


def test_letters_with_hyphens_are_set_as_large_as_with_spaces() -> None:
    hyphens, spaces = (
        list_text_blocks(title, ANTON)[3].width
        for title in ("alpha-bravo-charlie-delta-echo", "alpha bravo charlie delta echo")
    )
    assert hyphens < 1.15 * spaces


def test_a_newline_is_a_line_break() -> None:
    for title in ("One\nTwo three", "One \r\n\r\n Two three", "One\u2028Two three"):
        text = normalize_title(title)
        assert text == "One\nTwo three"
        assert [[line.line.text for line in block.lines] for block in list_text_blocks(text, ANTON)] == [
            ["One", "Two three"]
        ]
        stacks = list_stacks(parse_title(text), ANTON)
        assert [[line.line.text for line in stack.lines] for stack in stacks] == [["One", "Two three"]]


def test_a_typed_line_that_is_too_long_is_broken_too() -> None:
    text = "One\n" + "two three " * 10
    for block in list_text_blocks(normalize_title(text), ANTON)[1:]:
        assert block.lines[0].line.text == "One"
        assert len(block.lines) > 2


def test_as_many_lines_are_stacked_as_the_writer_wants() -> None:
    [stack] = list_stacks(parse_title("a\nb\nc\nd\ne\nf\ng"), ANTON)
    assert [line.line.text for line in stack.lines] == list("abcdefg")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (" a \t b ", "a b"),
        ("a\xa0b", "a\xa0b"),
        ("a\xa0\xa0b", "a\xa0b"),
        ("a \xa0b", "a b"),
        ("\xa0a\u202f", "a"),
        ("a\u2011b", "a\u2060-\u2060b"),
        ("a\ufeffb", "a\u2060b"),
        ("a\u3000b", "a b"),
        ("copied\xa0with\xa0no\xa0other\xa0spaces", "copied with no other spaces"),
        ("100\u202f000\xa0$\u202f:", "100\u202f000\xa0$\u202f:"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("葛\U000e01ef", "葛\U000e01ef"),
        ("a\U000e0001b", "ab"),
        ("🏴\U000e0020\U000e007f", "🏴\U000e0020\U000e007f"),
        ("a\u00adb\u200b\u2060c", "a\u00adb\u200b\u2060c"),
        ("a\u0000\u2061\u180eb", "ab"),
        ("a\u115f\u2800\u3164\ufffcb", "a b"),
        ("a" + "\u0301" * 6 + "b", "á\u0301\u0301\u0301\u0301b"),
        ("\n\n", ""),
    ],
)
def test_whitespace_is_normalized(typed: str, expected: str) -> None:
    assert normalize_title(typed) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("私は", "ja"),
        ("東京観光", "ja"),  # simplified as in Japan only: in neither Chinese character set
        ("学习", "zh-Hans"),
        ("人工", "zh-Hans"),  # written the same everywhere
        ("時間學會", "zh-Hant"),
        ("한국 漢字", "ko"),
        ("สวัสดี", "th"),
        ("你好 สวัสดี", "zh-Hans"),
        ("ışık", "tr"),
        ("İzmir", "tr"),
        ("dağ", "tr"),
        ("Ən gözəl", "az"),
        ("Səni sevirəm", "az"),
        ("the word hello [həˈloʊ]", "und"),
        ("schwa: /ðə/", "und"),
        ("i\u0307\u0301", "lt"),
        ("i\u0307stanbul", "und"),
        ("Μάιος", "el"),
        ("և", "hy"),
        ("Hello", "und"),
    ],
)
def test_the_language_is_detected_from_the_script(title: str, expected: str) -> None:
    assert detect_language(title) == expected


def break_title(title: str) -> Iterable[list[str]]:
    """Yield the ways to break a title, and then the same letters as one word that is too long for a line."""
    text = normalize_title(title)
    for words in (text, text.replace(" ", "") * 4):
        for block in list_text_blocks(words, ANTON):
            yield [line.line.text for line in block.lines]


@every_title
def test_no_break_splits_a_grapheme_or_separates_punctuation_from_its_word(title: str) -> None:
    for lines in break_title(title):
        for upper, lower in pairwise(lines):
            joined = upper + lower
            assert len(upper) in accumulate(map(len, split_graphemes(joined))), lines
            if any("\u3000" <= character <= "\u9fff" for character in upper[-1] + lower[0]):
                assert lower[0] not in CLOSING, lines
                assert upper[-1] not in OPENING, lines


# Left out are Bengali, one of whose vowels has a special form at the start of a word, and so of a line, and Burmese, in
# which the first sign of a word changes the last one of the word before.
@pytest.mark.parametrize(
    "name",
    [
        "Hindi",
        "Gurmukhi",
        "Gujarati",
        "Odia",
        "Telugu",
        "Kannada",
        "Malayalam",
        "Sinhala",
        "Khmer",
    ],
)
def test_no_break_splits_letters_that_join(name: str) -> None:
    """Together, the lines have exactly the glyphs that the title has on one line."""
    for lines in break_title(TITLES[name]):
        broken = [placed.glyph for text in lines for placed in shape_whole(text).glyphs]
        assert sorted(broken) == sorted(placed.glyph for placed in shape_whole("".join(lines)).glyphs)


def test_no_break_splits_a_burmese_syllable() -> None:
    word = "မြန်မာ့အစားအစာကြွေဗုဒ္ဓကျွန်ုပ်တို့"
    for count in (1, 2, 4):
        for block in list_text_blocks(word * count, ANTON):
            for line in block.lines:
                assert unicodedata.category(line.line.text[0]) == "Lo"
                assert line.line.text[1:2] not in ("\N{MYANMAR SIGN ASAT}", "\N{MYANMAR SIGN VIRAMA}")


@pytest.mark.parametrize("parts", [("ໂຣນັນໂດກັ", "ບເມັສຊີ"), ("ติ๊กต็", "อกดัง"), ("រ៉ូណា", "ល់ដូ"), ("ញូវយ៉", "ក")])
def test_no_break_parts_a_syllable_of_a_name_that_icu_lacks(parts: tuple[str, str]) -> None:
    title = "".join(parts)
    assert len(parts[0]) not in list_breaks(title, detect_language(title))


def test_a_soft_hyphen_is_drawn_where_it_ends_a_line() -> None:
    title = normalize_title("Kraft\xadfahr\xadzeug\xadhaft\xadpflicht")
    blocks = list_text_blocks(title, ANTON)
    assert [line.line.drawn for line in blocks[0].lines] == ["Kraftfahrzeughaftpflicht"]
    assert [line.line.drawn for line in blocks[-1].lines] == ["Kraft-", "fahr-", "zeug-", "haft-", "pflicht"]


def test_a_word_is_broken_evenly_if_it_is_wider_than_sixteen_ems() -> None:
    def list_lengths(count: int) -> list[int]:
        return [word.end - word.start for word in list_words("m" * count, ANTON)]

    most = int(16 / shape_whole("m").advance)
    assert list_lengths(most) == [most]
    assert list_lengths(most + 1) == [most // 2 + 1, most // 2]
    assert list_lengths(2 * most + 1) == [14, 14, 13]


def test_a_typed_line_is_broken_only_if_it_is_wider_than_seven_ems() -> None:
    """Six letters and the spaces between them have 6.0 ems, seven have 7.1."""
    for count, words in ((6, 1), (7, 7)):
        title = " ".join("m" * count)
        assert len(list_words(f"{title}\nm", ANTON)) == words + 1
        assert len(list_words(f"m\n{title}", ANTON)) == words + 1


def test_a_long_word_is_not_broken_before_closing_punctuation() -> None:
    for title in ("うわ" + "あ" * 17 + "！" * 9, "日" * 30 + "」" * 3 + "日" * 30):
        for block in list_text_blocks(title, ANTON):
            assert all(line.line.text[0] not in CLOSING for line in block.lines)
            assert "".join(line.line.text for line in block.lines) == title


def test_an_ordinary_word_is_not_broken() -> None:
    for word in ("கற்றுக்கொள்ளுங்கள்", "വിദ്യാർത്ഥികൾക്ക്", "Rindfleischetikettierungsgesetz", "достопримечательность"):
        assert all(len(block.lines) == 1 for block in list_text_blocks(word, ANTON))


# --- bidi ---------------------------------------------------------------------------------------------------------


def reorder(title: str) -> list[str]:
    """Return the graphemes of a title in visual order."""
    found: list[str] = []
    for run in split_runs(title, 0, len(title)):
        graphemes = split_graphemes(title[run.start : run.end])
        found += graphemes[::-1] if run.rtl else graphemes
    return [letter for letter in found if has_ink(letter) or letter == " "]


ALEF, BET, GIMEL = "\u05d0", "\u05d1", "\u05d2"
FAMILY, FLAG, THUMB = "👩\u200d👩\u200d👧", "🇮🇱", "👍🏽"


@pytest.mark.parametrize(
    ("logical", "visual"),
    [
        # left to right
        (["a", "b", "c"], ["a", "b", "c"]),
        (["a", " ", ALEF, BET, " ", "c"], ["a", " ", BET, ALEF, " ", "c"]),
        (["a", " ", ALEF, BET, "!"], ["a", " ", BET, ALEF, "!"]),
        (["a", "(", ALEF, BET, ")", "b"], ["a", "(", BET, ALEF, ")", "b"]),
        (["a", " ", ALEF, " ", "1", "2", " ", BET], ["a", " ", BET, " ", "1", "2", " ", ALEF]),
        # right to left
        ([ALEF, BET, GIMEL], [GIMEL, BET, ALEF]),
        ([ALEF, BET, " ", "1", "2", "3"], ["1", "2", "3", " ", BET, ALEF]),
        ([ALEF, BET, "-", "3", "0"], ["3", "0", "-", BET, ALEF]),
        ([ALEF, " ", "1", ".", "5", "%"], ["1", ".", "5", "%", " ", ALEF]),
        ([ALEF, " ", "a", "b", " ", "c", " ", BET], [BET, " ", "a", "b", " ", "c", " ", ALEF]),
        ([ALEF, " ", "(", "a", "b", ")"], [")", "a", "b", "(", " ", ALEF]),
        ([ALEF, " ", "(", BET, ")", "!"], ["!", ")", BET, "(", " ", ALEF]),
        ([ALEF, BET, "?"], ["?", BET, ALEF]),
        ([ALEF, " ", "C", "+", "+"], ["+", "+", "C", " ", ALEF]),
        ([ALEF, " ", "#", "1"], ["#", "1", " ", ALEF]),
        # Arabic-Indic and European digits run left to right
        (["\u0633", " ", "\u0661", "\u0662"], ["\u0661", "\u0662", " ", "\u0633"]),
        (["\u0633", " ", "1", "2", " ", "\u0639"], ["\u0639", " ", "1", "2", " ", "\u0633"]),
        # marks stay on their letter
        ([ALEF + "\u05b8", BET + "\u05bc"], [BET + "\u05bc", ALEF + "\u05b8"]),
        # an emoji sequence is one unit
        ([ALEF, " ", FAMILY, " ", BET], [BET, " ", FAMILY, " ", ALEF]),
        ([ALEF, FLAG, THUMB], [THUMB, FLAG, ALEF]),
        (["a", " ", THUMB, FLAG, " ", ALEF], ["a", " ", THUMB, FLAG, " ", ALEF]),
        # keycaps are digits
        ([ALEF, " ", "1\ufe0f\u20e3", "2\ufe0f\u20e3"], ["1\ufe0f\u20e3", "2\ufe0f\u20e3", " ", ALEF]),
        # isolates
        (["a", " ", "\u2068", ALEF, "\u2069", " ", "1"], ["a", " ", ALEF, " ", "1"]),
        (["a", " ", ALEF, " ", "1"], ["a", " ", "1", " ", ALEF]),
    ],
    ids="".join,
)
def test_text_is_reordered_by_the_bidi_algorithm(logical: list[str], visual: list[str]) -> None:
    assert reorder("".join(logical)) == visual


@pytest.mark.parametrize(
    ("lines", "visual"),
    [
        # A comma after a Latin word is Latin only if what follows is, too: rule N1.
        ((f"{ALEF} C++, ", f"{BET}"), (f",++C {ALEF}", BET)),
        ((f"{ALEF} C++, ", "Java"), (f"C++, {ALEF}", "Java")),
        ((f"a {ALEF}, ", f"{BET} c"), (f"a ,{ALEF}", f"{BET} c")),
        ((f"a {ALEF}, ", "b"), (f"a {ALEF},", "b")),
        # An override ends where its writer ends it.
        (("\u202eabc ", "def\u202c"), ("cba", "fed")),
    ],
)
def test_the_title_decides_directions_and_the_line_the_order(lines: tuple[str, str], visual: tuple[str, str]) -> None:
    """https://www.unicode.org/reports/tr9/#Reordering_Resolved_Levels."""
    title, start = "".join(lines), 0
    for line, expected in zip(lines, visual, strict=True):
        end = start + len(line.rstrip())
        found = "".join(title[run.start : run.end][:: -1 if run.rtl else 1] for run in split_runs(title, start, end))
        assert "".join(filter(has_ink_or_space, found)).strip() == expected
        start += len(line)


def has_ink_or_space(character: str) -> bool:
    return has_ink(character) or character == " "


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("abc", False),
        (f"a {ALEF}", False),
        (f"1 {ALEF} a", True),
        ("\u0633 a", True),
        ("12!", False),
        (f"\u2067a\u2069 {ALEF}", True),
    ],
)
def test_the_first_letter_decides_a_titles_direction(title: str, expected: bool) -> None:  # noqa: FBT001
    assert is_rtl(title) == expected


def test_a_line_that_is_empty_or_of_one_direction_needs_no_icu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("process.text.bidi._resolve_levels", None)
    assert split_runs("abc", 0, 3) == [(0, 3, False)]
    assert split_runs(ALEF, 1, 1) == [(1, 1, False)]


@pytest.mark.parametrize(
    ("title", "left", "right"), [("(\u05d0)", "(", ")"), ("\u05d0 (a)", "(", None), ("«\u0633»", "«", "»")]
)
def test_brackets_are_mirrored(title: str, left: str, right: str | None) -> None:
    """Whatever the logical order, the glyph on the left opens to the right."""
    glyphs = sorted(shape_whole(title).glyphs, key=lambda placed: placed.x)
    for placed, bracket in ((glyphs[0], left), (glyphs[-1], right)):
        if bracket:
            with TTFont(placed.font.file.find(), fontNumber=0, lazy=True) as font:
                assert font.getGlyphName(placed.glyph) == font.getBestCmap()[ord(bracket)]


def test_arabic_letters_are_joined() -> None:
    """The same letter has four forms."""
    forms = [
        {placed.glyph for placed in shape_whole(text).glyphs}
        for text in ("\u0647", "\u0647\u0640", "\u0640\u0647\u0640", "\u0640\u0647")
    ]
    tatweel = {placed.glyph for placed in shape_whole("\u0640").glyphs}
    assert len({frozenset(form - tatweel) for form in forms}) == 4


# --- offsets and capitals -----------------------------------------------------------------------------------------


@every_title
def test_glyphs_name_the_grapheme_that_they_draw(title: str) -> None:
    for typeface in (ANTON, MONTSERRAT):
        for capitals in (False, True):
            line = shape_whole(title, typeface, capitals=capitals)
            assert line.text == normalize_title(title)
            found = {placed.offset for placed in line.glyphs}
            assert found <= set(accumulate(map(len, split_graphemes(line.text)), initial=0))
            # Only ligatures leave out graphemes, and most scripts have none between graphemes.
            assert {offset for offset, letter in enumerate(line.text) if letter.isascii()} <= found


def test_bidi_does_not_change_offsets() -> None:
    for title in (TITLES["Hebrew with Latin"], "שלום (abc) שלום, 1.5%", "a ש a ש a"):
        for placed in shape_whole(title).glyphs:
            letter = title[placed.offset]
            if letter not in "()":  # which are mirrored
                assert placed.glyph == placed.font.hb.get_nominal_glyph(ord(letter))


def test_a_ligature_belongs_to_its_first_grapheme() -> None:
    assert [placed.offset for placed in shape_whole("waffle", MONTSERRAT).glyphs] == [0, 1, 2, 3, 5]
    family = {placed.offset for placed in shape_whole(f"a {FAMILY} b").glyphs}
    assert family == {0, 1, 2, 2 + len(FAMILY), 3 + len(FAMILY)}


@pytest.mark.parametrize(
    ("typed", "capitals", "offsets"),
    [
        ("Maß!", "MASS!", [0, 1, 2, 2, 3]),
        ("ﬁx", "FIX", [0, 0, 1]),
        ("École", "ÉCOLE", [0, 1, 2, 3, 4]),
        ("ёж", "ЁЖ", [0, 1]),
        ("ა1", "Ა1", [0, 1]),
        ("א ß!", "א SS!", [3, 2, 2, 1, 0]),
    ],
)
def test_letters_are_drawn_as_capitals_at_their_offsets(typed: str, capitals: str, offsets: list[int]) -> None:
    line = shape_whole(typed, capitals=True)
    expected = shape_whole(capitals)
    assert (line.text, line.drawn) == (typed, capitals)
    assert [placed.offset for placed in line.glyphs] == offsets
    assert [placed[:4] for placed in line.glyphs] == [placed[:4] for placed in expected.glyphs]


@pytest.mark.parametrize(
    ("typed", "capitals"),
    [
        # Turkish and Azerbaijani: https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt
        ("En iyi 5 yer: ışık, çiğ köfte", "EN İYİ 5 YER: IŞIK, ÇİĞ KÖFTE"),
        ("İzmir gezisi ve yağmur", "İZMİR GEZİSİ VE YAĞMUR"),
        ("Azərbaycan dilində ən yaxşı kitab", "AZƏRBAYCAN DİLİNDƏ ƏN YAXŞI KİTAB"),
        ("Nice film, in English", "NICE FILM, IN ENGLISH"),
        # Lithuanian, and a Turkish letter that was made lower-case elsewhere
        ("i\u0307\u0301", "\xcd"),
        ("i\u0307stanbul", "İSTANBUL"),
        # Greek: no accents, but a diaeresis where two vowels part, and the word "or"
        ("Καλημέρα, Ελλάδα", "ΚΑΛΗΜΕΡΑ, ΕΛΛΑΔΑ"),
        ("Μάιος ή ρολόι", "ΜΑΪΟΣ Ή ΡΟΛΟΪ"),
        ("Ἐν ἀρχῇ ἦν ὁ λόγος", "ΕΝ ΑΡΧΗΙ ΗΝ Ο ΛΟΓΟΣ"),
        # Armenian: as in Armenia
        ("հայերեն և խոսել", "ՀԱՅԵՐԵՆ ԵՎ ԽՈՍԵԼ"),
        # whatever other scripts there are
        ("İstanbul 東京 gezisi", "İSTANBUL 東京 GEZİSİ"),
        ("Ελληνική κουζίνα 日本 ไทย", "ΕΛΛΗΝΙΚΗ ΚΟΥΖΙΝΑ 日本 ไทย"),
        # beyond the Basic Multilingual Plane, where ICU and Python count differently
        ("😀 ışık 😀 iyi", "😀 IŞIK 😀 İYİ"),
    ],
)
def test_capitals_follow_the_language(typed: str, capitals: str) -> None:
    line = shape_whole(typed, capitals=True)
    assert line.text == unicodedata.normalize("NFC", typed)
    assert line.drawn == capitals


def test_the_whole_title_decides_how_a_line_of_it_is_capitalized() -> None:
    title = "iyi ışık"
    assert shape_line(title, 0, 3, ANTON, capitals=True).drawn == "İYİ"
    assert shape_line("iyi", 0, 3, ANTON, capitals=True).drawn == "IYI"


def test_a_letter_whose_capital_no_font_has_is_drawn_as_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("process.text.shaping.is_covered", lambda text: text != "ꟺ")
    assert shape_whole("aꟺɯ", capitals=True).drawn == "AꟺƜ"


@every_typeface
def test_capitals_are_as_wide_in_a_block_as_typed(typeface: FontFile) -> None:
    typed = list_text_blocks("ONE TWO THREE", typeface)
    drawn = list_text_blocks("one two three", typeface, capitals=True)
    assert [block.width for block in drawn] == [block.width for block in typed]
    assert [[line.line.text for line in block.lines] for block in drawn][-1] == ["one", "two", "three"]


# --- words ---------------------------------------------------------------------------------------------------------


@every_title
def test_words_make_up_the_title(title: str) -> None:
    text = normalize_title(title)
    words = list_words(text, ANTON)
    assert get_extent(words) == (0, len(text))
    for word, following in pairwise(words):
        assert text[word.end : following.start] == " " * (following.space > 0)


def test_words_are_as_wide_as_their_line() -> None:
    title = "Große Dinge, die ich in Bayern lernte"
    for typeface in (ANTON, MONTSERRAT):
        words = list_words(title, typeface, capitals=True)
        line = shape_whole(title, typeface, capitals=True)
        assert sum(word.width + word.space for word in words) == pytest.approx(line.advance, abs=0.1)


# --- typefaces -----------------------------------------------------------------------------------------------------


@pytest.fixture
def owner_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make an empty folder of owner's fonts, where the font layer has it."""
    folder = tmp_path / "owner_fonts"
    folder.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    find_typeface.cache_clear()
    yield folder
    find_typeface.cache_clear()


def test_an_owners_font_replaces_the_typeface_of_one_look_or_of_all(owner_fonts: Path) -> None:
    assert find_typeface("stack", ANTON) == ANTON
    find_typeface.cache_clear()
    (owner_fonts / "stack.otf").touch()
    assert find_typeface("stack", ANTON).find() == owner_fonts / "stack.otf"
    assert find_typeface("panel", ANTON) == ANTON
    find_typeface.cache_clear()
    (owner_fonts / "title.ttf").touch()
    assert find_typeface("stack", ANTON).find() == owner_fonts / "stack.otf"
    assert find_typeface("panel", ANTON).find() == owner_fonts / "title.ttf"


def test_without_owners_fonts_a_look_has_its_own_typeface() -> None:
    assert find_typeface("stack", MONTSERRAT) == MONTSERRAT


def test_an_owners_font_may_lack_characters_even_capitals(owner_fonts: Path) -> None:
    arabic = FALLBACKS[0].find()
    assert arabic
    (owner_fonts / "title.ttf").write_bytes(arabic.read_bytes())
    own = find_typeface("stack", ANTON)
    for title in (TITLES["Many scripts"], TITLES["Emoji, families"], TITLES["Arabic with Latin"]):
        line = shape_whole(title, own)
        assert all(placed.glyph for placed in line.glyphs)
        assert 0.5 < line.cap_height < 0.9
    # Tracking would separate letters that join.
    assert shape_whole("سلام", own).advance == shape_whole("سلام", replace(own, tracking=0.0)).advance


# --- emoji ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "emoji",
    [
        "😀",
        "👍🏽",
        "👩🏽\u200d💻",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f",
        "❤\ufe0f\u200d🔥",
        "5\ufe0f\u20e3",
        "5\u20e3",
        "#\u20e3",
        "⛹\u200d♂",
        "🇩🇪",
        "🇺🇳",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "🧑🏿\u200d🤝\u200d🧑🏻",
    ],
)
def test_an_emoji_sequence_is_one_colour_glyph(emoji: str) -> None:
    assert is_emoji(emoji)
    for title in (emoji, f"a{emoji}b", f"\u05d0{emoji}"):
        emoji_glyphs = [placed for placed in shape_whole(title).glyphs if placed.font.file == EMOJI]
        assert len(emoji_glyphs) == 1
        assert emoji_glyphs[0].glyph
    canvas = draw(shape_whole(emoji))[0]
    colours = canvas.getcolors(1280 * 720) or []
    vivid = [count for count, (r, g, b) in colours if colorsys.rgb_to_hsv(r / 255, g / 255, b / 255)[1] > 0.4]  # type: ignore[misc]
    assert sum(vivid) > 200


def test_a_character_with_text_presentation_is_an_emoji_only_with_a_variation_selector() -> None:
    assert [is_emoji(grapheme) for grapheme in ("❤", "❤\ufe0f", "5", "#", "©", "™\ufe0f", "😀", "😀\ufe0e")] == [
        False,
        True,
        False,
        False,
        False,
        True,
        True,
        False,
    ]


# --- as on Lambda --------------------------------------------------------------------------------------------------

# Without _imagingft, Pillow has neither FreeType nor Raqm, so the system's FriBiDi, which Raqm needs, is not loaded
# either. A title needs none of them.
PROGRAM = """
import hashlib, json, sys
sys.modules["PIL._imagingft"] = None
from process.text.stack import list_stacks
from process.thumbnail import make_thumbnail
import uharfbuzz
opened, open_file = [], uharfbuzz.Blob.from_file_path
uharfbuzz.Blob.from_file_path = lambda path: opened.append(path.name) or open_file(path)
picture, titles = bytes.fromhex(sys.stdin.readline()), json.loads(sys.stdin.readline())
digests = [hashlib.sha256(make_thumbnail(picture, title)).hexdigest() for title in titles]
mapped = open("/proc/self/maps").read() if sys.platform == "linux" else ""
print(json.dumps({"digests": digests, "opened": opened, "mapped": mapped, "modules": sorted(sys.modules)}))
"""


def make_in_new_process(titles: list[str]) -> dict[str, list[str]]:
    """Make thumbnails in a new process, and report what it did."""
    request = f"{GREY.hex()}\n{json.dumps(titles)}\n"
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=request,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(LAMBDAS), "PYTHONHASHSEED": "7"},
    )
    report: dict[str, list[str]] = json.loads(answer.stdout)
    return report


def test_titles_give_the_same_bytes_in_a_new_process_without_system_libraries() -> None:
    titles = list(TITLES.values())[::2]
    report = make_in_new_process(titles)
    assert report["digests"] == [hashlib.sha256(make_thumbnail(GREY, title)).hexdigest() for title in titles]
    assert not [library for library in ("fribidi", "raqm") if library in report["mapped"]]
    assert not {file.package for file in (*FALLBACKS, EMOJI)} & set(report["modules"])


def test_a_latin_title_loads_nothing_for_other_scripts() -> None:
    report = make_in_new_process([TITLES["Latin"], "Çà Ñandú Łódź Ľaľa Ŵyŷ", TITLES["Vietnamese"]])
    assert set(report["opened"]) <= TYPEFACE_FILES
    assert len(report["opened"]) == len(set(report["opened"])) <= len(list_looks())
    assert "icu" not in report["modules"]


def test_a_typeface_that_covers_a_title_is_the_only_font_opened() -> None:
    program = """
import uharfbuzz
opened, open_file = [], uharfbuzz.Blob.from_file_path
uharfbuzz.Blob.from_file_path = lambda path: opened.append(path.name) or open_file(path)
from process.text.block import list_text_blocks
from process.text.font_files import MONTSERRAT
from process.text.normalization import normalize_title
for title in ("Größe, naïve", "Ẩm thực đường phố", "Ёжик в тумане"):
    for capitals in (False, True):
        list_text_blocks(normalize_title(title), MONTSERRAT, capitals=capitals)
print(opened)
"""
    environment = {"PYTHONPATH": str(LAMBDAS)}
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert answer.stdout.strip() == str([Path(MONTSERRAT.file).name])


def test_a_font_is_found_in_a_package_without_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "only_a_font" / "files" / "Font.ttf"
    file.parent.mkdir(parents=True)
    file.touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert FontFile("only_a_font", "files/Font.ttf").find() == file
    with pytest.raises(ModuleNotFoundError, match="font layer"):
        Font(FontFile("only_a_font", "files/Other.ttf"))


def test_emoji_in_a_latin_title_load_only_the_emoji_font() -> None:
    report = make_in_new_process([TITLES["Emoji"]])
    assert set(report["opened"]) - TYPEFACE_FILES == {Path(EMOJI.file).name}
    assert len(report["opened"]) == len(set(report["opened"]))
