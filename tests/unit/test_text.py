"""Titles are set correctly in every script: complete, unclipped, in order, broken only where allowed."""

import colorsys
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from fontTools.ttLib import TTFont
from helpers.pictures import encode, find_changed_area
from helpers.titles import TITLES
from PIL import Image, ImageChops

from process.canvas import Box
from process.errors import InvalidImage
from process.layout.colours import TitleColours
from process.layout.placement import OUTLINE, Placement
from process.render.title import draw_title
from process.text.bidi import is_rtl, split_runs
from process.text.block import TextBlock, list_text_blocks
from process.text.font import Font, open_emoji_font, open_fallback_font, open_title_font
from process.text.font_fallback import itemize
from process.text.font_files import EMOJI, FALLBACKS, TITLE, FontFile
from process.text.graphemes import is_emoji, split_graphemes
from process.text.language import detect_language
from process.text.line_breaks import split_at_breaks
from process.text.normalization import normalize_title
from process.text.shaping import PositionedGlyph, ShapedLine, shape_line
from process.thumbnail import make_thumbnail

LAMBDAS = Path(__file__).parent.parent.parent / "lambdas"
GREY = encode(Image.new("RGB", (1280, 720), (128, 128, 128)), "PNG")
BARE = make_thumbnail(GREY, "")
every_title = pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())


def shape_whole(title: str) -> ShapedLine:
    """Shape a title as one line."""
    text = normalize_title(title)
    return shape_line(text, detect_language(text), rtl=is_rtl(text))


def has_ink(grapheme: str) -> bool:
    return not grapheme.isspace() and any(unicodedata.category(character) != "Cf" for character in grapheme)


def draw(line: ShapedLine, size: int = 64) -> tuple[Image.Image, Box]:
    """Draw a line in white, outlined in black, on grey; return the picture and the expected box of the line."""
    ink = line.ink
    block = TextBlock((line,), ink.right - ink.left, -ink.top, ink.bottom, 1.0, rtl=False)
    outline = max(2, round(size * OUTLINE))
    left, top, width, height = 50, 50, (ink.right - ink.left) * size, (ink.bottom - ink.top) * size
    box = Box(left, top, left + round(width) + 2 * outline, top + round(height) + 2 * outline)
    canvas = Image.new("RGB", (1280, 720), (128, 128, 128))
    draw_title(
        canvas,
        Placement(block, size, box, "auto", 0.0, {}),
        TitleColours((255, 255, 255), (0, 0, 0), scrim=0, contrast=1),
    )
    return canvas.crop((0, 0, box.right + left, box.bottom + top)), box


