"""Colours and orientation are told by what tells them in Chromium, whose values these are, and by nothing else."""

import struct
import zlib
from collections.abc import Sequence

import pytest
from helpers.colour_files import (
    EXIF,
    LONG,
    add_exif_orientation,
    build_apng,
    build_cicp,
    build_gama,
    build_iccp,
    build_keyed_png,
    build_orientation,
    build_v5_bmp,
    insert_chunks,
    insert_exif,
    move_nclx_into_stream,
    rename_channels,
    repeat_orientation,
    set_adobe_transform,
    set_nclx,
)
from helpers.containers import build_exif, build_png_chunk, build_tiff
from helpers.icc import (
    LINEAR_GREY_PROFILE,
    RED_GREEN_SWAP_PROFILE,
    build_cicp_profile,
    build_cmyk_profile,
    build_lut_profile,
    build_rgb_profile,
)
from helpers.odd_colours import XMP_SIDEWAYS, list_pictures
from helpers.pictures import encode
from PIL import Image, ImageCms

from process.image.colour import to_srgb
from process.image.decode import decode, open_header
from process.image.formats.isobmff import read_colour_properties
from process.image.transparency import flatten
from process.layout.wcag import WHITE

Colour = tuple[int, int, int]

SIZE = (32, 18)
PHOTO: Colour = (200, 80, 60)
SWAPPED: Colour = (79, 201, 57)
LINEAR_PHOTO: Colour = (229, 152, 133)  # the photo's colour, if its levels are proportional to light
SRGB, LINEAR, PQ, HLG = 13, 8, 16, 18
P3, BT2020 = 12, 9
P3_CHRM = build_png_chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000))
SRGB_CHUNK = build_png_chunk(b"sRGB", b"\0")


def fill(colour: Colour | int) -> Image.Image:
    return Image.new("L" if isinstance(colour, int) else "RGB", SIZE, colour)


def make_png(*chunks: bytes, colour: Colour | int = PHOTO) -> bytes:
    return insert_chunks(encode(fill(colour), "PNG"), *chunks)


def make_avif(colour: Colour = PHOTO, **options: object) -> bytes:
    return encode(fill(colour), "AVIF", quality=100, subsampling="4:4:4", speed=10, **options)


def show(data: bytes, at: tuple[int, int] = (8, 9)) -> Colour:
    """Return a pixel as it is shown."""
    pixel = flatten(to_srgb(decode(open_header(data), 1)), WHITE).getpixel(at)
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return red, green, blue


def assert_near(found: Sequence[int], expected: Sequence[int], tolerance: int = 3) -> None:
    differences = [abs(one - other) for one, other in zip(found, expected, strict=True)]
    assert max(differences) <= tolerance, f"expected {expected}, found {found}"


BY_PRIMARIES = {
    0: PHOTO, 1: PHOTO, 2: PHOTO, 3: PHOTO, 4: (234, 72, 48), 5: (203, 80, 60), 6: (195, 84, 59), 7: (195, 84, 59),
    8: (225, 68, 50), 9: (244, 37, 50), 10: (255, 0, 76), 11: (212, 69, 51), 12: (216, 69, 50), 22: (202, 84, 59),
    23: PHOTO,
}  # fmt: skip


@pytest.mark.parametrize(("primaries", "expected"), BY_PRIMARIES.items())
def test_primaries_told_by_code_points_count(primaries: int, expected: Colour) -> None:
    assert_near(show(make_png(build_cicp(primaries, SRGB))), expected, 1)
    assert_near(show(set_nclx(make_avif(), primaries, SRGB)), expected)


@pytest.mark.parametrize(("primaries", "transfer"), [(1, SRGB), (2, 2), (P3, SRGB), (P3, LINEAR), (BT2020, PQ)])
def test_a_heics_colours_are_those_of_the_same_avif(primaries: int, transfer: int) -> None:
    heic = set_nclx(encode(fill(PHOTO), "HEIF", quality=100, chroma=444), primaries, transfer)
    assert_near(show(heic), show(set_nclx(make_avif(), primaries, transfer)), 4)


BY_TRANSFER = {
    2: 120,
    3: 120,
    4: 121,
    5: 98,
    7: 134,
    8: 183,
    9: 120,
    11: 113,
    12: 120,
    13: 120,
    16: 114,
    17: 109,
    18: 92,
}
BY_BT709_TRANSFER = dict.fromkeys((1, 6, 14, 15), 113)


