"""Every look draws every title on every picture; three of them are chosen, best first."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from helpers.pictures import RED, decode_jpeg, draw_quarters, encode
from helpers.scenes import (
    TITLE,
    assert_in_free_area,
    draw_subject,
    find_difference,
    find_letters,
    find_shown,
    find_title_box,
    list_line_boxes,
    make_plain,
    make_scene,
)
from helpers.titles import TITLES
from PIL import Image

from common.options import FITS, POSITIONS
from process.canvas import CANVAS, SIZE, WHOLE_PICTURE, Box
from process.layout.framing import Framing
from process.layout.scene import Scene
from process.looks import VARIANTS, choose_variants, compose_looks, list_looks
from process.render.composition import Composition, Letters, Shape
from process.text.normalization import normalize_title
from process.thumbnail import make_thumbnail, make_thumbnails

LOOKS = list_looks()
every_look = pytest.mark.parametrize("look", LOOKS)

ODD_TITLES = {
    "one letter": "A",
    "one narrow letter": "i",
    "punctuation": "...",
    "only stop words": "the of and",
    "all marked": "*Everything is marked*",
    "nearly all marked": "*Everything* *is* *marked* here",
    "one wide word": "W" * 120,
    "one narrow word": "i" * 120,
    "many words": "word " * 23 + "words",
    "one-letter words": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "120 ideographs": "日" * 120,
    "120 Arabic letters": "سلام " * 24,
    "many emoji": "😀🔥🚀" * 20,
    "long and short": "I Donaudampfschifffahrtsgesellschaftskapitän",
}


@cache
def analyse(name: str) -> Scene:
    """Return the scene of a picture by name."""
    pictures = {
        "grey": make_plain(),
        "white": make_plain(colour=(255, 255, 255)),
        "black": make_plain(colour=(0, 0, 0)),
        "red": make_plain(colour=RED),
        "quarters": draw_quarters(SIZE),
        "noise": Image.merge("RGB", [Image.effect_noise(SIZE, 90) for _ in range(3)]),
        "wide, white": make_plain((2400, 700), (255, 255, 255)),
        "wide, quarters": draw_quarters((2400, 700)),
        "portrait, grey": make_plain((720, 1280)),
        "portrait, white": make_plain((720, 1280), (255, 255, 255)),
        "portrait, quarters": draw_quarters((720, 1280)),
    }
    return make_scene(pictures[name])


def compose(look: str, scene: Scene) -> Composition:
    return compose_looks(scene, look)[look]


def entitle(scene: Scene, title: str) -> Scene:
    return replace(scene, title=make_scene(Image.new("RGB", (16, 9)), title).title)


# --- any title, anywhere -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", [*TITLES.values(), *ODD_TITLES.values()], ids=[*TITLES, *ODD_TITLES])
def test_a_title_stays_inside_the_margin_and_off_the_duration_badge_in_every_look(title: str) -> None:
    for composition in compose_looks(entitle(analyse("grey"), title), "auto").values():
        assert_in_free_area(find_letters(composition))


@every_look
@pytest.mark.parametrize("position", POSITIONS)
def test_a_title_stays_in_the_free_area_at_every_position(look: str, position: str) -> None:
    for title in ("A", TITLE, ODD_TITLES["many words"], ODD_TITLES["one wide word"], TITLES["Arabic with Latin"]):
        for fit in FITS:
            scene = replace(entitle(analyse("portrait, quarters"), title), position=position, fit=fit)
            assert_in_free_area(find_title_box(compose(look, scene)))


@every_look
def test_bars_of_colour_stay_on_the_canvas(look: str) -> None:
    for title in ("A", "🤯", TITLE, ODD_TITLES["many words"], TITLES["Burmese"]):
        for position in ("auto", "top-left", "top-right", "bottom-left", "bottom-right"):
            composition = compose(look, replace(entitle(analyse("grey"), title), position=position))
            for layer in composition.layers:
                if isinstance(layer, Shape):
                    assert all(-4 <= x <= SIZE[0] + 4 and -4 <= y <= SIZE[1] + 4 for x, y in layer.points), title


@every_look
@pytest.mark.parametrize("title", [*TITLES.values(), *ODD_TITLES.values()], ids=[*TITLES, *ODD_TITLES])
def test_no_letter_is_lost(look: str, title: str) -> None:
    lines = [placed.line.text for placed in compose(look, entitle(analyse("grey"), title)).lines]
    expected = normalize_title(title).replace("*", "").replace(" ", "")
    assert "".join(lines).replace(" ", "") == expected


@every_look
def test_lines_are_in_order_and_do_not_touch(look: str) -> None:
    for title in (TITLE, TITLES["Vietnamese"], TITLES["Arabic"], ODD_TITLES["many words"]):
        composition = compose(look, entitle(analyse("grey"), title))
        lines = composition.lines
        assert all(upper.box.bottom < lower.box.top for upper, lower in pairwise(lines))


@pytest.mark.parametrize("size", [(1, 1), (30000, 1), (1, 30000), (3, 2), (720, 1280), (2400, 700)])
@pytest.mark.parametrize("fit", FITS)
def test_pictures_of_any_shape_become_thumbnails(size: tuple[int, int], fit: str) -> None:
    """The union of two crops of the longest would fill gigabytes."""
    for thumbnail in make_thumbnails(encode(Image.new("RGB", size, RED), "PNG"), TITLE, fit=fit):
        assert decode_jpeg(thumbnail.jpeg).size == SIZE


# --- the user's choices -------------------------------------------------------------------------------------------


def find_centre(look: str, position: str, title: str = "Cat") -> tuple[float, float]:
    """Return where the middle of a title is, as fractions of the canvas."""
    left, top, right, bottom = find_title_box(
        compose(look, replace(entitle(analyse("grey"), title), position=position))
    )
    return (left + right) / 2 / SIZE[0], (top + bottom) / 2 / SIZE[1]


@pytest.mark.parametrize("look", ["stack", "panel", "labels"])
@pytest.mark.parametrize("row", ["top", "middle", "bottom"])
def test_a_look_beside_the_subject_is_in_the_column_asked_for(look: str, row: str) -> None:
    for title in ("Cat", TITLE):
        assert find_centre(look, f"{row}-left", title)[0] < 0.45
        assert find_centre(look, f"{row}-right", title)[0] > 0.55


@pytest.mark.parametrize("look", ["stack", "panel", "labels"])
@pytest.mark.parametrize("column", ["left", "right"])
def test_a_look_beside_the_subject_is_in_the_row_asked_for(look: str, column: str) -> None:
    rows = [find_centre(look, f"{row}-{column}")[1] for row in ("top", "middle", "bottom")]
    assert rows == sorted(set(rows))


@pytest.mark.parametrize("position", POSITIONS[1:])
def test_outlined_letters_are_at_the_position_asked_for(position: str) -> None:
    across, down = find_centre("outline", position)
    row, column = position.split("-")
    assert column == ("left" if across < 0.45 else "right" if across > 0.55 else "center")
    assert row == ("top" if down < 0.4 else "bottom" if down > 0.52 else "middle")


@pytest.mark.parametrize("column", ["left", "center", "right"])
def test_a_fade_is_in_the_row_asked_for(column: str) -> None:
    assert find_centre("fade", f"top-{column}")[1] < 0.45
    assert find_centre("fade", f"bottom-{column}")[1] > 0.55


def test_a_fade_is_aligned_as_asked_for() -> None:
    across = [find_centre("fade", f"top-{column}")[0] for column in ("left", "center", "right")]
    assert across == sorted(set(across))


@every_look
@pytest.mark.parametrize("fit", ["pad", "letterbox"])
@pytest.mark.parametrize("name", ["quarters", "wide, quarters", "portrait, quarters"])
def test_pad_and_letterbox_show_the_whole_picture(look: str, fit: str, name: str) -> None:
    scene = replace(analyse(name), fit=fit)
    framing = compose(look, scene).framing
    assert framing.region == WHOLE_PICTURE
    width, height = framing.area.size
    assert width / height == pytest.approx(scene.size[0] / scene.size[1], rel=0.01)


@every_look
@pytest.mark.parametrize("fit", ["auto", "crop"])
@pytest.mark.parametrize("name", ["quarters", "wide, quarters", "portrait, quarters"])
def test_auto_and_crop_leave_no_bars(look: str, fit: str, name: str) -> None:
    """What the picture leaves free is of the title's colour, and at the title's side."""
    composition = compose(look, replace(analyse(name), fit=fit))
    left, top, right, bottom = composition.framing.area
    assert (top, bottom) == (0, SIZE[1])
    assert left == 0 or right == SIZE[0]
    if composition.framing.area != CANVAS:
        assert composition.ground
        title = find_title_box(composition)
        assert (left > 0) == (title.left + title.right < SIZE[0])


@every_look
@pytest.mark.parametrize("size", [(720, 1280), (2400, 700)])
def test_letterbox_has_black_bars(look: str, size: tuple[int, int]) -> None:
    picture = encode(Image.new("RGB", size, RED), "PNG")
    canvas = decode_jpeg(make_thumbnail(picture, TITLE, fit="letterbox", look=look, overlay=False)).convert("L")
    area = compose(look, replace(make_scene(Image.new("RGB", size, RED)), fit="letterbox")).framing.area.round()
    bars = [(0, 0, area.left - 8, 720), (area.right + 8, 0, 1280, 720)]
    bars += [(0, 0, 1280, area.top - 8), (0, area.bottom + 8, 1280, 720)]
    for left, top, right, bottom in bars:
        if left < right and top < bottom:
            assert max(canvas.crop((left, top, right, bottom)).tobytes()) < 12


@every_look
@pytest.mark.parametrize("fit", ["auto", "crop", "pad"])
@pytest.mark.parametrize("size", [(720, 1280), (2400, 700)])
def test_no_part_of_the_canvas_is_left_black(look: str, fit: str, size: tuple[int, int]) -> None:
    picture = encode(draw_quarters(size), "PNG")
    canvas = decode_jpeg(make_thumbnail(picture, TITLE, look=look, fit=fit)).convert("L")
    for edge in ((0, 0, 8, 720), (1272, 0, 1280, 720), (0, 0, 1280, 8), (0, 712, 1280, 720)):
        assert sum(canvas.crop(edge).histogram()[:8]) < 0.5 * canvas.crop(edge).width * canvas.crop(edge).height


@every_look
@pytest.mark.parametrize("accent", [(255, 0, 128), (0, 200, 255), (255, 230, 0)])
def test_the_users_accent_is_drawn(look: str, accent: tuple[int, int, int]) -> None:
    for name in ("grey", "black", "quarters"):
        composition = compose(look, replace(entitle(analyse(name), "I ate *100 burgers* today"), accent=accent))
        drawn = [composition.ground, *(layer.colour for layer in composition.layers)]
        assert accent in drawn or any(is_similar(letters.accent, accent) for letters in composition.letters)


def is_similar(colour: tuple[int, int, int], accent: tuple[int, int, int]) -> bool:
    """Tell whether a colour is an accent, or one that has been lightened or darkened."""
    order = sorted(range(3), key=lambda channel: accent[channel])
    return colour[order[0]] <= colour[order[1]] <= colour[order[2]]


@every_look
@pytest.mark.parametrize("accent", [(120, 140, 160), (0, 0, 0), (255, 255, 255), (14, 14, 16), (220, 30, 30)])
@pytest.mark.parametrize("name", ["grey", "white", "black", "red"])
def test_an_accent_of_the_grounds_colour_is_still_read(look: str, accent: tuple[int, int, int], name: str) -> None:
    scene = replace(entitle(analyse(name), "I ate *100 burgers* today"), accent=accent)
    assert measure_contrast(look, scene) >= 2.7


# --- emphasis ----------------------------------------------------------------------------------------------------


@every_look
@pytest.mark.parametrize("title", ["I ate *100 burgers* today", "Ich aß *heute* nichts", "שלום *עולם* יפה"])
def test_emphasized_words_differ_in_colour_or_size(look: str, title: str) -> None:
    composition = compose(look, entitle(analyse("grey"), title))
    drawn: dict[bool, set[object]] = {True: set(), False: set()}
    for number, letters in enumerate(composition.letters):
        for line in letters.lines:
            for glyph in line.line.glyphs:
                is_emphasized = any(span.start <= glyph.offset < span.end for span in line.emphasis)
                # Letters on bars of another colour are drawn apart.
                drawn[is_emphasized].add((letters.accent if is_emphasized else letters.fill, line.size, number))
    assert drawn[True]
    assert drawn[True] != drawn[False]


@every_look
def test_marks_are_not_drawn(look: str) -> None:
    for line in compose(look, entitle(analyse("grey"), "I ate *100 burgers* today")).lines:
        assert "*" not in line.line.text


# --- legibility ----------------------------------------------------------------------------------------------------


@cache
def encode_scene(name: str) -> bytes:
    return encode(analyse(name).preview, "PNG")


def measure_contrast(look: str, scene: Scene) -> float:
    """Draw a thumbnail of a scene's preview, and return its contrast."""
    accent = "#{:02x}{:02x}{:02x}".format(*scene.accent) if scene.accent else "auto"
    marked = scene.title.text
    for span in reversed(scene.title.emphasis):
        marked = f"{marked[: span.start]}*{marked[span.start : span.end]}*{marked[span.end :]}"
    [thumbnail] = make_thumbnails(
        encode(scene.preview, "PNG"), marked, look=look, accent=accent, fit=scene.fit, position=scene.position
    )
    return thumbnail.contrast