def find_title_box(canvas: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box of white, black and saturated pixels: letters and outline, but not the soft shadow."""
    grey = canvas.convert("L").point(lambda value: 255 if value < 32 or value > 160 else 0)
    saturation = canvas.convert("HSV").getchannel("S").point(lambda value: 255 if value > 90 else 0)
    return ImageChops.lighter(grey, saturation).getbbox()


@cache
def make(title: str, position: str = "auto") -> bytes:
    return make_thumbnail(GREY, title, position=position)


@cache
def read_cmap(file: Path) -> frozenset[int]:
    """Return the characters in a font's cmap, read by another library."""
    with TTFont(file, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


# --- coverage --------------------------------------------------------------------------------------------------------


@every_title
def test_every_character_is_in_the_cmap_of_the_font_that_draws_it(title: str) -> None:
    text = normalize_title(title)
    for font, letters in itemize(split_graphemes(text)):
        seen = {character for character in "".join(letters) if has_ink(character) and not is_selector(character)}
        assert not {character for character in seen if ord(character) not in read_cmap(font.file.find())}
    assert all(placed.glyph for placed in shape_whole(title).glyphs)


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
@pytest.mark.parametrize("position", ["auto", "bottom-right"])
def test_a_title_stays_inside_the_margin_and_off_the_duration_badge(title: str, position: str) -> None:
    thumbnail = make(title, position)
    area = find_changed_area(thumbnail, BARE)
    assert area, "no title was drawn"
    assert area[0] >= 32
    assert area[1] >= 18
    assert area[2] <= 1280 - 32
    assert area[3] <= 720 - 18
    assert find_changed_area(thumbnail, BARE, box=(1280 - 170, 720 - 70, 1280, 720)) is None


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
    for block in list_text_blocks(normalize_title(title)):
        for upper, lower in pairwise(block.lines):
            assert block.line_height + lower.ink.top - upper.ink.bottom > 2 * OUTLINE
        assert block.ascent == -block.lines[0].ink.top
        assert block.height == pytest.approx(
            block.ascent + block.line_height * (len(block.lines) - 1) + max(0, block.lines[-1].ink.bottom)
        )


def test_a_tall_letter_in_the_first_line_does_not_increase_the_line_height() -> None:
    plain, tall, between = (list_text_blocks(title)[1] for title in ("Eins zwei", "Ếins zwei", "Eins zwếi"))
    assert tall.line_height == plain.line_height < between.line_height
    assert tall.ascent > plain.ascent


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
        return [font.file.file.split("/")[-1][:8] for font, _ in itemize(split_graphemes(title))]

    assert list_fonts("Medɔ̀") == ["NotoSans"]
    assert list_fonts("Привет,") == ["NotoSans"]
    assert list_fonts("用ChatGPT") == ["NotoSans", TITLE[1].file.split("/")[-1][:8]]
    assert list_fonts("ב-Python")[-1] == TITLE[1].file.split("/")[-1][:8]
    assert list_fonts("★10")[-1] == TITLE[1].file.split("/")[-1][:8]


@pytest.mark.parametrize("index", range(len(FALLBACKS)), ids=lambda index: FALLBACKS[index].file)
def test_fallback_fonts_match_the_height_of_the_title_font(index: int) -> None:
    file = FALLBACKS[index]
    expected, found = measure_boxes(
        (open_title_font(), file.title_reference), (open_fallback_font(index), file.reference)
    )
    assert found[1] == pytest.approx(expected[1], abs=2)


def test_emoji_are_centred_on_capitals() -> None:
    capital, emoji = measure_boxes((open_title_font(), "H"), (open_emoji_font(), "\N{GRINNING FACE}"))
    assert emoji[1] + emoji[3] == pytest.approx(capital[1] + capital[3], abs=4)
    assert 1.05 < (emoji[3] - emoji[1]) / (capital[3] - capital[1]) < 1.25


def measure_boxes(*letters: tuple[Font, str]) -> list[tuple[int, int, int, int]]:
    """Draw two letters on one baseline at 200 pixels per em, and return the box of each one's pixels."""
    distance, size = 3, 200
    glyphs = [
        PositionedGlyph(font, font.hb.get_nominal_glyph(ord(letter)), distance * number, font.rise)
        for number, (font, letter) in enumerate(letters)
    ]
    canvas = draw(ShapedLine("", tuple(glyphs), 0), size)[0]
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
        ("我们今天去北京看长城", "我们|今天去|北京|看长城"),
        ("讓我們一起去旅行", "讓我們|一起去|旅行"),
        ("ผมไปตลาดทุกวัน", "ผม|ไป|ตลาด|ทุก|วัน"),
        ("我用一周时间学会了「人工智能」，结果让人惊讶！", "我用一周|时间|学会了|「人工智能」，|结果让人|惊讶！"),
        ("你好", "你好"),
        ("你好世界", "你好|世界"),
        ("한국어를", "한국어를"),
        ("Word", "Word"),
        ("ភាសា\u200bខ្មែរ", "ភាសា\u200b|ខ្មែរ"),
        ("三分钟学会Python编程", "三分钟学会|Python|编程"),
        ("ChatGPT", "ChatGPT"),
    ],
)
def test_text_without_spaces_is_split_between_phrases(title: str, expected: str) -> None:
    assert "|".join(split_at_breaks(title, detect_language(title))) == expected


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
        ("Hello", "und"),
    ],
)
def test_the_language_is_detected_from_the_script(title: str, expected: str) -> None:
    assert detect_language(title) == expected


def break_title(title: str) -> Iterable[list[str]]:
    """Yield the ways to break a title, and then the same letters as one word that is too long for a line."""
    text = normalize_title(title)
    for words in (text, text.replace(" ", "") * 4):
        for block in list_text_blocks(words):
            yield [line.text for line in block.lines]


