"""Pictures whose colours or orientation are told in an unusual way, or in a way that no browser heeds.

All show the same card, but for what is said about its colours.
"""

import struct
import zlib
from functools import partial
from typing import Any

from PIL import Image, ImageDraw

from helpers.colour_files import (
    EXIF,
    LONG,
    add_exif_orientation,
    build_animated_webp,
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
from helpers.containers import build_exif, build_png_chunk
from helpers.icc import (
    LINEAR_GREY_PROFILE,
    RED_GREEN_SWAP_PROFILE,
    build_cicp_profile,
    build_cmyk_profile,
    build_lut_profile,
    build_rgb_profile,
)
from helpers.pictures import encode, store_as

SIZE = (320, 180)
_CELL = 20

DISPLAY_P3, BT2020, SRGB, LINEAR, PQ, HLG = 12, 9, 13, 8, 16, 18

_P3_CHROMATICITIES = (31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)  # cHRM, of white and the primaries
XMP_SIDEWAYS = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
)


def draw_card() -> Image.Image:
    """Draw ramps from black to white, to each primary and secondary colour, to a skin tone, and of dark greys."""
    card = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(card)
    ends = [(255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 255, 255), (255, 0, 255), (255, 255, 0),
            (255, 190, 150), (60, 60, 60)]  # fmt: skip
    for row, end in enumerate(ends):
        for column in range(16):
            colour = tuple(level * column // 15 for level in end)
            left, top = column * _CELL, row * _CELL
            draw.rectangle((left, top, left + _CELL - 1, top + _CELL - 1), colour)
    return card


def list_pictures() -> dict[str, bytes]:
    """Make the pictures, by what is odd about them."""
    return {
        **_list_code_points(),
        **_list_png_colours(),
        **_list_png_keys(),
        **_list_profiles(),
        **_list_jpeg_colours(),
        **_list_coded_ranges(),
        **_list_orientations(),
        **_list_first_frames(),
    }


def _list_code_points() -> dict[str, bytes]:
    spaces = {
        "Display P3": (DISPLAY_P3, SRGB), "BT.2020": (BT2020, 1), "BT.601, 525 lines": (6, 6), "BT.470 BG": (5, 5),
        "gamma 2.2": (1, 4), "linear light": (1, LINEAR), "SMPTE 240M": (7, 7), "DCI-P3": (11, 17),
        "BT.2020 with PQ": (BT2020, PQ), "BT.2020 with HLG": (BT2020, HLG), "Display P3 with PQ": (DISPLAY_P3, PQ),
        "Display P3 with HLG": (DISPLAY_P3, HLG), "reserved code points": (3, 19), "unspecified": (2, 2),
    }  # fmt: skip
    files = {}
    for name, (primaries, transfer) in spaces.items():
        files[f"PNG, cICP: {name}"] = _insert(build_cicp(primaries, transfer))
        files[f"AVIF, nclx: {name}"] = set_nclx(_encode_avif(draw_card()), primaries, transfer)
    grey = encode(draw_card().convert("L"), "PNG")
    return files | {
        "PNG, cICP: PQ, grey": insert_chunks(grey, build_cicp(BT2020, PQ)),
        "PNG, cICP: narrow range, which is ignored": _insert(build_png_chunk(b"cICP", b"\x0c\x0d\0\0")),
        "PNG, cICP: PQ of at most 300 cd/m² (cLLI)": _insert(
            build_cicp(BT2020, PQ), build_png_chunk(b"cLLI", struct.pack(">II", 3_000_000, 1_000_000))
        ),
        "AVIF without nclx: Display P3 in the coded picture": move_nclx_into_stream(
            _encode_avif(draw_card()), DISPLAY_P3, SRGB
        ),
        "AVIF, nclx: HLG, with alpha": set_nclx(_encode_avif(_fade(draw_card())), BT2020, HLG),
        "AVIF, nclx, animated: Display P3": set_nclx(
            encode(draw_card(), "AVIF", save_all=True, append_images=[draw_card().rotate(180)]), DISPLAY_P3, SRGB
        ),
    }


def _list_png_colours() -> dict[str, bytes]:
    srgb, profile = build_png_chunk(b"sRGB", b"\0"), build_iccp(RED_GREEN_SWAP_PROFILE)
    p3 = build_png_chunk(b"cHRM", struct.pack(">8I", *_P3_CHROMATICITIES))
    linear = build_gama(100_000)
    kinds: dict[str, tuple[bytes, ...]] = {
        "gAMA 1.0": (linear,), "gAMA 1/1.8": (build_gama(55_556),), "gAMA 1/2.2": (build_gama(45_455),),
        "gAMA within 5 % of sRGB's": (build_gama(47_000),), "gAMA 0": (build_gama(0),), "gAMA 10": (build_gama(10**6),),
        "gAMA and cHRM of Display P3": (build_gama(45_455), p3), "cHRM without gAMA": (p3,),
        "gAMA, and cHRM of zeros": (linear, build_png_chunk(b"cHRM", bytes(32))),
        "gAMA, and too short a cHRM": (linear, build_png_chunk(b"cHRM", bytes(8))),
        "too short a gAMA": (build_png_chunk(b"gAMA", b"\1"),), "gAMA, wrong checksum": (linear[:-1] + b"\0",),
        "two gAMA": (linear, build_gama(45_455)), "sRGB before gAMA": (srgb, linear),
        "gAMA before sRGB": (linear, srgb),
        "iCCP and gAMA": (profile, linear), "sRGB and iCCP": (srgb, profile),
        "cICP and iCCP": (build_cicp(12, 13), profile), "iCCP and cICP": (profile, build_cicp(12, 13)),
        "unspecified cICP, and iCCP": (build_cicp(2, 2), profile),
        "broken iCCP, and gAMA": (build_iccp(b"bad" * 50), linear), "iCCP without a name": (
            build_png_chunk(b"iCCP", b"\0\0" + zlib.compress(RED_GREEN_SWAP_PROFILE)),),
    }  # fmt: skip
    files = {f"PNG, {name}": _insert(*chunks) for name, chunks in kinds.items()}
    card = draw_card()
    return files | {
        "PNG, gAMA after the pixels": insert_chunks(encode(card, "PNG"), linear, before=b"IEND"),
        "PNG, gAMA, grey": insert_chunks(encode(card.convert("L"), "PNG"), linear),
        "PNG, gAMA, grey with alpha": insert_chunks(encode(_fade(card).convert("LA"), "PNG"), linear),
        "PNG, gAMA, 16 bits of grey": insert_chunks(encode(_deepen(card.convert("L")), "PNG"), linear),
        "PNG, gAMA, palette": insert_chunks(encode(card.quantize(256), "PNG"), linear),
    }


def _list_png_keys() -> dict[str, bytes]:
    files = {}
    for depth, key in ((1, 0), (1, 1), (2, 1), (4, 7), (4, 0x17), (8, 100), (8, 0x164), (16, 0x8001), (16, 0x8000)):
        other = 0x8001 if depth == 16 else key & (1 << depth) - 1
        pixels = [(other,)] * 8 + [((1 << depth) - 1 - other,)] * 8
        files[f"PNG, {depth} bits of grey, {key:#x} transparent"] = build_keyed_png(depth, 0, pixels, (key,))
    deep = [(0x1234, 0x8000, 0xC000)] * 8 + [(0xFFFF, 0, 0)] * 8
    return files | {
        "PNG, 16 bits of colour, one transparent": build_keyed_png(16, 2, deep, deep[0]),
        "PNG, 16 bits of colour, another one transparent": build_keyed_png(16, 2, deep, (0x1234, 0x8000, 0xC001)),
        "PNG, 8 bits of colour, one transparent": encode(draw_card(), "PNG", transparency=(255, 0, 0)),
        "PNG, too short a tRNS": _insert(build_png_chunk(b"tRNS", b"\xff\0")),
        "PNG, palette with alpha": encode(draw_card().quantize(16), "PNG", transparency=bytes(range(0, 256, 16))),
    }


def _list_profiles() -> dict[str, bytes]:
    card, fake = draw_card(), build_rgb_profile(1.0, description=b"sRGB IEC61966-2.1")
    profiles: dict[str, bytes] = {
        "red and green swapped": RED_GREEN_SWAP_PROFILE, "gamma 1.8": build_rgb_profile(1.8),
        "linear light, called sRGB": fake, "LUT": build_lut_profile(),
        "Display P3 by cicp tag": build_cicp_profile(DISPLAY_P3, SRGB),
        "PQ by cicp tag": build_cicp_profile(BT2020, PQ),
        "for grey": LINEAR_GREY_PROFILE, "broken": RED_GREEN_SWAP_PROFILE[:200],
    }  # fmt: skip
    files = {}
    for name, profile in profiles.items():
        files[f"JPEG, profile: {name}"] = encode(card, "JPEG", quality=95, subsampling=0, icc_profile=profile)
        files[f"PNG, profile: {name}"] = _insert(build_iccp(profile))
        files[f"WebP, profile: {name}"] = encode(card, "WEBP", lossless=True, icc_profile=profile)
    grey = card.convert("L")
    return files | {
        "JPEG, grey, profile for grey": encode(grey, "JPEG", icc_profile=LINEAR_GREY_PROFILE),
        "JPEG, grey, profile for RGB": encode(grey, "JPEG", icc_profile=build_rgb_profile(1.0)),
        "PNG, grey with alpha, profile for RGB": encode(
            _fade(card).convert("LA"), "PNG", icc_profile=build_rgb_profile(1.0)
        ),
        "BMP with a profile": build_v5_bmp(card, RED_GREEN_SWAP_PROFILE),
        "AVIF, profile and nclx": set_nclx(
            encode(card, "AVIF", icc_profile=RED_GREEN_SWAP_PROFILE, quality=95), DISPLAY_P3, SRGB
        ),
    }


def _list_jpeg_colours() -> dict[str, bytes]:
    cmyk = encode(draw_card().convert("CMYK"), "JPEG", quality=95, subsampling=0)
    rgb = encode(draw_card(), "JPEG", quality=95, keep_rgb=True)
    ycbcr = encode(draw_card(), "JPEG", quality=95, subsampling=0)
    return {
        "JPEG, CMYK": cmyk,
        "JPEG, CMYK without Adobe's marker": cmyk.replace(b"Adobe", b"Other"),
        "JPEG, YCCK": set_adobe_transform(cmyk, 2),
        "JPEG, CMYK with a profile": encode(
            draw_card().convert("CMYK"), "JPEG", quality=95, subsampling=0, icc_profile=build_cmyk_profile()
        ),
        "JPEG, CMYK with a profile for RGB": encode(
            draw_card().convert("CMYK"), "JPEG", quality=95, subsampling=0, icc_profile=RED_GREEN_SWAP_PROFILE
        ),
        "JPEG, RGB by Adobe's marker": rgb,
        "JPEG, RGB by the channels' names": rgb.replace(b"Adobe", b"Other"),
        "JPEG, RGB by Adobe's marker, channels 1 to 3": rename_channels(rgb, b"\1\2\3"),
        "JPEG without JFIF's marker": ycbcr[:2] + ycbcr[20:],
        "JPEG without JFIF's marker, channels 0 to 2": rename_channels(ycbcr[:2] + ycbcr[20:], b"\0\1\2"),
    }


def _list_coded_ranges() -> dict[str, bytes]:
    card, faded = draw_card(), _fade(draw_card())
    matrices = {"BT.709": 1, "BT.2020": 9, "identity": 0}
    return {
        "AVIF, limited range": _encode_avif(card, range="limited"),
        **{f"AVIF, matrix of {name}": _set_matrix(_encode_avif(card), matrix) for name, matrix in matrices.items()},
        "AVIF, alpha": _encode_avif(faded),
        "AVIF, premultiplied alpha": _encode_avif(faded, alpha_premultiplied=True),
        "WebP, alpha": encode(faded, "WEBP", lossless=True),
    }


def _list_orientations() -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for orientation in range(2, 9):
        stored, exif = store_as(draw_card(), orientation), Image.Exif()
        exif[0x0112] = orientation
        files |= {
            f"JPEG, orientation {orientation}": encode(stored, "JPEG", quality=95, subsampling=0, exif=exif),
            f"PNG, orientation {orientation}": encode(stored, "PNG", exif=exif),
            f"AVIF, orientation {orientation}": _encode_avif(stored, exif=exif),
        }
    return files | _list_odd_orientations()


def _list_odd_orientations() -> dict[str, bytes]:
    card, exif = draw_card(), build_exif(6)
    tiff = exif[len(EXIF) :]
    text = b"Raw profile type exif\0\nexif\n%8d\n" % len(exif) + exif.hex().encode()
    model = Image.Exif()
    model[0x0110] = "Model"
    jpeg = encode(card, "JPEG", quality=95, subsampling=0)
    return {
        "JPEG, orientation of type LONG": insert_exif(jpeg, EXIF + build_orientation([6], LONG)),
        "JPEG, orientation of two values": insert_exif(jpeg, EXIF + build_orientation([6, 6])),
        "JPEG, orientation 9": insert_exif(jpeg, build_exif(9)),
        "JPEG, orientation 1, then 6": insert_exif(jpeg, EXIF + repeat_orientation(1, 6)),
        "JPEG, orientation 9, then 6": insert_exif(jpeg, EXIF + repeat_orientation(9, 6)),
        "JPEG, orientation by XMP only": insert_exif(jpeg, b"http://ns.adobe.com/xap/1.0/\0" + XMP_SIDEWAYS),
        "JPEG, EXIF twice, of orientation 1 and 6": insert_exif(jpeg, build_exif(1), exif),
        "JPEG, EXIF twice, of orientation 6 and 1": insert_exif(jpeg, exif, build_exif(1)),
        "PNG, orientation by XMP": _insert(build_png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP_SIDEWAYS)),
        "PNG, orientation by text": _insert(build_png_chunk(b"tEXt", text)),
        "PNG, eXIf after the pixels": insert_chunks(
            encode(card, "PNG"), build_png_chunk(b"eXIf", tiff), before=b"IEND"
        ),
        "PNG, eXIf with the prefix of JPEG": _insert(build_png_chunk(b"eXIf", exif)),
        "PNG, eXIf, wrong checksum": _insert(build_png_chunk(b"eXIf", tiff)[:-1] + b"\0"),
        "WebP, orientation by EXIF": encode(card, "WEBP", lossless=True, exif=tiff),
        "WebP, orientation by XMP": encode(card, "WEBP", lossless=True, xmp=XMP_SIDEWAYS),
        "AVIF, orientation by XMP": _encode_avif(card, xmp=XMP_SIDEWAYS),
        "AVIF, orientation by EXIF": add_exif_orientation(_encode_avif(card, exif=model)),
    }


