"""Every file becomes a thumbnail or is refused, with a reason for the user."""

import sys
from collections.abc import Iterator

import pytest
from benchmarks.memory import KINDS
from helpers.bad_pictures import BAD_PICTURES, BadPicture
from helpers.mutations import make_valid_files, mutated_files
from helpers.pictures import assert_colours, decode_jpeg
from helpers.sandbox import BROKEN, REFUSED, THUMBNAIL, Sandbox
from hypothesis import given, settings

from process.errors import InvalidImage
from process.thumbnail import make_thumbnail

# Seconds after which a file counts as hanging; not a performance target.
TIMEOUT = 60

# The minimum of `process_memory_mb`, less what the handler needs.
MAX_MEGABYTES = 1400


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(TIMEOUT) as running:
        yield running


@pytest.mark.filterwarnings("ignore")  # Pillow warns of broken metadata
@pytest.mark.parametrize("picture", BAD_PICTURES, ids=lambda picture: picture.name)
def test_a_bad_picture_is_refused_with_its_reason_or_comes_out_right(picture: BadPicture) -> None:
    data = picture.make()
    if picture.refused:
        with pytest.raises(InvalidImage, match=picture.refused):
            make_thumbnail(data, "")
    else:
        result = decode_jpeg(make_thumbnail(data, "", fit="pad"))
        assert result.size == (1280, 720)
        assert_colours(result, picture.shows, tolerance=15)


@pytest.mark.parametrize("name", make_valid_files())
def test_a_damaged_picture_is_refused_or_read_but_never_breaks(name: str, sandbox: Sandbox) -> None:
    assert sandbox.run(make_valid_files()[name]).kind == THUMBNAIL

    @settings(max_examples=15, derandomize=True, database=None, deadline=None)
    @given(data=mutated_files([make_valid_files()[name]]))
    def check(data: bytes) -> None:
        outcome = sandbox.run(data)
        assert outcome.kind != BROKEN, outcome.reason
        assert outcome.megabytes < MAX_MEGABYTES

    check()


# The kinds that take the most memory, tested at 4 megapixels. `make bench-memory` measures every kind at full size.
HUNGRIEST = ["PNG, 16-bit grey", "WebP", "WebP with alpha", "TIFF, float", "TIFF, 16-bit with alpha"]
MAX_BYTES_PER_PIXEL = 20


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reports a process's peak")
@pytest.mark.parametrize("kind", HUNGRIEST)
def test_64_megapixels_fit_the_functions_memory(kind: str) -> None:
    with Sandbox(TIMEOUT) as fresh:
        before = fresh.run(make_valid_files()["JPEG"]).megabytes
        taken = fresh.run(KINDS[kind](2000)).megabytes - before
    assert taken < 4 * MAX_BYTES_PER_PIXEL
    assert 64 * MAX_BYTES_PER_PIXEL < MAX_MEGABYTES


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux reports a process's peak")
@pytest.mark.parametrize("bomb", ["PNG of 20000x20000 in 49 kB", "JPEG of 1,000 scans in 95 kB"])
def test_a_bomb_is_refused_before_it_takes_memory(bomb: str) -> None:
    [data] = [picture.make() for picture in BAD_PICTURES if picture.name == bomb]
    with Sandbox(TIMEOUT) as fresh:
        before = fresh.run(b"").megabytes
        outcome = fresh.run(data)
    assert outcome.kind == REFUSED
    assert outcome.megabytes - before < 5


def test_a_timeout_counts_as_broken() -> None:
    """Otherwise the tests above would not notice a file that hangs."""
    with Sandbox(timeout=0) as impatient:
        assert impatient.run(make_valid_files()["JPEG"]).kind == BROKEN
