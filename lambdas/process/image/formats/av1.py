"""Read the colour description in the sequence header of AV1: AV1 Bitstream Specification, sections 5.3 to 5.5."""

_SEQUENCE_HEADER = 1
_UNSPECIFIED = 2
_SELECT = 2  # seq_choose_*, as in the specification

# The sequence header is among the first units; the decoder's own search ends with the first frame.
_MAX_UNITS = 10


class _Bits:
    """Reads numbers of any width, most significant bit first. Zeros follow the end of the data."""

    def __init__(self, data: bytes) -> None:
        self._value, self._left = int.from_bytes(data), len(data) * 8

    def read(self, width: int) -> int:
        self._left -= width
        return (self._value >> self._left if self._left >= 0 else 0) & ((1 << width) - 1)

    def read_uvlc(self) -> None:
        zeros = 0
        while self._left > 0 and not self.read(1):
            zeros += 1
        self.read(zeros)


def read_colour_description(data: bytes, start: int) -> tuple[int, int] | None:
    """Return the code points of primaries and transfer.

    Args:
        data: the file.
        start: offset of the coded picture in it.

    Returns:
        None if there is no sequence header; "unspecified" for both, if it does not describe colours.
    """
    position = start
    for _ in range(_MAX_UNITS):
        if position >= len(data):
            return None
        header = data[position]
        position += 2 if header & 4 else 1  # with an extension
        size = len(data) - position
        if header & 2:
            size, position = _read_leb128(data, position)
        if header >> 3 & 15 == _SEQUENCE_HEADER:
            return _parse_sequence_header(_Bits(data[position : position + min(size, 256)]))
        position += size
    return None


def _read_leb128(data: bytes, position: int) -> tuple[int, int]:
    """Return a number of up to eight bytes, and the position after it."""
    field = data[position : position + 8]
    length = next((index for index, byte in enumerate(field, 1) if byte < 128), len(field))  # noqa: PLR2004  no top bit
    value = sum((byte & 127) << 7 * index for index, byte in enumerate(field[:length]))
    return value, position + length


def _parse_sequence_header(bits: _Bits) -> tuple[int, int]:
    profile = bits.read(3)
    bits.read(1)  # still_picture
    reduced = bits.read(1)
    if reduced:
        bits.read(5)  # level
    else:
        _skip_operating_points(bits)
    _skip_tools(bits, reduced=bool(reduced))
    high_bit_depth = bits.read(1)
    if profile == 2 and high_bit_depth:  # noqa: PLR2004  the professional profile
        bits.read(1)  # twelve_bit
    if profile != 1:
        bits.read(1)  # mono_chrome
    described = bits.read(1)
    return (bits.read(8), bits.read(8)) if described else (_UNSPECIFIED, _UNSPECIFIED)


def _skip_operating_points(bits: _Bits) -> None:
    delay_width = 0
    if bits.read(1):  # timing_info
        bits.read(64)
        if bits.read(1):
            bits.read_uvlc()
        if bits.read(1):  # decoder_model_info
            delay_width = bits.read(5) + 1
            bits.read(32 + 5 + 5)
    has_display_delay = bits.read(1)
    for _ in range(bits.read(5) + 1):
        bits.read(12)  # operating_point_idc
        if bits.read(5) > 7:  # noqa: PLR2004  from this level on, there are two tiers
            bits.read(1)
        if delay_width and bits.read(1):
            bits.read(2 * delay_width + 1)
        if has_display_delay and bits.read(1):
            bits.read(4)


def _skip_tools(bits: _Bits, *, reduced: bool) -> None:
    """Skip the picture's size and the coding tools."""
    width_bits, height_bits = bits.read(4) + 1, bits.read(4) + 1
    bits.read(width_bits + height_bits)
    if not reduced and bits.read(1):  # frame_id_numbers
        bits.read(7)
    bits.read(3)  # superblock size, intra tools
    if not reduced:
        bits.read(4)  # inter tools
        if bits.read(1):  # order_hint
            has_order_hint = True
            bits.read(2)
        else:
            has_order_hint = False
        screen_content = _SELECT if bits.read(1) else bits.read(1)
        if screen_content and not bits.read(1):  # integer motion vectors, not chosen by frame
            bits.read(1)
        if has_order_hint:
            bits.read(3)
    bits.read(3)  # filters
