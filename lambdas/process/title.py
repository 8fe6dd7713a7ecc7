"""Draw the title over the picture."""

from PIL import Image, ImageDraw

from process.canvas import SIZE
from process.font import font
from process.layout import clean, fit_text

_MARGIN = (SIZE[0] // 40, SIZE[1] // 40)  # 2.5 % on each side
_BADGE_WIDTH = 170  # YouTube lays the video's duration over the bottom right corner
_AREA = (SIZE[0] - _BADGE_WIDTH - 2 * _MARGIN[0], SIZE[1] // 2)

_FILL = "white"
_OUTLINE = (12, 12, 12)


def draw_title(canvas: Image.Image, text: str) -> None:
    """Draw a title into the bottom left of the canvas, light letters with a dark outline; nothing if it is blank."""
    text = clean(text)
    if not text:
        return
    layout = fit_text(text, *_AREA)
    draw = ImageDraw.Draw(canvas)
    baseline = SIZE[1] - _MARGIN[1] - layout.descent - layout.pitch * (len(layout.lines) - 1)
    for line in layout.lines:
        left = font(layout.size).getbbox(line, anchor="ls", stroke_width=layout.outline)[0]
        draw.text(
            (_MARGIN[0] - left, baseline),
            line,
            fill=_FILL,
            font=font(layout.size),
            anchor="ls",
            stroke_width=layout.outline,
            stroke_fill=_OUTLINE,
        )
        baseline += layout.pitch
