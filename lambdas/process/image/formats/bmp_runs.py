"""Decode the runs of a BMP: RLE8, RLE4, and OS/2's RLE24."""

from typing import IO, cast

from PIL import Image, ImageFile

_END_OF_LINE, _END, _DELTA = 0, 1, 2
_NIBBLES, _TRUE_COLOUR = 4, 24  # bits per pixel


class RunsDecoder(ImageFile.PyDecoder):
    """Decodes a picture; arguments: bits per pixel, direction of the rows, index of pixels that are skipped."""

    _pulls_fd = True

    def decode(self, buffer: Image.DecoderInput) -> tuple[int, int]:  # noqa: ARG002  the file is read instead
        """Read the runs from the file and set the pixels."""
        bits, direction, skipped = self.args
        data = cast("IO[bytes]", self.fd).read()
        pixels = _expand(data, (self.state.xsize, self.state.ysize), bits, skipped)
        self.set_as_raw(bytes(pixels), "BGR" if bits == _TRUE_COLOUR else "P", (0, direction))
        return -1, 0


def _expand(data: bytes, size: tuple[int, int], bits: int, skipped: int) -> bytearray:
    """Return the pixels, from the first row stored to the last: an index in one byte each, or three channels.

    Runs are cut off at the end of their row.

    Raises:
        IndexError: the data ends before the picture.
    """
    (width, height), channels = size, 3 if bits == _TRUE_COLOUR else 1
    pixels = bytearray([skipped]) * (width * height * channels)
    position = x = y = 0
    while y < height:
        count, code = data[position], data[position + 1]
        position += 2
        if count:  # the same pixel, or two in turn
            position += channels - 1
            run = _split(data[position - channels : position], bits) * count
        elif code == _END_OF_LINE:
            x, y = 0, y + 1
            continue
        elif code == _END:
            break
        elif code == _DELTA:
            x, y = x + data[position], y + data[position + 1]
            position += 2
            continue
        else:  # literal pixels, padded to an even number of bytes
            count, stored = code, (code * bits + 7) // 8
            run = _split(data[position : position + stored], bits)
            position += stored + stored % 2
        kept = max(0, min(count, width - x, len(run) // channels))
        start = (y * width + x) * channels
        pixels[start : start + kept * channels] = run[: kept * channels]
        x += count
    return pixels


def _split(data: bytes, bits: int) -> bytes:
    """Return pixels that are stored two to a byte in a byte each, and others as they are."""
    return bytes(nibble for byte in data for nibble in divmod(byte, 16)) if bits == _NIBBLES else data


Image.register_decoder("bmp_runs", RunsDecoder)