@every_look
@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize(
    "name",
    [
        "grey",
        "white",
        "black",
        "red",
        "quarters",
        "wide, white",
        "wide, quarters",
        "portrait, grey",
        "portrait, white",
        "portrait, quarters",
    ],
)
def test_letters_contrast_with_what_is_behind_them(look: str, fit: str, name: str) -> None:
    """WCAG asks for 3:1 at least for large text."""
    assert measure_contrast(look, replace(analyse(name), fit=fit)) >= 3


# --- subjects ------------------------------------------------------------------------------------------------------

SUBJECTS = {"left": (100, 100, 520, 620), "right": (760, 100, 1180, 620), "centre": (470, 120, 810, 600)}


@pytest.mark.parametrize("side", SUBJECTS)
def test_the_best_variant_does_not_cover_the_subject(side: str) -> None:
    subject = SUBJECTS[side]
    compositions = compose_looks(make_scene(draw_subject(SIZE, subject)), "auto")
    best = next(iter(choose_variants(compositions).values()))
    shown = find_shown(best.framing, SIZE, subject)
    covered = sum(line.intersect(shown).area for line in list_line_boxes(best))
    assert covered < 0.05 * shown.area


@every_look
@pytest.mark.parametrize("side", ["left", "right"])
def test_no_look_covers_much_of_a_subject_that_leaves_room(look: str, side: str) -> None:
    subject = SUBJECTS[side]
    composition = compose(look, make_scene(draw_subject(SIZE, subject)))
    shown = find_shown(composition.framing, SIZE, subject)
    covered = sum(line.intersect(shown).area for line in list_line_boxes(composition))
    assert covered < 0.2 * shown.area or composition.declined