@pytest.mark.parametrize(("transfer", "expected"), [*BY_TRANSFER.items(), *BY_BT709_TRANSFER.items()])
def test_a_transfer_function_told_by_cicp_counts(transfer: int, expected: int) -> None:
    assert_near(show(make_png(build_cicp(1, transfer), colour=(120, 120, 120))), [expected] * 3, 1)


@pytest.mark.parametrize(("transfer", "stored", "expected"), [(13, 5, 5), (13, 10, 10), (13, 11, 11), (7, 20, 38)])
def test_dark_levels_are_proportional_to_light(transfer: int, stored: int, expected: int) -> None:
    """Up to the level at which the curve begins: 10 in sRGB, and 23 in SMPTE ST 240, whose slope is a quarter."""
    assert_near(show(make_png(build_cicp(1, transfer), colour=(stored, stored, stored))), [expected] * 3, 1)


BY_TRANSFER_IN_AVIF = {**BY_TRANSFER, **dict.fromkeys(BY_BT709_TRANSFER, 120)}


@pytest.mark.parametrize(("transfer", "expected"), BY_TRANSFER_IN_AVIF.items())
def test_a_transfer_function_told_by_nclx_counts_but_that_of_video_is_shown_as_srgb(
    transfer: int, expected: int
) -> None:
    assert_near(show(set_nclx(make_avif((120, 120, 120)), 1, transfer)), [expected] * 3, 2)


HDR = [
    (BT2020, PQ, (64, 64, 64), (30, 30, 30)), (BT2020, PQ, (120, 120, 120), (114, 114, 114)),
    (BT2020, PQ, (148, 148, 148), (187, 187, 187)), (BT2020, PQ, (184, 184, 184), (246, 246, 246)),
    (BT2020, PQ, (200, 200, 200), (255, 255, 255)), (BT2020, PQ, (113, 137, 122), (13, 161, 114)),
    (BT2020, PQ, (202, 227, 68), (82, 255, 0)), (1, PQ, (160, 80, 53), (229, 48, 20)),
    (P3, PQ, (177, 213, 148), (95, 255, 38)), (BT2020, HLG, (64, 64, 64), (43, 43, 43)),
    (BT2020, HLG, (192, 192, 192), (189, 189, 189)), (BT2020, HLG, (255, 255, 255), (255, 255, 255)),
    (BT2020, HLG, (121, 154, 223), (33, 119, 225)), (1, HLG, (202, 227, 68), (185, 232, 52)),
]  # fmt: skip


@pytest.mark.parametrize(("primaries", "transfer", "stored", "expected"), HDR)
def test_hdr_is_tone_mapped(primaries: int, transfer: int, stored: Colour, expected: Colour) -> None:
    assert_near(show(make_png(build_cicp(primaries, transfer), colour=stored)), expected, 2)


@pytest.mark.parametrize(("limit", "pq", "hlg"), [(203, 255, 165), (300, 240, 155), (500, 220, 142), (4000, 187, 120)])
@pytest.mark.parametrize("name", [b"cLLI", b"mDCV"])
def test_the_greatest_luminance_decides_how_much_hdr_is_dimmed(name: bytes, limit: int, pq: int, hlg: int) -> None:
    content = struct.pack(">II", limit * 10_000, 0)
    chunk = build_png_chunk(name, content if name == b"cLLI" else bytes(16) + content)
    for transfer, expected in ((PQ, pq), (HLG, hlg)):
        data = make_png(build_cicp(BT2020, transfer), chunk, colour=(148, 148, 148))
        assert_near(show(data), [expected] * 3, 1)


def test_grey_and_transparent_hdr_is_tone_mapped() -> None:
    assert_near(show(make_png(build_cicp(BT2020, PQ), colour=100)), (76, 76, 76), 1)
    faded = fill((148, 148, 148)).convert("RGBA")
    faded.putalpha(128)
    data = insert_chunks(encode(faded, "PNG"), build_cicp(BT2020, PQ))
    assert_near(show(data), (221, 221, 221))  # half of it on white


def test_without_nclx_an_avifs_coded_picture_tells_the_colours() -> None:
    assert_near(show(move_nclx_into_stream(make_avif(), P3, SRGB)), (216, 70, 49))


