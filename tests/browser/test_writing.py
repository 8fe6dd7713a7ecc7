"""Text is shaped and ordered as in Chromium, given the same font files."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from helpers.titles import TITLES
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import BrowserType

from process.layout.typesetting import PlacedLine
from process.render.composition import Letters
from process.render.letters import draw_letters
from process.text.bidi import split_runs
from process.text.font_files import ANTON, FontFile
from process.text.graphemes import split_graphemes
from process.text.language import detect_language
from process.text.line_breaks import list_breaks
from process.text.normalization import normalize_title
from process.text.shaping import ShapedLine, shape_line

SIZE = 100  # pixels per em
ROW_HEIGHT, PAGE_WIDTH = 250, 2000
ROWS_PER_SCREENSHOT = 20
LEFT = 60  # left margin of each row
MIN_SIMILARITY = 0.95  # Jaccard index; below 1 because rasterizers round differently

_STYLE = f"""
    body {{ margin: 0; background: black; color: white; text-rendering: geometricPrecision; }}
    div {{ position: absolute; left: {LEFT}px; height: {ROW_HEIGHT}px; line-height: {ROW_HEIGHT}px; white-space: pre;
           font-weight: 900; font-stretch: 62.5%; unicode-bidi: plaintext;
           text-spacing-trim: space-all; }}