def _list_first_frames() -> dict[str, bytes]:
    card, other, faded = draw_card(), draw_card().rotate(180), _fade(draw_card())
    frames: dict[str, Any] = {"save_all": True, "append_images": [other]}
    right = (160, 0, *SIZE)
    return {
        "PNG, animated": encode(card, "PNG", **frames),
        "PNG, animated, another picture for other programs": build_apng(card, (0, 0), other),
        "PNG, animated, first frame on the right half": build_apng(card.crop(right), right[:2], other),
        "WebP, animated": encode(card, "WEBP", lossless=True, **frames),
        "WebP, animated, first frame on the right half": build_animated_webp(SIZE, faded.crop(right), right[:2]),
        "GIF, animated, transparent": encode(faded, "GIF", **frames),
        "AVIF, animated": _encode_avif(card, **frames),
    }


def _insert(*chunks: bytes) -> bytes:
    return insert_chunks(encode(draw_card(), "PNG"), *chunks)


_encode_avif = partial(encode, file_format="AVIF", quality=95, subsampling="4:4:4", speed=10)


def _set_matrix(avif: bytes, matrix: int) -> bytes:
    at = avif.index(b"nclx") + 8
    return avif[:at] + struct.pack(">H", matrix) + avif[at + 2 :]


def _fade(card: Image.Image) -> Image.Image:
    """Return a copy that is transparent at the left and opaque at the right."""
    faded = card.convert("RGBA")
    faded.putalpha(Image.linear_gradient("L").rotate(90).resize(card.size))
    return faded


def _deepen(grey: Image.Image) -> Image.Image:
    """Return a copy of 16 bits."""
    return grey.convert("I").point(lambda level: level * 257).convert("I;16")
