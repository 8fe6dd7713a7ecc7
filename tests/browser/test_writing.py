"""Titles are shaped and ordered as another engine does it: a browser, given the same font files."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from helpers.titles import TITLES
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import BrowserType

import process.canvas
from process.layout.colours import TitleColours
from process.layout.placement import Placement
from process.render.title import draw_title
from process.text.bidi import is_rtl, split_runs
from process.text.block import TextBlock
from process.text.font_files import FontFile
from process.text.graphemes import split_graphemes
from process.text.language import detect_language
from process.text.line_breaks import split_at_breaks
from process.text.normalization import normalize_title
from process.text.shaping import ShapedLine, shape_line

SIZE = 100  # pixels per em
ROW, WIDTH = 250, 2000
LEFT = 60  # where words begin
# Their Jaccard index: a browser's rasterizer rounds a little differently.
LEAST_ALIKE = 0.95

_STYLE = f"""
    body {{ margin: 0; background: black; color: white; text-rendering: geometricPrecision; }}
    div {{ position: absolute; left: {LEFT}px; height: {ROW}px; line-height: {ROW}px; white-space: pre;
           font-weight: 900; font-stretch: 62.5%; unicode-bidi: plaintext;
           text-spacing-trim: space-all; }}
"""
# For each title, its letters from left to right, as the browser knows letters; for each word, how far it advances.
_MEASURE = """async () => {
    await Promise.all([...document.fonts].map((font) => font.load()));
    const ordered = (node) => [...new Intl.Segmenter().segment(node.data)]
        .map(({ segment, index }) => {
            const range = new Range();
            range.setStart(node, index);
            range.setEnd(node, index + segment.length);
            const { left, right } = range.getBoundingClientRect();
            return { segment, left, right };
        })
        .filter(({ segment, left, right }) => right > left && segment.trim())
        .sort((one, other) => one.left + one.right - other.left - other.right)
        .map(({ segment }) => segment);
    return [...document.querySelectorAll("div")].map((div) => ({
        order: ordered(div.firstChild),
        advance: div.getBoundingClientRect().width,
    }));
}"""


class Seen(NamedTuple):
    """What the browser made of a text."""

    order: str
    advance: float
    ink: Image.Image


@cache
def whole(title: str) -> ShapedLine:
    return shape_line(title, detect_language(title), rtl=is_rtl(title))


def typefaces(text: str) -> list[FontFile]:
    return list({placed.font.file.file: placed.font.file for placed in whole(text).glyphs}.values())


def is_comparable(word: str) -> bool:
    """Tell whether one font draws a word, in one colour and in one direction."""
    one_way = len(split_runs(split_graphemes(word), rtl=is_rtl(word))) == 1
    return one_way and len(typefaces(word)) == 1 and not typefaces(word)[0].is_colour


CLEAN = {name: normalize_title(title) for name, title in TITLES.items()}
WORDS = {
    name: [
        part for word in title.split() for part in split_at_breaks(word, detect_language(title)) if is_comparable(part)
    ]
    for name, title in CLEAN.items()
}


@pytest.fixture(scope="module")
def seen(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Seen]]:
    """Show all titles and words on one page."""
    texts = [*dict.fromkeys([*CLEAN.values(), *(word for words in WORDS.values() for word in words)])]
    file = tmp_path_factory.mktemp("titles") / "titles.html"
    file.write_text(page_of(texts))
    exact = ["--font-render-hinting=none", "--disable-lcd-text", "--allow-file-access-from-files"]
    browser = browser_type.launch(**browser_type_launch_args | {"args": [*browser_type_launch_args["args"], *exact]})
    page = browser.new_page(viewport={"width": WIDTH, "height": 800})
    page.goto(file.as_uri())
    measured = page.evaluate(_MEASURE)
    found = {}
    for top in range(0, len(texts), 20):
        rows = texts[top : top + 20]
        page.set_viewport_size({"width": WIDTH, "height": 20 * ROW})
        page.evaluate("top => window.scrollTo(0, top)", top * ROW)
        shot = Image.open(BytesIO(page.screenshot())).convert("L")
        scrolled = top * ROW - page.evaluate("window.scrollY")
        for number, (text, told) in enumerate(zip(rows, measured[top:], strict=False)):
            ink = shot.crop((0, scrolled + number * ROW, WIDTH, scrolled + (number + 1) * ROW))
            found[text] = Seen("".join(told["order"]), told["advance"], ink)
    yield found
    browser.close()


def page_of(texts: list[str]) -> str:
    faces = {face.file: face for text in texts for face in typefaces(text)}
    rules = "".join(face_rule(face) for face in faces.values())
    rows = "".join(row(number, text) for number, text in enumerate(texts))
    return f"<!doctype html><meta charset='utf-8'><style>{rules}{_STYLE}</style><body>{rows}"


def face_rule(typeface: FontFile) -> str:
    path = typeface.find()
    assert path
    weight, width = typeface.axes.get("wght"), typeface.axes.get("wdth")
    ranges = f"font-weight: 100 {weight:g};" if weight else "font-weight: 900;"
    ranges += f"font-stretch: {width:g}% 100%;" if width else ""
    source = path.as_uri().replace("[", "%5B").replace("]", "%5D")
    return f"@font-face {{ font-family: '{typeface.file}'; src: url('{source}'); {ranges} }}"


def row(number: int, text: str) -> str:
    fonts = {placed.font.file.file: placed.font for placed in whole(text).glyphs}
    family = ", ".join(f"'{file}'" for file in fonts)
    font = next(iter(fonts.values()))
    size = SIZE * font.scale * font.hb.face.upem
    spacing = f"letter-spacing: {0.03 * SIZE}px;" if font.file.is_tracked else ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    tongue = detect_language(text).replace("und", "")
    return (
        f'<div dir="auto" lang="{tongue}" style="top: {number * ROW}px; font-family: {family};'
        f' font-size: {size}px; {spacing}">{escaped}</div>'
    )


def ink(one: ShapedLine) -> Image.Image:
    """Draw a line as we do, white on black, without an outline that is seen."""
    box = one.ink
    block = TextBlock((one,), box.right - box.left, -box.top, box.bottom, 1.0, rtl=False)
    outline = round(SIZE * 0.065)
    area = process.canvas.Box(
        40, 40, 40 + round(block.width * SIZE) + 2 * outline, 40 + round(block.height * SIZE) + 2 * outline
    )
    canvas = Image.new("RGB", (1280, 720))
    draw_title(canvas, Placement(block, SIZE, area, "auto", 0.0, {}), TitleColours((255, 255, 255), (0, 0, 0), 0, 1))
    return canvas.convert("L")


def alike(one: Image.Image, other: Image.Image) -> float:
    """Return how much of the ink of either both have, laid on each other as well as can be by whole pixels."""
    masks = [picture.point(lambda value: 255 if value > 127 else 0) for picture in (one, other)]
    boxes = [mask.getbbox() or (0, 0, 1, 1) for mask in masks]
    best = 0.0
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            cut = [
                mask.crop((box[0] - 4 + right * turn, box[1] - 4 + down * turn, box[0] + 1200, box[1] + 240))
                for turn, (mask, box) in enumerate(zip(masks, boxes, strict=True))
            ]
            size = (min(cut[0].width, cut[1].width), min(cut[0].height, cut[1].height))
            first, second = (mask.crop((0, 0, *size)) for mask in cut)
            both = ImageStat.Stat(ImageChops.darker(first, second)).sum[0]
            either = ImageStat.Stat(ImageChops.lighter(first, second)).sum[0]
            best = max(best, both / either)
    return best


def order(text: str) -> str:
    """Return the letters that can be seen, from left to right, as we draw them."""
    letters: list[str] = []
    for run in split_runs(split_graphemes(text), rtl=is_rtl(text)):
        letters += reversed(run.graphemes) if run.rtl else run.graphemes
    return "".join(letter for letter in letters if letter.strip())


@pytest.mark.parametrize("name", CLEAN)
def test_letters_stand_where_a_browser_has_them(seen: dict[str, Seen], name: str) -> None:
    assert order(CLEAN[name]) == seen[CLEAN[name]].order


@pytest.mark.parametrize("name", [name for name, words in WORDS.items() if words])
def test_words_are_shaped_as_in_a_browser(seen: dict[str, Seen], name: str) -> None:
    for word in WORDS[name]:
        ours = whole(word)
        assert ours.advance * SIZE == pytest.approx(seen[word].advance, rel=0.01, abs=1), word
        likeness = alike(ink(ours), seen[word].ink)
        assert likeness > LEAST_ALIKE, f"{word}: {likeness:.3f}"
