"""A thumbnail is the same at every size, drawn at that size, and its file no larger than asked for."""

import math
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from helpers.icc import RED_GREEN_SWAP_PROFILE
from helpers.pictures import assert_quarters, compute_psnr, decode_jpeg, draw_quarters, encode, store_as
from PIL import Image

from common.options import LIMITS, SIZES
from process.canvas import CANVAS, parse_size
from process.image.encode import encode as encode_jpeg
from process.image.resize import View, crop_and_scale
from process.looks import list_looks
from process.render.composition import Fade
from process.render.shapes import draw_fade
from process.thumbnail import decode_for, find_views, make_thumbnail, make_thumbnails, plan

SAMPLE = Path(__file__).parents[2] / "docs" / "images" / "sample.jpg"
TITLE = "We *launched* it today 🚀"
LARGEST = SIZES[-1]


@cache
def make_photo(size: tuple[int, int]) -> bytes:
    """Return a JPEG of the sample photo, scaled to a size."""
    return encode(Image.open(SAMPLE).resize(size, Image.Resampling.LANCZOS), "JPEG", quality=92)


@cache
def make_noise(size: tuple[int, int]) -> Image.Image:
    """Return black and white pixels at random, the same on every run."""
    noise = Random(0).randbytes(math.prod(size))  # noqa: S311  for a picture
    return Image.frombytes("L", size, noise).point(lambda level: 255 * (level > 127)).convert("RGB")


# --- the same at every size ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("look", "picture"), [*((look, (4000, 2667)) for look in list_looks()), ("panel", (900, 600))])
def test_a_large_thumbnail_scaled_down_is_the_small_one(look: str, picture: tuple[int, int]) -> None:
    """What differs is JPEG's loss, and the antialiasing of edges: 3 x 3 pixels become one."""
    photo = make_photo(picture)
    small = decode_jpeg(make_thumbnail(photo, TITLE, look=look))
    for size, limit in ((SIZES[1], LIMITS[0]), (LARGEST, LIMITS[1])):
        large = decode_jpeg(make_thumbnail(photo, TITLE, look=look, size=size, limit=limit))
        assert f"{large.width}x{large.height}" == size
        assert compute_psnr(large.resize(small.size, Image.Resampling.BOX), small) > 30


@pytest.mark.parametrize("fit", ["auto", "pad", "letterbox"])
def test_what_is_decided_does_not_depend_on_the_size(fit: str) -> None:
    """Even though the decoder gives more pixels, and other ones, of a JPEG that is shown larger."""
    photo = make_photo((4000, 2667))
    small, large = plan(photo, TITLE, fit=fit), plan(photo, TITLE, fit=fit, size=LARGEST)
    assert small.variants == large.variants
    assert small.content == large.content


def test_what_is_measured_of_a_thumbnail_does_not_depend_on_the_size() -> None:
    photo = make_photo((4000, 2667))
    for small, large in zip(make_thumbnails(photo, TITLE), make_thumbnails(photo, TITLE, size=LARGEST), strict=True):
        assert small.look == large.look
        assert small.cap_height == large.cap_height
        assert small.contrast == pytest.approx(large.contrast, rel=0.1)
        assert 3 * small.scale == pytest.approx(large.scale, rel=0.01)


# --- drawn at that size --------------------------------------------------------------------------------------------


def test_letters_are_as_sharp_at_the_largest_size() -> None:
    """Scaled up from 1280x720, they would have soft edges."""
    grey = encode(Image.new("RGB", (1280, 720), (120, 120, 120)), "PNG")
    large = decode_jpeg(make_thumbnail(grey, "HIM", look="panel", size=LARGEST, limit=LIMITS[1])).convert("L")
    enlarged = decode_jpeg(make_thumbnail(grey, "HIM", look="panel")).convert("L").resize(large.size)

    def find_steepest(picture: Image.Image) -> int:
        return max(abs(right - left) for left, right in pairwise(picture.tobytes()))

    assert find_steepest(large) > 1.5 * find_steepest(enlarged)


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
def test_a_fade_has_no_bands_at_the_largest_size(edge: str) -> None:
    """No two pixels next to each other differ by more than one level, the least that there is."""
    canvas = Image.new("RGB", parse_size(LARGEST), (255, 255, 255))
    draw_fade(canvas, Fade(CANVAS, edge, (0, 0, 0), 0.9, 0.3), 3.0)
    width, height = canvas.size
    line = canvas.getchannel("R").crop((0, 0, 1, height) if edge in ("top", "bottom") else (0, 0, width, 1)).tobytes()
    assert set(line) == set(range(25, 256))
    assert max(abs(right - left) for left, right in pairwise(line)) == 1


def test_a_small_picture_is_enlarged_smoothly() -> None:
    """Its pixels do not show as blocks: between two levels, all levels in between occur."""
    step = Image.new("L", (64, 36))
    step.paste(255, (32, 0, 64, 36))
    thumbnail = make_thumbnail(encode(step, "PNG"), "", size=LARGEST, limit=LIMITS[1])
    row = decode_jpeg(thumbnail).convert("L").crop((0, 1000, 3840, 1001)).tobytes()
    assert sum(20 < level < 235 for level in row) > 40
    assert max(abs(right - left) for left, right in pairwise(row)) < 10


