"""Pictures of every accepted kind are decoded to the right pixels."""

import io
import random
import subprocess
import sys

import pytest
from helpers.icc import LINEAR_GREY_PROFILE, RED_GREEN_SWAP_PROFILE
from helpers.pictures import (
    BLUE,
    GREEN,
    RED,
    YELLOW,
    assert_colours,
    assert_quarters,
    decode_jpeg,
    draw_quarters,
    encode,
    store_as,
)
from PIL import Image

from process.errors import InvalidImage
from process.image.colour import to_resizable, to_srgb
from process.image.decode import decode, open_header
from process.image.plugins import FORMATS, _load_plugin
from process.thumbnail import make_thumbnail


def render(data: bytes, fit: str = "pad") -> Image.Image:
    return decode_jpeg(make_thumbnail(data, "", fit=fit))


def decode_for_width(data: bytes, width: int) -> Image.Image:
    header = open_header(data)
    return decode(header, width / header.size[0])


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_is_read(file_format: str) -> None:
    result = render(encode(draw_quarters(), file_format))
    assert (result.format, result.mode, result.size) == ("JPEG", "RGB", (1280, 720))
    assert_quarters(result)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stored_rotated_or_mirrored_is_turned_upright(file_format: str, orientation: int) -> None:
    """A camera stores the pixels in its sensor's order, however it is held; EXIF says how it was held."""
    stored = store_as(draw_quarters(), orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert_quarters(render(encode(stored, file_format, exif=exif)))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_is_ignored() -> None:
    assert_quarters(render(encode(draw_quarters(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")))


@pytest.mark.parametrize(("width", "read"), [(1600, 1600), (3601, 1801), (4801, 2401), (7203, 1801), (14409, 1802)])
def test_a_large_jpeg_is_read_at_reduced_scale_and_looks_the_same(width: int, read: int) -> None:
    data = encode(draw_quarters((width, width * 9 // 16)), "JPEG")
    assert decode_for_width(data, 1280).width == read
    assert_quarters(render(data))


def test_a_large_heic_is_scaled_down_as_it_is_loaded_and_looks_the_same() -> None:
    data = encode(draw_quarters((4001, 2251)), "HEIF")
    assert decode_for_width(data, 1280).size == (2001, 1126)
    assert_quarters(render(data))


def test_a_large_jpeg_on_its_side_is_read_at_reduced_scale_and_looks_the_same() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = store_as(draw_quarters((6400, 3600)), 6)
    assert_quarters(render(encode(stored, "JPEG", exif=exif)))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_colours_are_converted_by_the_icc_profile(file_format: str) -> None:
    data = encode(draw_quarters(), file_format, icc_profile=RED_GREEN_SWAP_PROFILE)
    red, green = (RED[1], RED[0], RED[2]), (GREEN[1], GREEN[0], GREEN[2])
    assert_colours(render(data), {(320, 180): red, (960, 180): green}, tolerance=20)


@pytest.mark.parametrize("profile", [b"no profile at all", RED_GREEN_SWAP_PROFILE[:150]])
def test_an_unusable_profile_is_ignored(profile: bytes) -> None:
    assert_quarters(render(encode(draw_quarters(), "JPEG", icc_profile=profile)))


def test_a_profile_for_another_colour_space_is_ignored() -> None:
    data = encode(draw_quarters().convert("CMYK"), "JPEG", icc_profile=RED_GREEN_SWAP_PROFILE)
    assert_quarters(render(data))


@pytest.mark.parametrize("mode", ["L", "LA", "1", "I;16", "I", "F"])
def test_a_greyscale_picture_of_any_depth_keeps_its_levels(mode: str) -> None:
    grey = Image.linear_gradient("L").resize((320, 180))
    if mode == "1":
        grey = grey.point(lambda value: 255 if value > 127 else 0)
        picture = grey.convert("1")
    elif mode in ("I;16", "I", "F"):
        wide = grey.convert("I").point(lambda value: value * 257)
        picture = wide.convert(mode)
    else:
        picture = grey.convert(mode)
    data = encode(picture, "TIFF" if mode in ("I", "F") else "PNG")
    result = render(data).convert("L")
    expected = grey.resize((1280, 720))
    for y in (100, 250, 470, 620):
        found, wanted = result.getpixel((640, y)), expected.getpixel((640, y))
        assert isinstance(found, int)
        assert isinstance(wanted, int)
        assert abs(found - wanted) < 8, f"{mode} at row {y}: {found}, expected {wanted}"


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_a_grey_profile_is_applied_with_and_without_alpha(mode: str) -> None:
    """A quarter of full brightness on a linear scale is more than half on sRGB's scale."""
    data = encode(Image.new("L", (320, 180), 64).convert(mode), "PNG", icc_profile=LINEAR_GREY_PROFILE)
    assert_colours(render(data), {(640, 360): (137, 137, 137)}, tolerance=3)


def test_grey_with_premultiplied_alpha_is_read() -> None:
    picture = Image.new("LA", (320, 180), (100, 128)).convert("La")
    assert to_srgb(to_resizable(picture)).mode == "RGBA"


@pytest.mark.parametrize(("mode", "opaque", "premultiplied"), [("RGBA", "RGB", "RGBa"), ("LA", "L", "La")])
def test_a_fully_opaque_alpha_channel_is_dropped_before_scaling(mode: str, opaque: str, premultiplied: str) -> None:
    picture = draw_quarters().convert(mode)
    assert to_resizable(picture).mode == opaque
    picture.putpixel((0, 0), (*picture.getpixel((0, 0))[:-1], 254))  # type: ignore[index]
    assert to_resizable(picture).mode == premultiplied


def test_pixels_without_a_finite_range_are_refused() -> None:
    with pytest.raises(InvalidImage, match="could not be read"):
        make_thumbnail(encode(Image.new("F", (16, 9), float("inf")), "TIFF"), "")


def test_a_picture_of_a_single_grey_level_keeps_that_level() -> None:
    assert_colours(render(encode(Image.new("I", (16, 9), 200), "TIFF")), {(640, 360): (200, 200, 200)})


@pytest.mark.parametrize(
    ("mode", "level", "shown"), [("F", 0.5, 128), ("F", 1.0, 255), ("I", 2**30, 128), ("I", -5, 128)]
)
def test_a_grey_level_of_many_bits_is_shown_within_the_range_of_its_type(mode: str, level: float, shown: int) -> None:
    picture = render(encode(Image.new(mode, (16, 9), level), "TIFF"))
    assert_colours(picture, {(640, 360): (shown, shown, shown)})


def test_cmyk_becomes_rgb() -> None:
    assert_quarters(render(encode(draw_quarters().convert("CMYK"), "JPEG")))


def test_lab_becomes_rgb() -> None:
    lab = Image.merge("LAB", [Image.new("L", (320, 180), value) for value in (138, 208, 195)])  # a strong red
    assert_colours(render(encode(lab, "TIFF")), {(640, 360): (254, 0, 0)}, tolerance=40)


def test_a_palette_becomes_rgb() -> None:
    assert_quarters(render(encode(draw_quarters().quantize(16), "PNG")))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_pixels_become_white(mode: str) -> None:
    picture = Image.new("RGBA", (320, 180), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (160, 0, 320, 180))
    result = render(encode(picture.convert(mode), "PNG"))
    assert_colours(result, {(320, 360): (255, 255, 255), (960, 360): (0, 0, 0)})


def test_a_colour_declared_transparent_becomes_white() -> None:
    data = encode(draw_quarters(), "PNG", transparency=RED)
    assert_colours(render(data), {(320, 180): (255, 255, 255), (960, 180): GREEN})


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_the_first_frame_of_an_animation_is_used(file_format: str) -> None:
    frames = [Image.new("RGB", (320, 180), BLUE), Image.new("RGB", (320, 180), RED)]
    data = encode(draw_quarters(), file_format, save_all=True, append_images=frames)
    assert_quarters(render(data))


@pytest.mark.parametrize("size", [(1, 1), (1, 30000), (30000, 1), (16, 9)])
@pytest.mark.parametrize("fit", ["auto", "pad", "crop", "letterbox"])
def test_pictures_of_any_shape_are_scaled_to_the_canvas(size: tuple[int, int], fit: str) -> None:
    result = render(encode(Image.new("RGB", size, RED), "PNG"), fit)
    assert result.size == (1280, 720)
    [(_, middle)] = result.crop((640, 360, 641, 361)).getcolors() or []
    assert isinstance(middle, tuple)
    assert middle[0] > max(middle[1:])


def test_a_small_picture_is_scaled_up_to_fill_the_canvas() -> None:
    assert_quarters(render(encode(draw_quarters((32, 18)), "PNG")))


def test_pad_keeps_the_whole_picture_on_a_backdrop_made_from_it() -> None:
    result = render(encode(draw_quarters((300, 300)), "PNG"), "pad")
    assert_quarters(result, (280, 0, 1000, 720))
    sides = [result.getpixel(point) for point in ((60, 180), (1220, 180))]
    assert all(isinstance(side, tuple) and 20 < max(side) < max(RED) for side in sides), sides


def test_crop_fills_the_canvas() -> None:
    edges = {(3, 3): RED, (1276, 3): GREEN, (1276, 716): BLUE, (3, 716): YELLOW}
    assert_colours(render(encode(draw_quarters((300, 300)), "PNG"), "crop"), edges)


@pytest.mark.parametrize("size", [(61, 36), (490, 735), (735, 490), (980, 1807), (2367, 1730), (2778, 1284)])
def test_crop_takes_any_size(size: tuple[int, int]) -> None:
    """When these are scaled to fill the canvas, one side fits exactly, apart from floating-point rounding."""
    assert_quarters(render(encode(draw_quarters(size), "PNG"), "crop"))


def test_letterbox_keeps_the_whole_picture_on_black() -> None:
    result = render(encode(draw_quarters((300, 300)), "PNG"), "letterbox")
    assert_quarters(result, (280, 0, 1000, 720))
    assert_colours(result, {(100, 360): (0, 0, 0), (1180, 360): (0, 0, 0)}, tolerance=3)


def test_an_unknown_fit_is_refused() -> None:
    with pytest.raises(InvalidImage, match="auto, pad, crop, letterbox"):
        make_thumbnail(encode(draw_quarters(), "PNG"), "", fit="stretch")


def test_the_file_stays_under_two_megabytes_even_for_noise() -> None:
    """YouTube's limit; pixels of the strongest colours cost the most."""
    noise = Image.frombytes("RGB", (1280, 720), random.Random(1).randbytes(1280 * 720 * 3))  # noqa: S311  no secret
    colours = noise.point(lambda level: 255 if level > 127 else 0)
    assert len(make_thumbnail(encode(colours, "PNG"), "")) < 1_500_000


def test_the_file_has_the_quality_at_which_no_artefacts_are_seen() -> None:
    expected = decode_jpeg(encode(draw_quarters(), "JPEG", quality=90))
    assert render(encode(draw_quarters(), "PNG")).quantization == expected.quantization  # type: ignore[attr-defined]


def test_metadata_is_removed() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"  # GPS latitude
    exif[0x010E] = "secret description"
    data = encode(draw_quarters(), "JPEG", exif=exif, comment=b"secret", icc_profile=RED_GREEN_SWAP_PROFILE)
    result = make_thumbnail(data, "")
    assert b"secret" not in result
    assert set(decode_jpeg(result).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_same_input_gives_the_same_bytes_in_another_process() -> None:
    data = encode(draw_quarters((300, 300)), "JPEG")
    code = (
        "import sys; from process.thumbnail import make_thumbnail;"
        "sys.stdout.buffer.write(make_thumbnail(sys.stdin.buffer.read(), 'Again'))"
    )
    again = subprocess.run(
        [sys.executable, "-c", code],
        input=data,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert again.stdout == make_thumbnail(data, "Again")


def test_a_200_megapixel_jpeg_from_a_phone_is_read() -> None:
    grey = Image.new("L", (16320, 12240), 90)
    file = io.BytesIO()
    grey.save(file, "JPEG", quality=30)
    assert_colours(render(file.getvalue()), {(640, 360): (90, 90, 90)})


def test_a_missing_decoder_is_not_blamed_on_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_import(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("process.image.plugins.import_module", fail_import)
    _load_plugin.cache_clear()
    with pytest.raises(ModuleNotFoundError):
        make_thumbnail(encode(draw_quarters(), "WEBP"), "")
