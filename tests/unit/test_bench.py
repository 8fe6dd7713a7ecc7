"""What benchmarks measure and read, and how they format it. No test asserts a time."""

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from benchmarks import ocr, quality, report, sheet
from benchmarks.inputs import GENERATED
from benchmarks.latency import read_page_pauses
from benchmarks.photos import Photo
from benchmarks.ratios import format_ratio, mark
from benchmarks.renderers import read_malloc_settings
from PIL import Image, ImageStat

from emulator import ROOT
from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box

_TITLE, _NOWHERE = Box(100, 100, 300, 200), Box(0, 0, 0, 0)


def test_malloc_settings_are_read_from_terraform() -> None:
    terraform = (
        "variables = {\n  DEFAULT_TITLE = 3\n  MALLOC_TRIM_THRESHOLD_ = 128 * 1024 * 1024\n  MALLOC_TOP_PAD_ = 7\n}"
    )
    assert read_malloc_settings(terraform) == {"MALLOC_TRIM_THRESHOLD_": "134217728", "MALLOC_TOP_PAD_": "7"}


def test_the_pauses_between_polls_are_read_from_the_page() -> None:
    pauses = list(islice(read_page_pauses(), 30))
    assert pauses == sorted(pauses)
    assert 0 < pauses[0] < pauses[-1] == pauses[-2]


def test_a_ratio_is_the_median_of_the_pairwise_ratios() -> None:
    assert format_ratio([1.0, 2.0, 30.0], [2.0, 4.0, 10.0]).strip() == "0.50"


@pytest.mark.parametrize(
    ("value", "goal", "printed"), [(0.454, 0.45, "0.45 "), (0.46, 0.45, "0.46*"), (9.0, None, "9.00 ")]
)
def test_a_missed_goal_is_marked(value: float, goal: float | None, printed: str) -> None:
    assert mark(value, goal, ".2f") == printed


def _make_render(*, hidden: Box = _NOWHERE, area: Box = CANVAS, level: int = 90) -> quality.Render:
    """Return a render of a grey picture whose title fills a small box."""
    masks = []
    for box in (_TITLE, hidden):
        masks.append(Image.new("L", SIZE))
        masks[-1].paste(255, box.round())
    picture = Image.new("RGB", SIZE, (level,) * 3)
    return quality.Render(
        thumbnail=Image.composite(Image.new("RGB", SIZE, "white"), picture, masks[0]),
        bare=picture,
        mask=masks[0],
        lines=[],
        hidden=masks[1],
        is_inside_margin=True,
        colours=frozenset({(255, 255, 255)}),
        cap_height=80.0,
        region=WHOLE_PICTURE,
        area=area,
    )


def test_a_face_is_hidden_by_letters_and_by_panels() -> None:
    face = (400, 100, 500, 200)
    assert quality.measure_covered_face(_make_render(), [face], SIZE) == 0
    assert quality.measure_covered_face(_make_render(), [_TITLE], SIZE) == 1
    assert quality.measure_covered_face(_make_render(hidden=Box(0, 0, 450, 720)), [face], SIZE) == 0.5


def test_a_face_that_the_framing_cuts_off_does_not_count() -> None:
    render = _make_render(hidden=Box(0, 0, 640, 720), area=Box(640, 0, 1920, 720))
    assert quality.measure_covered_face(render, [(0, 0, 100, 100)], SIZE) == 0
    assert quality.measure_covered_face(render, [(1000, 0, 1280, 100)], SIZE) == 0


def test_contrast_is_measured_around_the_letters() -> None:
    assert quality.measure_edge_contrast(_make_render(level=0)) == pytest.approx(21, abs=0.5)
    assert quality.measure_edge_contrast(_make_render(level=180)) < 3


def test_a_black_picture_is_no_black_bar() -> None:
    assert quality.measure_black_bars(_make_render(level=0)) == 0


def test_a_thumbnail_does_not_differ_from_itself() -> None:
    render = _make_render()
    assert quality.compare(render, render) == quality.Difference(levels=0, overlap=1)


def test_a_line_is_cut_out_as_if_it_were_not_turned() -> None:
    box, centre = Box(200, 200, 600, 300), (400.0, 250.0)
    level = Image.new("L", SIZE)
    level.paste(255, box.round())
    turned = level.rotate(10, Image.Resampling.BICUBIC, center=centre)
    cut = ocr.cut_out(turned, ocr.Line(box, 10.0, centre), 48)
    assert cut.height == 48
    assert ImageStat.Stat(cut).mean[0] > 0.7 * 255


def test_the_table_has_a_column_for_each_look_and_for_first_variants() -> None:
    one = report.Quality(
        renderer="panel", rank=1, declined="", photo="a.png", title="A title", length="own", read_at_320=1.0,
        read_at_168=0.5, inside_margin=True, clear_of_badge=True, contrast=5.0, light_kept=1.0, black_bars=0.0,
        cap_height=80.0, covered_face=None, reproducible=True,
    )  # fmt: skip
    unchosen = replace(one, renderer="stack", rank=0, contrast=2.0, declined="no room")
    lines = report.format_table([one, unchosen, replace(one, renderer=report.BASELINE, rank=0)]).splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert rows[0][1:] == ["first", "variants", "panel", "stack", "baseline"]
    assert [row[1:] for row in rows if "4.5" in row[0]] == [["100.0%", "100.0%", "100.0%", "0.0%", "100.0%"]]
    [shortfall, *_] = report.list_shortfalls([unchosen])
    assert "contrast 2.0" in shortfall
    assert "no room" in shortfall


def test_the_contact_sheet_shows_only_pictures_that_may_be_shown() -> None:
    listing = json.loads((ROOT / "benchmarks" / "photos.json").read_text())
    photos = [
        Photo(Path(entry["file"]), (1, 1), (), entry["title"], entry.get("licence"))
        for entry in listing["photos"] + listing["generated"]
    ]
    chosen = sheet.choose(photos)
    assert len(set(chosen)) == 30
    assert chosen == sheet.choose(photos)
    assert all(photo.licence or photo.file.name in GENERATED for photo in chosen)