# --- the choice ----------------------------------------------------------------------------------------------------


def make_composition(cost: float, left: float = 0, *, declined: str = "", right: float = 0) -> Composition:
    """Make a composition with a title that begins at `left`, on a picture that begins at `right`."""
    box = Box(left, 100, left + 200, 300)
    return Composition(
        Framing(WHOLE_PICTURE, Box(right, 0, *SIZE), {}),
        None,
        (),
        (Letters((), box, (255, 255, 255), (255, 255, 255)),),
        {"all": cost},
        declined,
    )


def test_three_looks_are_chosen_best_first() -> None:
    candidates = {
        name: make_composition(cost, 250 * cost) for name, cost in (("a", 3), ("b", 1), ("c", 2), ("d", 4), ("e", 0))
    }
    assert list(choose_variants(candidates)) == ["e", "b", "c"]
    assert VARIANTS == 3


def test_looks_that_decline_come_last() -> None:
    candidates = {
        "declining": make_composition(0.1, declined="no room"),
        "poor": make_composition(5, 300),
        "worse": make_composition(6, 600),
        "worst": make_composition(7, 900),
    }
    assert list(choose_variants(candidates)) == ["poor", "worse", "worst"]
    del candidates["worst"]
    assert list(choose_variants(candidates)) == ["poor", "worse", "declining"]


