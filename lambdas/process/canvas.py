"""The canvas that every thumbnail is drawn on."""

SIZE = (1280, 720)
"""Width and height in pixels, as YouTube recommends: https://support.google.com/youtube/answer/72431"""

MARGIN = (SIZE[0] // 40, SIZE[1] // 40)
"""What a title leaves free on the left and right, and on the top and bottom: 2.5 %."""

BADGE = (SIZE[0] - 190, SIZE[1] - 90)
"""Where YouTube's badge with the video's duration begins, with room for a shadow: it covers the bottom right corner."""
