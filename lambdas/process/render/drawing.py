"""Draw a composition, at any size of the canvas."""

from PIL import Image

from process.canvas import SIZE
from process.layout.contrast import measure_contrast
from process.layout.wcag import contrast_ratio, relative_luminance
from process.render.background import render_background
from process.render.composition import Composition, Fade, Letters
from process.render.letters import draw_letters
from process.render.shapes import draw_fade, draw_shape


def draw_background(picture: Image.Image, composition: Composition, size: tuple[int, int]) -> Image.Image:
    """Draw the picture, cropped and scaled as it is shown, onto a new canvas of a size in pixels."""
    scale = size[0] / SIZE[0]
    area = composition.framing.area.round(scale)
    return render_background(picture, area[:2], size, composition.ground)


def draw_layers(canvas: Image.Image, composition: Composition) -> None:
    """Draw fades, panels and bars."""
    scale = canvas.width / SIZE[0]
    for layer in composition.layers:
        if isinstance(layer, Fade):
            draw_fade(canvas, layer, scale)
        else:
            draw_shape(canvas, layer, scale)


def draw_title(canvas: Image.Image, composition: Composition) -> None:
    """Draw the letters, with their outline and shadow."""
    for letters in composition.letters:
        draw_letters(canvas, letters, canvas.width / SIZE[0])


def measure_legibility(canvas: Image.Image, composition: Composition) -> float:
    """Return the lowest contrast ratio of any line of the title with what is behind it; 0 without a title.

    Args:
        canvas: the thumbnail before its title is drawn.
        composition: the thumbnail's.
    """
    return min((_measure(canvas, letters) for letters in composition.letters), default=0.0)


def _measure(canvas: Image.Image, letters: Letters) -> float:
    if letters.outline:
        outline = relative_luminance(letters.outline.colour)
        return min(contrast_ratio(relative_luminance(colour), outline) for colour in (letters.fill, letters.accent))
    return min(
        measure_contrast(canvas, line.box, {letters.fill, letters.accent} if line.emphasis else {letters.fill})
        for line in letters.lines
    )