def test_one_candidate_is_the_only_variant_even_if_it_declines() -> None:
    candidates = {"stack": make_composition(1, declined="no room")}
    assert choose_variants(candidates) == candidates


def test_of_two_look_alikes_only_one_is_chosen() -> None:
    candidates = {
        "first": make_composition(1),
        "copy": make_composition(1.01),
        "other": make_composition(1.2, 400),
        "another": make_composition(1.3, 800),
    }
    assert list(choose_variants(candidates)) == ["first", "other", "another"]


@pytest.mark.parametrize("name", ["grey", "quarters", "noise", "portrait, quarters"])
def test_three_variants_of_different_looks_are_made(name: str) -> None:
    thumbnails = make_thumbnails(encode_scene(name), TITLE)
    looks = [thumbnail.look for thumbnail in thumbnails]
    assert len(looks) == len(set(looks)) == 3
    assert set(looks) <= set(LOOKS)


@pytest.mark.parametrize("name", ["quarters", "portrait, quarters", "wide, quarters", "noise"])
def test_a_look_is_the_same_alone_and_among_three(name: str) -> None:
    picture = encode_scene(name)
    thumbnails = make_thumbnails(picture, TITLE)
    for thumbnail in thumbnails:
        assert make_thumbnails(picture, TITLE, look=thumbnail.look) == [thumbnail]
    assert make_thumbnail(picture, TITLE) == thumbnails[0].jpeg