def test_nclx_counts_in_an_animated_avif() -> None:
    data = make_avif(save_all=True, append_images=[fill((0, 0, 0))])
    track = data.rindex(b"nclx") - 1
    assert_near(show(data[:track] + set_nclx(data[track:], P3, SRGB)), (216, 70, 49))


def test_a_profile_counts_before_nclx() -> None:
    assert_near(show(set_nclx(make_avif(icc_profile=RED_GREEN_SWAP_PROFILE), P3, SRGB)), (80, 201, 56))


def test_boxes_that_are_cut_off_tell_nothing() -> None:
    data = set_nclx(make_avif(), P3, SRGB)
    for end in range(len(data)):
        assert read_colour_properties(data[:end]).nclx in (None, (P3, SRGB))


SWAP, GAMMA_1, CICP_P3 = build_iccp(RED_GREEN_SWAP_PROFILE), build_gama(100_000), build_cicp(P3, SRGB)
NAMELESS_SWAP = build_png_chunk(b"iCCP", b"\0\0" + zlib.compress(RED_GREEN_SWAP_PROFILE))
PNG_COLOURS: dict[str, tuple[tuple[bytes, ...], Colour]] = {
    "cHRM needs gAMA": ((P3_CHRM,), PHOTO),
    "gAMA and cHRM": ((build_gama(45_455), P3_CHRM), (218, 67, 47)),
    "gAMA of 1": ((GAMMA_1,), LINEAR_PHOTO),
    "gAMA of 1/1.8": ((build_gama(55_556),), (210, 99, 77)),
    "gAMA of 2": ((build_gama(50_000),), (206, 88, 67)),
    "gAMA of sRGB": ((build_gama(45_455),), PHOTO),
    "gAMA near that of sRGB": ((build_gama(44_000),), PHOTO),
    "gAMA not so near": ((build_gama(43_000),), (199, 73, 52)),
    "gAMA of 0": ((build_gama(0),), PHOTO),
    "gAMA of 1/100000": ((build_gama(1),), (0, 0, 0)),
    "gAMA of 10": ((build_gama(1_000_000),), (252, 242, 239)),
    "the greatest gAMA": ((build_gama(2**32 - 1),), (255, 255, 255)),
    "too short a gAMA": ((build_png_chunk(b"gAMA", b"\1"),), PHOTO),
    "gAMA with a wrong checksum": ((GAMMA_1[:-1] + b"\0",), PHOTO),
    "the first of two gAMA": ((GAMMA_1, build_gama(45_455)), LINEAR_PHOTO),
    "cHRM of zeros": ((GAMMA_1, build_png_chunk(b"cHRM", bytes(32))), PHOTO),
    "too short a cHRM": ((GAMMA_1, build_png_chunk(b"cHRM", bytes(8))), LINEAR_PHOTO),
    "sRGB before gAMA": ((SRGB_CHUNK, GAMMA_1), PHOTO),
    "gAMA before sRGB": ((GAMMA_1, SRGB_CHUNK), PHOTO),
    "iCCP and gAMA": ((SWAP, GAMMA_1), SWAPPED),
    "sRGB and iCCP": ((SRGB_CHUNK, SWAP), SWAPPED),
    "broken iCCP and gAMA": ((build_iccp(b"bad" * 50), GAMMA_1), LINEAR_PHOTO),
    "iCCP without a name": ((NAMELESS_SWAP,), PHOTO),
    "cICP and iCCP": ((CICP_P3, SWAP), (216, 69, 50)),
    "iCCP and cICP": ((SWAP, CICP_P3), (216, 69, 50)),
    "unspecified cICP and iCCP": ((build_cicp(2, 2), SWAP), SWAPPED),
    "cICP of unknown primaries and iCCP": ((build_cicp(3, SRGB), SWAP), SWAPPED),
    "cICP of an unknown transfer and gAMA": ((build_cicp(P3, 2), GAMMA_1), LINEAR_PHOTO),
    "cICP of narrow range and iCCP": ((build_cicp(P3, SRGB, full_range=0), SWAP), SWAPPED),
    "cICP of YCbCr and iCCP": ((build_cicp(P3, SRGB, matrix=9), SWAP), SWAPPED),
    "too short a cICP and iCCP": ((build_png_chunk(b"cICP", b"\x0c"), SWAP), SWAPPED),
}