@every_title
def test_no_break_splits_a_grapheme_or_separates_punctuation_from_its_word(title: str) -> None:
    for lines in break_title(title):
        for upper, lower in pairwise(lines):
            joined = upper + lower
            assert len(upper) in {match.end() for match in regex.finditer(r"\X", joined)}, lines
            if any("\u3000" <= character <= "\u9fff" for character in upper[-1] + lower[0]):
                assert lower[0] not in CLOSING, lines
                assert upper[-1] not in OPENING, lines


# Bengali is left out: one of its vowels has a special form at the start of a word, and so at the start of a line, too.
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
        "Burmese",
    ],
)
def test_no_break_splits_letters_that_join(name: str) -> None:
    """Together, the lines have exactly the glyphs that the title has on one line."""
    for lines in break_title(TITLES[name]):
        broken = [placed.glyph for text in lines for placed in shape_line(text).glyphs]
        assert sorted(broken) == sorted(placed.glyph for placed in shape_line("".join(lines)).glyphs)


def test_a_long_word_is_not_broken_before_closing_punctuation() -> None:
    for title in ("うわ" + "あ" * 17 + "！" * 9, "日" * 30 + "」" * 3 + "日" * 30):
        for block in list_text_blocks(title):
            assert all(line.text[0] not in CLOSING for line in block.lines)
            assert "".join(line.text for line in block.lines) == title


def test_an_ordinary_word_is_not_broken() -> None:
    for word in ("கற்றுக்கொள்ளுங்கள்", "വിദ്യാർത്ഥികൾക്ക്", "Rindfleischetikettierungsgesetz", "достопримечательность"):
        assert all(len(block.lines) == 1 for block in list_text_blocks(word))


# --- bidi ---------------------------------------------------------------------------------------------------------


def reorder(title: str) -> list[str]:
    """Return the graphemes of a title in visual order."""
    found = []
    for run in split_runs(split_graphemes(title), rtl=is_rtl(title)):
        found += run.graphemes[::-1] if run.rtl else run.graphemes
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
        ([ALEF, " ", "1\ufe0f\u20e3", "2\ufe0f\u20e3"], ["2\ufe0f\u20e3", "1\ufe0f\u20e3", " ", ALEF]),
    ],
    ids="".join,
)
def test_text_is_reordered_by_the_bidi_algorithm(logical: list[str], visual: list[str]) -> None:
    assert reorder("".join(logical)) == visual


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
    assert [is_emoji(grapheme) for grapheme in ("❤", "❤\ufe0f", "5", "#", "©", "™\ufe0f", "😀")] == [
        False,
        True,
        False,
        False,
        False,
        True,
        True,
    ]


# --- as on Lambda --------------------------------------------------------------------------------------------------

# Without _imagingft, Pillow has neither FreeType nor Raqm, so the system's FriBiDi, which Raqm needs, is not loaded
# either. A title needs none of them.
PROGRAM = """
import hashlib, json, sys
for module in ("PIL._imagingft", "PIL.ImageFont", "PIL.ImageDraw"):
    sys.modules[module] = None
from process.thumbnail import make_thumbnail
from process.text.font import Font
opened, init = [], Font.__init__
Font.__init__ = lambda self, file, *title_font: opened.append(file.file) or init(self, file, *title_font)
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
    assert report["digests"] == [hashlib.sha256(make(title)).hexdigest() for title in titles]
    assert not [library for library in ("fribidi", "raqm") if library in report["mapped"]]
    assert not {file.package for file in (*FALLBACKS, EMOJI)} & set(report["modules"])


def test_a_latin_title_loads_nothing_for_other_scripts() -> None:
    report = make_in_new_process([TITLES["Latin"], TITLES["Latin, every diacritic"], TITLES["Vietnamese"]])
    assert report["opened"] == [open_title_font().file.file]
    assert not {"regex", "bidi", "budoux"} & set(report["modules"])


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
    assert report["opened"] == [open_title_font().file.file, EMOJI.file]
    assert not {"bidi", "budoux"} & set(report["modules"])
