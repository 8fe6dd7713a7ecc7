"""Relative luminance and contrast ratio, as defined by the Web Content Accessibility Guidelines."""

from PIL import Image

Colour = tuple[int, int, int]
"""Red, green and blue in sRGB, 0 to 255."""

WHITE, NEAR_BLACK = (255, 255, 255), (14, 14, 16)
"""Colours of letters on a ground."""


def parse_colour(text: str) -> Colour:
    """Return the colour that ``#rrggbb`` names."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


# https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
_LINEAR_UP_TO = 0.04045
_LINEAR = [
    share / 12.92 if share <= _LINEAR_UP_TO else ((share + 0.055) / 1.055) ** 2.4
    for share in (value / 255 for value in range(256))
]


def relative_luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour: 0 for black, 1 for white."""
    red, green, blue = colour
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def contrast_ratio(one: float, other: float) -> float:
    """Return the contrast ratio of two luminances, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def sort_luminances(picture: Image.Image) -> list[float]:
    """Return the relative luminance of every pixel of an RGB image, in ascending order."""
    values = picture.tobytes()
    return sorted(
        0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]
        for red, green, blue in zip(values[::3], values[1::3], values[2::3], strict=True)
    )