@pytest.mark.parametrize("name", PNG_COLOURS)
def test_the_best_description_in_a_png_counts(name: str) -> None:
    chunks, expected = PNG_COLOURS[name]
    assert_near(show(make_png(*chunks)), expected, 2)


@pytest.mark.parametrize("chunk", [GAMMA_1, SWAP, CICP_P3])
def test_what_follows_a_pngs_pixels_does_not_count(chunk: bytes) -> None:
    assert show(insert_chunks(make_png(), chunk, before=b"IEND")) == PHOTO


@pytest.mark.parametrize("mode", ["L", "LA", "I;16"])
def test_gamma_counts_for_grey(mode: str) -> None:
    grey = fill(100)
    picture = grey.convert("I").point(lambda level: level * 257).convert(mode) if mode == "I;16" else grey.convert(mode)
    assert_near(show(insert_chunks(encode(picture, "PNG"), GAMMA_1)), (168, 168, 168), 1)


def test_gamma_counts_for_a_palette() -> None:
    assert_near(show(insert_chunks(encode(fill(PHOTO).quantize(4), "PNG"), GAMMA_1)), LINEAR_PHOTO, 2)


FAKE = build_rgb_profile(1.0, description=b"sRGB IEC61966-2.1")
PROFILES = {
    "red and green swapped": (RED_GREEN_SWAP_PROFILE, SWAPPED),
    "another gamma, though called sRGB": (FAKE, LINEAR_PHOTO),
    "a table": (build_lut_profile(), (145, 166, 177)),
    "code points of Display P3": (build_cicp_profile(P3, SRGB), (216, 69, 50)),
    "code points of HLG": (build_cicp_profile(BT2020, HLG), (230, 0, 37)),
    "reserved code points": (build_cicp_profile(3, 19), (201, 78, 57)),
    "for grey": (LINEAR_GREY_PROFILE, PHOTO),
    "broken": (RED_GREEN_SWAP_PROFILE[:200], PHOTO),
}


LOSSLESS: dict[str, dict[str, object]] = {"PNG": {}, "WEBP": {"lossless": True}}


@pytest.mark.parametrize("file_format", LOSSLESS)
@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_judged_by_its_content(name: str, file_format: str) -> None:
    profile, expected = PROFILES[name]
    data = encode(fill(PHOTO), file_format, icc_profile=profile, **LOSSLESS[file_format])
    assert_near(show(data), expected, 3)


@pytest.mark.parametrize(
    ("profile", "expected"), [(RED_GREEN_SWAP_PROFILE, SWAPPED), (b"no profile at all", PHOTO), (b"", PHOTO)]
)
def test_a_profile_embedded_in_a_bmp_counts(profile: bytes, expected: Colour) -> None:
    assert_near(show(build_v5_bmp(fill(PHOTO), profile)), expected)


def test_an_srgb_profile_needs_no_conversion() -> None:
    picture = fill(PHOTO)
    picture.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert to_srgb(picture) is picture


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
@pytest.mark.parametrize("profile", [LINEAR_GREY_PROFILE, build_rgb_profile(1.0)], ids=["grey", "RGB"])
def test_a_grey_picture_takes_profiles_for_grey_and_for_rgb(profile: bytes, file_format: str) -> None:
    assert_near(show(encode(fill(100), file_format, icc_profile=profile)), (168, 168, 168), 1)


@pytest.mark.parametrize(("stored", "expected"), [((0, 0, 0, 0), (151, 207, 226)), ((130, 99, 50, 0), (195, 198, 205))])
def test_a_cmyk_profile_is_applied(stored: tuple[int, ...], expected: Colour) -> None:
    cmyk = Image.new("CMYK", SIZE, stored)
    assert_near(show(encode(cmyk, "JPEG", quality=100, icc_profile=build_cmyk_profile())), expected)


def test_jpegs_channels_are_told_by_adobes_marker_or_by_their_names() -> None:
    cmyk = encode(Image.new("CMYK", SIZE, (10, 200, 150, 20)), "JPEG", quality=100)
    for data in (cmyk, cmyk.replace(b"Adobe", b"Other")):
        assert_near(show(data), (225, 50, 96))
    assert_near(show(set_adobe_transform(cmyk, 2)), (38, 0, 128))
    rgb = encode(fill(PHOTO), "JPEG", quality=100, keep_rgb=True)
    for data in (rgb, rgb.replace(b"Adobe", b"Other"), rename_channels(rgb, b"\1\2\3")):
        assert_near(show(data), PHOTO)


