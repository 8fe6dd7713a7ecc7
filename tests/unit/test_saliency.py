"""Faces, detail, rare colours and what the background lacks are salient, in the middle more than elsewhere."""

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from process.layout.saliency import (
    _CENTRE_PRIOR,
    PREVIEW_SIDE,
    _erode,
    _make_band,
    _map_colour_rarity,
    _map_foreground,
    _map_local_contrast,
    _normalize,
    map_saliency,
)

SIZE = (320, 180)
GREY = (110, 120, 130)
Colour = tuple[int, int, int]
Bounds = tuple[int, int, int, int]


def draw(*shapes: tuple[Bounds, Colour], ground: Colour = GREY) -> Image.Image:
    picture = Image.new("RGB", SIZE, ground)
    for box, colour in shapes:
        ImageDraw.Draw(picture).ellipse(box, colour)
    return picture


def measure(map_: Image.Image, box: Bounds) -> float:
    """Return the mean of a map at half the picture's size in a box of the picture."""
    left, top, right, bottom = box
    return float(ImageStat.Stat(map_.crop((left // 2, top // 2, right // 2, bottom // 2))).mean[0])


def test_maps_have_half_the_size_of_the_preview() -> None:
    assert PREVIEW_SIDE == 320
    for size in (SIZE, (180, 320), (1, 1), (320, 1), (3, 5)):
        maps = map_saliency(Image.new("RGB", size, GREY))
        expected = max(1, size[0] // 2), max(1, size[1] // 2)
        assert maps.detail.size == maps.skin.size == maps.subject.size == expected


# --- skin ----------------------------------------------------------------------------------------------------------

FACE = (130, 20, 190, 90)
SKINS = [(255, 219, 190), (224, 172, 140), (198, 134, 96), (141, 85, 54), (92, 58, 42)]


@pytest.mark.parametrize("skin", SKINS)
def test_skin_of_all_tones_is_found(skin: Colour) -> None:
    assert measure(map_saliency(draw((FACE, skin))).skin, (150, 40, 170, 70)) > 150


@pytest.mark.parametrize(
    "colour",
    [(90, 150, 230), (60, 140, 50), (230, 20, 20), (240, 220, 30), (250, 250, 250), (150, 60, 200), (40, 22, 14)],
)
def test_other_colours_are_no_skin(colour: Colour) -> None:
    assert measure(map_saliency(draw((FACE, colour), ((10, 10, 40, 40), (0, 90, 250)))).skin, FACE) < 40


def test_low_in_the_picture_skin_is_more_often_arms_and_legs() -> None:
    levels = [
        measure(map_saliency(draw(((130, top, 190, top + 50), SKINS[1]))).skin, (150, top + 15, 170, top + 35))
        for top in (5, 60, 95, 125)
    ]
    assert levels == pytest.approx([255, 245, 175, 95], abs=6)


def test_specks_and_lines_of_skin_are_no_faces() -> None:
    specks = draw(*(((x, y, x + 1, y + 1), SKINS[1]) for x in range(100, 200, 12) for y in range(40, 90, 12)))
    ImageDraw.Draw(specks).line((20, 100, 300, 100), SKINS[1], 2)
    assert max(map_saliency(specks).skin.tobytes()) < 10


@pytest.mark.parametrize("size", [(1, 5), (5, 1), (2, 5), (5, 2), (3, 3)])
def test_a_patch_is_eroded_by_one_pixel_at_each_side(size: tuple[int, int]) -> None:
    image = Image.new("L", (20, 20))
    image.paste(255, (8, 7, 8 + size[0], 7 + size[1]))
    left, top, right, bottom = 9, 8, 7 + size[0], 6 + size[1]
    expected = Image.new("L", (20, 20))
    if right > left and bottom > top:
        expected.paste(255, (left, top, right, bottom))
    assert ImageChops.difference(_erode(image), expected).getbbox() is None


def test_the_edges_of_a_band_are_soft_within_it() -> None:
    band = _make_band(100, 150)
    assert [band[level] for level in (0, 99, 100, 103, 106, 125, 144, 147, 150, 151, 255)] == pytest.approx(
        [0, 0, 0, 127.5, 255, 255, 255, 127.5, 0, 0, 0]
    )


@pytest.mark.parametrize(("share", "people"), [(0.3, 1.0), (0.04, 0.5), (0.02, 0.25), (0.0, 0.0)])
def test_the_more_skin_the_likelier_there_are_people(share: float, people: float) -> None:
    """Eight hundredths of the picture are enough."""
    picture = Image.new("RGB", SIZE, (60, 100, 160))
    picture.paste((60, 160, 100), (0, 120, 320, 180))
    side = round((share * SIZE[0] * SIZE[1]) ** 0.5)
    picture.paste(SKINS[1], (100, 0, 100 + side, side))
    assert map_saliency(picture).people == pytest.approx(people, abs=0.12)


def tint(amount: int) -> Image.Image:
    """Draw a lit oval in grey, with stripes of faint colour beside it."""
    picture = Image.new("RGB", SIZE, (30, 30, 30))
    ImageDraw.Draw(picture).ellipse((110, 20, 210, 120), (180, 180, 180))
    ImageDraw.Draw(picture).rectangle((0, 140, 320, 180), (90 - amount, 90, 90 + amount))
    return picture


@pytest.mark.parametrize(("amount", "people"), [(0, 0.75), (4, 0.75), (30, 0.0)])
def test_in_greyscale_it_is_likely_that_there_are_people(amount: int, people: float) -> None:
    assert map_saliency(tint(amount)).people == pytest.approx(people, abs=0.05)


def test_in_greyscale_faces_are_lit_detailed_and_where_heads_are_likely() -> None:
    def find(box: Bounds, level: int, stripe: int) -> float:
        picture = Image.new("RGB", SIZE, (20, 20, 20))
        ImageDraw.Draw(picture).ellipse(box, (level, level, level))
        for y in range(box[1] + 10, box[3] - 8, 10):
            ImageDraw.Draw(picture).line((box[0] + 15, y, box[2] - 15, y), (stripe, stripe, stripe), 3)
        return measure(map_saliency(picture).skin, box)

    head = (120, 20, 200, 110)
    lit = find(head, 170, 90)
    assert lit > 60
    assert find(head, 50, 45) < 0.2 * lit, "in the dark"
    assert find(head, 255, 250) < 0.35 * lit, "burnt out"
    assert find((5, 90, 85, 178), 170, 90) < 0.5 * lit, "in a corner"


# --- detail and colour ---------------------------------------------------------------------------------------------


def test_edges_are_detail_and_flat_areas_are_not() -> None:
    luma = Image.new("L", SIZE, 60)
    luma.paste(200, (160, 0, 320, 180))
    detail = _map_local_contrast(luma)
    edge, flat = detail.getpixel((160, 90)), detail.getpixel((60, 90))
    assert (edge, flat) == (255, 0)
    assert detail.getpixel((160 - 7, 90)) < 0.5 * 255  # type: ignore[operator]
    assert detail.getpixel((160 - 9, 90)) == 0
    assert detail.getpixel((160 - 6, 90)) > 0  # type: ignore[operator]


def test_faint_noise_is_not_scaled_up() -> None:
    assert _normalize(Image.new("L", (4, 4), 6)).getpixel((0, 0)) == pytest.approx(255 * 6 / 24, abs=1)
    assert _normalize(Image.new("L", (4, 4), 48)).getpixel((0, 0)) == 255


def test_a_rare_colour_is_half_as_salient_as_an_edge() -> None:
    picture = Image.new("RGB", SIZE, (40, 60, 90))
    picture.paste((240, 160, 40), (20, 20, 60, 60))
    rarity = _map_colour_rarity(picture)
    assert rarity.getpixel((40, 40)) == pytest.approx(127, abs=1)
    assert rarity.getpixel((200, 100)) < 15  # type: ignore[operator]
    assert rarity.getpixel((20, 40)) == pytest.approx(76, abs=14), "with soft edges"


def test_a_colour_that_the_edges_of_the_picture_lack_is_foreground() -> None:
    def find(box: Bounds) -> float:
        picture = Image.new("RGB", (160, 90), (60, 90, 120))
        picture.paste((230, 120, 40), box)
        centre = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
        return float(_map_foreground(picture).getpixel(centre))  # type: ignore[arg-type]

    assert find((60, 30, 100, 60)) == 255
    assert find((60, 50, 100, 90)) == 255, "people stand on the lower edge"
    assert find((60, 0, 100, 30)) < 60, "at the upper edge"
    assert find((0, 30, 40, 60)) < 90, "at the left edge"
    assert find((120, 30, 160, 60)) < 90, "at the right edge"
    assert find((60, 3, 100, 33)) < 120, "nearly at the upper edge"
    assert find((60, 7, 100, 37)) == 255, "clear of it"
    # A ninth of the picture, and 40 of the 1,700 pixels along its edges, which weigh 1.6 times as much.
    inside, outside = 1 / 9, 1.6 * 40 / 1700
    assert find((60, 4, 100, 44)) == pytest.approx(255 * (inside - outside) / (inside + outside), abs=2)


def test_the_foreground_has_soft_edges() -> None:
    picture = Image.new("RGB", (160, 90), (60, 90, 120))
    picture.paste((230, 120, 40), (60, 30, 100, 60))
    foreground = _map_foreground(picture)
    assert [foreground.getpixel((x, 45)) for x in (57, 58, 59, 60, 61, 62)] == pytest.approx(
        [0, 51, 102, 153, 204, 255], abs=2
    )


def test_a_background_that_goes_on_inside_is_no_foreground() -> None:
    picture = Image.new("RGB", (160, 90), (60, 90, 120))
    assert max(_map_foreground(picture).tobytes()) == 0
    picture.paste((200, 200, 60), (0, 0, 160, 40))
    picture.paste((200, 200, 60), (40, 40, 120, 52))
    assert max(_map_foreground(picture).tobytes()) < 60


# --- the subject ---------------------------------------------------------------------------------------------------


def place(x: int, y: int) -> float:
    """Return how salient a disc is at a place of the picture, relative to a large one in the middle."""
    disc, other = (x - 20, y - 20, x + 20, y + 20), (140, 62, 180, 102)
    subject = map_saliency(draw((other, (230, 230, 60)), (disc, (230, 230, 60)))).subject
    return measure(subject, disc) / measure(subject, other)


def test_what_is_in_the_middle_is_more_salient() -> None:
    left, right, top, bottom = place(30, 82), place(290, 82), place(160, 30), place(160, 150)
    assert left == pytest.approx(right, abs=0.05)
    assert 0.15 < left < 0.55
    assert bottom < top
    assert place(30, 155) < 0.65 * left


def test_the_prior_is_symmetric_and_falls_from_a_little_above_the_middle() -> None:
    width, height = _CENTRE_PRIOR.size
    rows = [list(_CENTRE_PRIOR.crop((0, row, width, row + 1)).tobytes()) for row in range(height)]
    assert all(row == row[::-1] for row in rows)
    assert all(row[: width // 2 + 1] == sorted(row[: width // 2 + 1]) for row in rows)
    centre = [row[width // 2] for row in rows]
    assert centre[1:3] == [255, 255]
    assert centre[2:] == sorted(centre[2:], reverse=True)
    assert centre[0] < 150
    assert rows[-1][width // 2] < 25


def test_at_the_lower_edge_skin_counts_a_fifth() -> None:
    skin = map_saliency(draw(((0, 165, 320, 400), SKINS[1]), ((10, 10, 60, 60), (0, 90, 250)))).skin
    assert skin.getpixel((80, 88)) == pytest.approx(47, abs=6)


def summarize(map_: Image.Image) -> list[list[int]]:
    reduced = map_.resize((8, 4), Image.Resampling.BOX)
    return [list(reduced.crop((0, row, 8, row + 1)).tobytes()) for row in range(4)]


def draw_portrait() -> Image.Image:
    """Draw a person at the left in front of a wall, with a lamp at the right."""
    picture = Image.linear_gradient("L").resize(SIZE).point(lambda level: 90 + level // 4)
    picture = Image.merge("RGB", (picture, picture, picture.point(lambda level: level + 15)))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((30, 100, 150, 180), 30, (40, 60, 150))
    draw.ellipse((60, 25, 120, 105), (224, 172, 140))
    draw.chord((58, 20, 122, 70), 180, 360, (60, 35, 25))
    for x in (78, 102):
        draw.ellipse((x - 5, 60, x + 5, 66), (40, 30, 30))
    draw.polygon([(230, 60), (280, 60), (290, 100), (220, 100)], (250, 220, 120))
    draw.rectangle((252, 100, 258, 180), (60, 60, 60))
    return picture


PORTRAIT = [
    [0, 12, 37, 2, 0, 0, 0, 0],
    [0, 66, 198, 4, 0, 17, 31, 3],
    [2, 26, 66, 21, 0, 8, 15, 2],
    [3, 14, 16, 14, 0, 0, 3, 0],
]
GREYSCALE_PORTRAIT = [
    [0, 17, 47, 4, 1, 1, 1, 0],
    [0, 47, 149, 6, 0, 36, 60, 6],
    [4, 38, 75, 39, 1, 18, 31, 4],
    [5, 24, 28, 23, 1, 1, 6, 1],
]


def test_the_subject_of_a_portrait_is_the_face_then_the_body_then_the_lamp() -> None:
    """With the weights that were tuned on photos: compare `make bench-overlay` before and after changing these."""
    portrait = draw_portrait()
    for picture, expected in ((portrait, PORTRAIT), (portrait.convert("L").convert("RGB"), GREYSCALE_PORTRAIT)):
        for found, levels in zip(summarize(map_saliency(picture).subject), expected, strict=True):
            assert found == pytest.approx(levels, abs=3)
