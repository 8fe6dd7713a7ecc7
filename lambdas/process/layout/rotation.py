"""Rotate points of the canvas."""

import math

Point = tuple[float, float]


def rotate(point: Point, centre: Point, degrees: float) -> Point:
    """Rotate a point counter-clockwise around a centre; y points down."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    dx, dy = point[0] - centre[0], point[1] - centre[1]
    return centre[0] + dx * cosine + dy * sine, centre[1] - dx * sine + dy * cosine