@pytest.fixture
def sketch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Add a look: a module beside the others."""
    (tmp_path / "sketch.py").write_text(
        "from process.looks import outline\n"
        "def compose(scene):\n"
        "    return outline.compose(scene)._replace(costs={'look': -9.0})\n"
    )
    (tmp_path / "_shared.py").write_text("raise ImportError('not a look')\n")
    monkeypatch.setattr("process.looks.__path__", [*sys.modules["process.looks"].__path__, str(tmp_path)])
    list_looks.cache_clear()
    yield "sketch"
    list_looks.cache_clear()
    sys.modules.pop("process.looks.sketch", None)


def test_to_add_a_look_is_to_add_a_module(sketch: str) -> None:
    assert sorted(list_looks()) == sorted((*LOOKS, sketch))
    picture = encode_scene("grey")
    assert make_thumbnails(picture, TITLE)[0].look == sketch
    assert [thumbnail.look for thumbnail in make_thumbnails(picture, TITLE, look=sketch)] == [sketch]


@every_look
def test_every_look_has_a_cost_and_is_deterministic(look: str) -> None:
    scene = analyse("quarters")
    composition = compose(look, scene)
    assert composition.costs
    assert composition == compose(look, make_scene(draw_quarters(SIZE)))


# --- layers and letters --------------------------------------------------------------------------------------------


def draw(look: str, picture: bytes, **options: bool) -> Image.Image:
    return decode_jpeg(make_thumbnail(picture, TITLE, look=look, **options))  # type: ignore[arg-type]


@every_look
def test_without_letters_all_but_the_letters_is_drawn(look: str) -> None:
    picture = encode(make_plain(), "PNG")
    whole, letterless = (draw(look, picture, letters=letters) for letters in (True, False))
    composition = compose(look, make_scene(make_plain()))
    changed = find_difference(whole, letterless)
    assert changed
    left, top, right, bottom = find_title_box(composition)
    reach = 40  # of a shadow
    assert changed[0] >= left - reach
    assert changed[1] >= top - reach
    assert changed[2] <= right + reach
    assert changed[3] <= bottom + reach


@every_look
def test_without_overlay_the_picture_lies_as_under_the_title(look: str) -> None:
    picture = encode(draw_quarters((900, 1200)), "PNG")
    whole, bare = (draw(look, picture, overlay=overlay) for overlay in (True, False))
    composition = compose(look, make_scene(draw_quarters((900, 1200))))
    assert find_difference(whole, bare)
    if not composition.layers:
        assert bare.tobytes() == draw(look, picture, letters=False).tobytes()
    # Far from the title, and from its bars or panel, nothing differs.
    if all(isinstance(layer, Shape) for layer in composition.layers):
        title = find_title_box(composition)
        x = 0 if title.left + title.right > SIZE[0] else SIZE[0] - 60
        y = 0 if title.top + title.bottom > SIZE[1] else SIZE[1] - 60
        far = (x, y, x + 60, y + 60)
        assert not find_difference(whole.crop(far), bare.crop(far))


@pytest.mark.parametrize("title", ["", "   ", "\n\t"])
@pytest.mark.parametrize("look", ["auto", *LOOKS])
def test_without_a_title_there_is_one_thumbnail_of_only_the_picture(title: str, look: str) -> None:
    picture = encode(draw_quarters(SIZE), "PNG")
    [thumbnail] = make_thumbnails(picture, title, look=look)
    assert thumbnail.jpeg == make_thumbnail(picture, "", overlay=False)
    assert (thumbnail.contrast, thumbnail.cap_height, thumbnail.words) == (0, 0, 0)
    assert look in ("auto", thumbnail.look)


@pytest.mark.parametrize("title", ["\u2800", "\u3164", "\u2800 \uffa0"])
def test_a_title_of_blanks_is_no_title(title: str) -> None:
    picture = encode(draw_quarters(), "PNG")
    assert make_thumbnails(picture, title)[0].jpeg == make_thumbnails(picture, "")[0].jpeg


@pytest.mark.parametrize("fit", FITS)
def test_a_title_of_underscores_is_drawn(fit: str) -> None:
    assert len(make_thumbnails(encode(draw_quarters(), "PNG"), "_" * 30, fit=fit)) == 3


def find_line_ends(title: str) -> list[float]:
    """Return the right ends of the lines of a title in `fade`."""
    composition = compose("fade", entitle(analyse("grey"), title))
    return [line.box.right for line in composition.lines]


def test_right_to_left_lines_begin_at_the_right() -> None:
    first, *others = find_line_ends("שלום עולם יפה מאוד מאוד וגם ארוך מאוד")
    assert others
    assert all(other == pytest.approx(first, abs=1) for other in others)


def test_bars_differ_from_that_of_the_hook_in_any_accent() -> None:
    for accent in ((255, 255, 255), (0, 0, 0)):
        bars = compose("labels", replace(entitle(analyse("grey"), "I ate *100* burgers"), accent=accent)).layers
        assert len({bar.colour for bar in bars}) == 2
