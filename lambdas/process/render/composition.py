"""The layers of a thumbnail, in the order in which they are drawn. Lengths and boxes are in pixels of the canvas."""

from typing import NamedTuple

from process.canvas import Box
from process.layout.framing import Framing
from process.layout.rotation import Point
from process.layout.typesetting import PlacedLine
from process.layout.wcag import Colour


class Fade(NamedTuple):
    """A gradient from an edge of a box to the opposite edge.

    Attributes:
        box: the box that it covers.
        edge: where it is most opaque: left, right, top or bottom.
        colour: its colour.
        opacity: at that edge, 0 to 1.
        solid: fraction of the length over which the opacity stays the same, before it decreases to 0.
    """

    box: Box
    edge: str
    colour: Colour
    opacity: float
    solid: float


class Shape(NamedTuple):
    """A polygon of one colour; a bar, a panel, a stripe."""

    points: tuple[Point, ...]
    colour: Colour


class Outline(NamedTuple):
    """An outline of letters."""

    colour: Colour
    width: float


class Shadow(NamedTuple):
    """A shadow of letters and their outline: moved by `offset` to the right and down, and blurred."""

    colour: Colour
    offset: Point
    blur: float
    opacity: float


class Letters(NamedTuple):
    """The title.

    Attributes:
        lines: from top to bottom.
        box: around all of it, outline included, before it is rotated.
        fill: colour of the letters.
        accent: colour of the emphasized letters.
        outline: around the letters; None for none.
        shadow: of the letters and their outline; None for none.
        angle: by which all of it is rotated around the centre of the box, in degrees, counter-clockwise.
    """

    lines: tuple[PlacedLine, ...]
    box: Box
    fill: Colour
    accent: Colour
    outline: Outline | None = None
    shadow: Shadow | None = None
    angle: float = 0.0


class Composition(NamedTuple):
    """A thumbnail as a look composes it.

    Attributes:
        framing: of the picture.
        ground: colour of the canvas outside the picture; None for a blurred copy of the picture.
        layers: what is drawn over the picture.
        letters: the title, which is drawn last; none without a title.
        costs: what it costs, by reason.
        declined: why the look does not suit this picture and title; empty if it does.
    """

    framing: Framing
    ground: Colour | None
    layers: tuple[Fade | Shape, ...]
    letters: tuple[Letters, ...]
    costs: dict[str, float]
    declined: str = ""

    @property
    def cost(self) -> float:
        """Sum of the costs."""
        return sum(self.costs.values())

    @property
    def lines(self) -> list[PlacedLine]:
        """The lines of the title, from top to bottom."""
        return sorted((line for letters in self.letters for line in letters.lines), key=lambda line: line.y)

    @property
    def cap_height(self) -> float:
        """Height of a capital of the title's smallest line, in pixels; 0 without a title."""
        return min((line.size * line.line.cap_height for line in self.lines), default=0.0)