KEYS = {
    "one bit": (1, [(0,), (1,)], (0,), 255), "two bits": (2, [(1,), (3,)], (1,), 255),
    "four bits": (4, [(7,), (0,)], (7,), 0),
    "eight bits": (8, [(100,), (50,)], (100,), 50), "sixteen bits": (16, [(0x8001,), (0,)], (0x8001,), 0),
    "too great for eight bits": (8, [(0x64,), (50,)], (0x164,), 50),
}  # fmt: skip


@pytest.mark.parametrize("name", KEYS)
def test_one_level_of_grey_may_be_transparent_at_any_depth(name: str) -> None:
    depth, (transparent, other), key, expected = KEYS[name]
    data = build_keyed_png(depth, 0, [transparent] * 8 + [other] * 8, key)
    assert (show(data, (3, 4)), show(data, (12, 4))) == ((255,) * 3, (expected,) * 3)


def test_one_colour_of_16_bits_may_be_transparent() -> None:
    colour, other = (0x1234, 0x8000, 0xC000), (0xFFFF, 0, 0)
    data = build_keyed_png(16, 2, [colour] * 8 + [other] * 8, colour)
    assert (show(data, (3, 4)), show(data, (12, 4))) == ((255, 255, 255), (255, 0, 0))


@pytest.mark.parametrize(
    ("depth", "colours", "pixel", "key"),
    [
        (16, 0, (0x8001,), (0x8002,)),
        (16, 2, (0x1234, 0x8000, 0xC000), (0x1234, 0x8000, 0xC001)),
        (4, 0, (7,), (0x17,)),
        (8, 2, (1, 2, 3), (1, 2, 4)),
    ],
)
def test_a_colour_that_nearly_is_the_transparent_one_stays(
    depth: int, colours: int, pixel: tuple[int, ...], key: tuple[int, ...]
) -> None:
    data = build_keyed_png(depth, colours, [pixel] * 16, key)
    assert max(show(data, (3, 4))) < 255


@pytest.mark.parametrize("content", [b"\0", b"\0\xc8\0\x50\0"])
def test_too_short_a_transparent_colour_is_ignored(content: bytes) -> None:
    assert show(make_png(build_png_chunk(b"tRNS", content))) == PHOTO


def test_the_first_frame_counts_though_a_png_has_another_picture_for_other_programs() -> None:
    frame = Image.new("RGB", (16, 18), (0, 0, 255))
    data = build_apng(frame, (16, 0), fill(PHOTO))
    assert (show(data), show(data, (24, 9))) == ((255, 255, 255), (0, 0, 255))


@pytest.mark.parametrize("at", [(20, 0), (0, 4)])
def test_a_first_frame_outside_its_png_is_ignored(at: tuple[int, int]) -> None:
    assert show(build_apng(Image.new("RGB", (16, 16)), at, fill(PHOTO))) == PHOTO