"""
# Returns, for each row, its graphemes from left to right, and its advance.
_MEASURE = """async () => {
    await Promise.all([...document.fonts].map((font) => font.load()));
    const orderGraphemes = (node) => [...new Intl.Segmenter().segment(node.data)]
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
        order: orderGraphemes(div.firstChild),
        advance: div.getBoundingClientRect().width,
    }));
}"""


class BrowserText(NamedTuple):
    """A text as the browser lays it out and draws it."""

    order: str
    advance: float
    ink: Image.Image


@cache
def shape(text: str) -> ShapedLine:
    return shape_line(text, 0, len(text), ANTON)


def list_fonts(text: str) -> list[FontFile]:
    return list({placed.font.file.file: placed.font.file for placed in shape(text).glyphs}.values())


def is_comparable(word: str) -> bool:
    """Check that a word has one font, one direction and no colour glyphs."""
    return len(split_runs(word, 0, len(word))) == 1 and len(list_fonts(word)) == 1 and not list_fonts(word)[0].is_colour


def split_at_breaks(title: str) -> list[str]:
    ends = [0, *list_breaks(title, detect_language(title)), len(title)]
    return [title[start:end].strip() for start, end in pairwise(ends)]


CLEAN = {name: normalize_title(title) for name, title in TITLES.items()}
WORDS = {name: [part for part in split_at_breaks(title) if is_comparable(part)] for name, title in CLEAN.items()}


@pytest.fixture(scope="module")
def browser_texts(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, BrowserText]]:
    """Show all titles and words on one page, and measure them."""
    texts = [*dict.fromkeys([*CLEAN.values(), *(word for words in WORDS.values() for word in words)])]
    file = tmp_path_factory.mktemp("titles") / "titles.html"
    file.write_text(render_page(texts))
    arguments = ["--font-render-hinting=none", "--disable-lcd-text", "--allow-file-access-from-files"]
    browser = browser_type.launch(
        **browser_type_launch_args | {"args": [*browser_type_launch_args["args"], *arguments]}
    )
    page = browser.new_page(viewport={"width": PAGE_WIDTH, "height": 800})
    page.goto(file.as_uri())
    measured = page.evaluate(_MEASURE)
    results = {}
    for first in range(0, len(texts), ROWS_PER_SCREENSHOT):
        rows = texts[first : first + ROWS_PER_SCREENSHOT]
        page.set_viewport_size({"width": PAGE_WIDTH, "height": ROWS_PER_SCREENSHOT * ROW_HEIGHT})
        page.evaluate("top => window.scrollTo(0, top)", first * ROW_HEIGHT)
        screenshot = Image.open(BytesIO(page.screenshot())).convert("L")
        offset = first * ROW_HEIGHT - page.evaluate("window.scrollY")
        for number, (text, measurement) in enumerate(zip(rows, measured[first:], strict=False)):
            ink = screenshot.crop((0, offset + number * ROW_HEIGHT, PAGE_WIDTH, offset + (number + 1) * ROW_HEIGHT))
            results[text] = BrowserText("".join(measurement["order"]), measurement["advance"], ink)
    yield results
    browser.close()


def render_page(texts: list[str]) -> str:
    fonts = {font.file: font for text in texts for font in list_fonts(text)}
    rules = "".join(render_font_face(font) for font in fonts.values())
    rows = "".join(render_row(number, text) for number, text in enumerate(texts))
    return f"<!doctype html><meta charset='utf-8'><style>{rules}{_STYLE}</style><body>{rows}"


def render_font_face(font: FontFile) -> str:
    path = font.find()
    assert path
    weight, width = font.axes.get("wght"), font.axes.get("wdth")
    ranges = f"font-weight: 100 {weight:g};" if weight else "font-weight: 900;"
    ranges += f"font-stretch: {width:g}% 100%;" if width else ""
    source = path.as_uri().replace("[", "%5B").replace("]", "%5D")
    return f"@font-face {{ font-family: '{font.file}'; src: url('{source}'); {ranges} }}"


def render_row(number: int, text: str) -> str:
    fonts = {placed.font.file.file: placed.font for placed in shape(text).glyphs}
    family = ", ".join(f"'{file}'" for file in fonts)
    font = next(iter(fonts.values()))
    size = SIZE * font.scale * font.hb.face.upem
    spacing = f"letter-spacing: {font.file.tracking * SIZE}px;" if font.file.tracking else ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    language = detect_language(text).replace("und", "")
    return (
        f'<div dir="auto" lang="{language}" style="top: {number * ROW_HEIGHT}px; font-family: {family};'
        f' font-size: {size}px; {spacing}">{escaped}</div>'
    )


def draw_line(line: ShapedLine) -> Image.Image:
    """Draw a line with our renderer, white on black."""
    placed = PlacedLine(line, SIZE, 40 - line.ink.left * SIZE, 40 - line.ink.top * SIZE)
    canvas = Image.new("RGB", (1280, 720))
    draw_letters(canvas, Letters((placed,), placed.box, (255, 255, 255), (255, 255, 255)), 1.0)
    return canvas.convert("L")


def measure_similarity(one: Image.Image, other: Image.Image) -> float:
    """Return the Jaccard index of the ink of two images, at the best of all shifts by at most one pixel."""
    masks = [image.point(lambda value: 255 if value > 127 else 0) for image in (one, other)]
    boxes = [mask.getbbox() or (0, 0, 1, 1) for mask in masks]
    best = 0.0
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            cropped = [
                mask.crop((box[0] - 4 + dx * index, box[1] - 4 + dy * index, box[0] + 1200, box[1] + 240))
                for index, (mask, box) in enumerate(zip(masks, boxes, strict=True))
            ]
            size = (min(cropped[0].width, cropped[1].width), min(cropped[0].height, cropped[1].height))
            first, second = (mask.crop((0, 0, *size)) for mask in cropped)
            intersection = ImageStat.Stat(ImageChops.darker(first, second)).sum[0]
            union = ImageStat.Stat(ImageChops.lighter(first, second)).sum[0]
            best = max(best, intersection / union)
    return best


def list_visual_order(text: str) -> str:
    """Return the visible graphemes from left to right, as we draw them."""
    order: list[str] = []
    for run in split_runs(text, 0, len(text)):
        graphemes = split_graphemes(text[run.start : run.end])
        order += reversed(graphemes) if run.rtl else graphemes
    return "".join(grapheme for grapheme in order if grapheme.strip())


@pytest.mark.parametrize("name", CLEAN)
def test_letters_are_in_the_same_order_as_in_a_browser(browser_texts: dict[str, BrowserText], name: str) -> None:
    assert list_visual_order(CLEAN[name]) == browser_texts[CLEAN[name]].order


@pytest.mark.parametrize("name", [name for name, words in WORDS.items() if words])
def test_words_are_shaped_as_in_a_browser(browser_texts: dict[str, BrowserText], name: str) -> None:
    for word in WORDS[name]:
        ours = shape(word)
        assert ours.advance * SIZE == pytest.approx(browser_texts[word].advance, rel=0.01, abs=1), word
        similarity = measure_similarity(draw_line(ours), browser_texts[word].ink)
        assert similarity > MIN_SIMILARITY, f"{word}: {similarity:.3f}"
