"""The canvas that every thumbnail is drawn on."""

SIZE = (1280, 720)
"""Width and height in pixels, as YouTube recommends: https://support.google.com/youtube/answer/72431"""