JPEG, PNG, UPRIGHT, SIDEWAYS = encode(fill(PHOTO), "JPEG"), encode(fill(PHOTO), "PNG"), 1, 6
EXIF_6, TIFF_6 = build_exif(6), build_exif(6)[len(EXIF) :]
XMP_SEGMENT = b"http://ns.adobe.com/xap/1.0/\0" + XMP_SIDEWAYS
RAW_TEXT = b"Raw profile type exif\0\nexif\n%8d\n" % len(EXIF_6) + EXIF_6.hex().encode()
NESTED = build_tiff([(0x8769, LONG, [26])]) + build_orientation([6])[8:]
# Its encoder turns an orientation given by EXIF into a property, and keeps the XMP.
HEIC_6 = encode(fill(PHOTO), "HEIF", exif=EXIF_6, xmp=XMP_SIDEWAYS)
ORIENTATIONS = {
    "JPEG, EXIF": (insert_exif(JPEG, EXIF_6), SIDEWAYS),
    "JPEG, big-endian": (insert_exif(JPEG, EXIF + build_tiff([(0x0112, 3, [6])], order=">")), SIDEWAYS),
    "JPEG, in the nested directory": (insert_exif(JPEG, EXIF + NESTED), SIDEWAYS),
    "JPEG, of type LONG": (insert_exif(JPEG, EXIF + build_orientation([6], LONG)), UPRIGHT),
    "JPEG, of two values": (insert_exif(JPEG, EXIF + build_orientation([6, 6])), UPRIGHT),
    "JPEG, 0": (insert_exif(JPEG, build_exif(0)), UPRIGHT),
    "JPEG, 9": (insert_exif(JPEG, build_exif(9)), UPRIGHT),
    "JPEG, 1, then 6": (insert_exif(JPEG, EXIF + repeat_orientation(1, 6)), UPRIGHT),
    "JPEG, 9, then 6": (insert_exif(JPEG, EXIF + repeat_orientation(9, 6)), SIDEWAYS),
    "JPEG, fewer tags than announced": (insert_exif(JPEG, EXIF + TIFF_6[:8] + b"\x32\0" + TIFF_6[10:]), SIDEWAYS),
    "JPEG, a directory out of range": (insert_exif(JPEG, EXIF + b"II*\0\xff\xff\xff\x7f"), UPRIGHT),
    "JPEG, the first EXIF counts": (insert_exif(JPEG, EXIF_6, build_exif(1)), SIDEWAYS),
    "JPEG, the second EXIF does not": (insert_exif(JPEG, build_exif(1), EXIF_6), UPRIGHT),
    "JPEG, XMP": (insert_exif(JPEG, XMP_SEGMENT), UPRIGHT),
    "PNG, eXIf": (insert_chunks(PNG, build_png_chunk(b"eXIf", TIFF_6)), SIDEWAYS),
    "PNG, eXIf with JPEG's prefix": (insert_chunks(PNG, build_png_chunk(b"eXIf", EXIF_6)), UPRIGHT),
    "PNG, eXIf after the pixels": (insert_chunks(PNG, build_png_chunk(b"eXIf", TIFF_6), before=b"IEND"), UPRIGHT),
    "PNG, eXIf with a wrong checksum": (insert_chunks(PNG, build_png_chunk(b"eXIf", TIFF_6)[:-1] + b"\0"), UPRIGHT),
    "PNG, text": (insert_chunks(PNG, build_png_chunk(b"tEXt", RAW_TEXT)), UPRIGHT),
    "PNG, XMP": (
        insert_chunks(PNG, build_png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP_SIDEWAYS)),
        UPRIGHT,
    ),
    "WebP, EXIF": (encode(fill(PHOTO), "WEBP", exif=TIFF_6), UPRIGHT),
    "WebP, XMP": (encode(fill(PHOTO), "WEBP", xmp=XMP_SIDEWAYS), UPRIGHT),
    "AVIF, property": (make_avif(exif=EXIF_6), SIDEWAYS),
    "AVIF, XMP": (make_avif(xmp=XMP_SIDEWAYS), UPRIGHT),
    "HEIC, property": (HEIC_6, SIDEWAYS),
    "HEIC, EXIF or XMP without a property": (HEIC_6.replace(b"irot", b"free"), UPRIGHT),
}


@pytest.mark.filterwarnings("ignore")  # Pillow warns of broken metadata
@pytest.mark.parametrize("name", ORIENTATIONS)
def test_orientation_is_read_where_browsers_read_it(name: str) -> None:
    data, expected = ORIENTATIONS[name]
    width, height = open_header(data).size
    assert (width < height) == (expected == SIDEWAYS)


def test_exif_in_an_avif_does_not_turn_it() -> None:
    model = Image.Exif()
    model[0x0110] = "Model"
    assert open_header(add_exif_orientation(make_avif(exif=model))).size == SIZE


def test_xmp_in_a_tiff_does_not_turn_it_but_its_own_tag_does() -> None:
    picture = Image.new("RGB", SIZE, PHOTO)
    by_xmp = encode(picture, "TIFF", tiffinfo={700: XMP_SIDEWAYS})
    header = open_header(by_xmp)
    assert header.size == decode(header, 1).size == SIZE
    by_tag = encode(picture, "TIFF", tiffinfo={0x0112: 6})
    header = open_header(by_tag)
    assert header.size == decode(header, 1).size == SIZE[::-1]


@pytest.mark.filterwarnings("ignore")
def test_every_odd_picture_is_read() -> None:
    for data in list_pictures().values():
        assert to_srgb(decode(open_header(data), 1)).mode in ("RGB", "RGBA")