# --- no more pixels than needed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "decoded"), [("1280x720", (2000, 1125)), ("1920x1080", (4000, 2250)), ("3840x2160", (8000, 4500))]
)
def test_a_jpeg_is_decoded_at_the_smallest_scale_that_is_enough(
    monkeypatch: pytest.MonkeyPatch, size: str, decoded: tuple[int, int]
) -> None:
    sizes = list[tuple[int, int]]()

    def record(picture: Image.Image, views: Sequence[View]) -> list[Image.Image]:
        sizes.append(picture.size)
        return crop_and_scale(picture, views)

    monkeypatch.setattr("process.thumbnail.crop_and_scale", record)
    make_thumbnail(make_photo((8000, 4500)), "", size=size)
    assert sizes == [decoded]


def test_a_picture_that_was_decoded_in_full_is_not_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = make_photo((1400, 900))
    planned = plan(photo, TITLE, size=LARGEST)
    monkeypatch.setattr("process.thumbnail.decode", lambda *_: pytest.fail("decoded again"))
    [(picture, looks)] = decode_for(planned, find_views(planned, planned.variants))
    assert picture is planned.picture
    assert set(looks) == set(planned.variants)


def test_a_look_is_the_same_among_others_that_need_more_pixels() -> None:
    photo, size, fit = make_photo((2904, 1936)), SIZES[1], "pad"
    planned = plan(photo, TITLE, size=size, fit=fit)
    assert len(decode_for(planned, find_views(planned, planned.variants))) == 2
    for thumbnail in make_thumbnails(photo, TITLE, size=size, fit=fit):
        assert make_thumbnails(photo, TITLE, size=size, fit=fit, look=thumbnail.look) == [thumbnail]


@pytest.mark.parametrize("orientation", [1, 6])
def test_the_scale_says_how_much_a_picture_is_enlarged(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = (1280, 720) if orientation == 1 else (720, 1280)
    picture = encode(Image.new("RGB", upright, (90, 120, 60)), "JPEG", exif=exif)
    for size in SIZES:
        [thumbnail] = make_thumbnails(picture, "", size=size)
        assert thumbnail.scale == pytest.approx(parse_size(size)[0] / 1280)


@pytest.mark.parametrize("size", [(320, 180), (4000, 2250)], ids=["enlarged", "scaled down"])
def test_a_picture_with_a_profile_stored_sideways_is_shown_in_its_colours(size: tuple[int, int]) -> None:
    """One that is enlarged is converted before it is scaled and turned, any other after that."""
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = store_as(draw_quarters(size), 6)
    thumbnail = make_thumbnail(encode(stored, "JPEG", exif=exif, icc_profile=RED_GREEN_SWAP_PROFILE, quality=95), "")
    red, green, blue = decode_jpeg(thumbnail).split()
    assert_quarters(Image.merge("RGB", (green, red, blue)))


# --- the size of the file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("limit", "max_bytes"), [("2MB", 2_000_000), ("50MB", 50_000_000)])
def test_no_picture_makes_a_file_above_the_limit(size: str, limit: str, max_bytes: int) -> None:
    noise = encode(make_noise(parse_size(size)), "PNG", compress_level=1)
    for thumbnail in make_thumbnails(noise, "", size=size, limit=limit):
        assert len(thumbnail.jpeg) <= max_bytes


def test_at_1280x720_a_file_is_below_the_lower_limit_whatever_is_asked_for() -> None:
    photo = make_photo((1400, 900))
    assert make_thumbnail(photo, TITLE, limit="50MB") == make_thumbnail(photo, TITLE, limit="2MB")


def test_a_large_file_is_as_good_as_the_limit_allows_and_keeps_the_resolution_of_colours_if_there_are_bytes() -> None:
    """The lower limit costs nothing where the best file is below it."""
    calm = make_photo((1400, 900))
    noise = encode(make_noise((1280, 720)), "PNG")
    phone, desktop, lossy, lossless = (
        make_thumbnail(picture, TITLE, size=LARGEST, limit=limit) for picture in (calm, noise) for limit in LIMITS
    )
    assert phone == desktop
    assert len(lossy) < len(lossless)
    assert [read_subsampling(file) for file in (phone, lossy, lossless)] == [(1, 1), (2, 2), (1, 1)]


def read_subsampling(jpeg: bytes) -> tuple[int, int]:
    """Return the horizontal and vertical sampling factors of the luma."""
    sampling: tuple[int, int] = Image.open(BytesIO(jpeg)).layer[0][1:3]  # type: ignore[attr-defined]
    return sampling


def test_the_quality_is_at_most_two_steps_below_the_best_that_fits() -> None:
    photo = Image.open(SAMPLE)

    def measure(quality: int) -> int:
        subsampling = "4:2:0" if quality <= 90 else "4:4:4"
        return len(encode(photo, "JPEG", quality=quality, subsampling=subsampling, icc_profile=None))

    assert len(encode_jpeg(photo, 95, measure(95))) == measure(95)
    for best in (1, 2, 3, 40, 89, 90, 91, 94):
        assert measure(max(1, best - 2)) <= len(encode_jpeg(photo, 95, measure(best))) <= measure(best)
    assert len(encode_jpeg(photo, 95, 1)) == measure(1)


def test_a_misleading_sample_costs_few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as that of a picture in which only the rows of the sample are calm."""
    qualities = list[int]()

    def record(picture: Image.Image, quality: int) -> bytes:
        qualities.append(quality)
        return encode(picture, "JPEG", quality=quality, icc_profile=None)

    monkeypatch.setattr("process.image.encode._save", record)
    monkeypatch.setattr("process.image.encode._estimate_quality", lambda *_: 94)
    noise = make_noise((320, 160))
    limit = len(encode(noise, "JPEG", quality=10, icc_profile=None))
    assert len(encode_jpeg(noise, 95, limit)) <= limit
    assert len(qualities) < 10
