"""Choose a place for a title on the picture, together with its size and the framing."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from process.canvas import CANVAS
from process.layout.anchors import Anchor, list_anchors
from process.layout.framing import Framing, find_framing
from process.layout.scene import Scene
from process.layout.typesetting import Setting


class Placement(NamedTuple):
    """A title at a place on the picture. `costs` are by reason, without those of the framing."""

    setting: Setting
    anchor: Anchor
    framing: Framing
    costs: dict[str, float]


def choose_placement(scene: Scene, settings: Iterable[tuple[Setting, float, float]]) -> Placement:
    """Choose the cheapest place of a title on a picture that fills the canvas.

    Branch and bound: what is covered never lowers a cost, so candidates that cost as much as the best without it are
    skipped.

    Args:
        scene: the picture and the title.
        settings: the sizes to choose from, each with the width and height that it needs on the canvas, in pixels.
    """
    candidates = sorted(
        (
            (setting.cost + anchor.cost, setting, anchor)
            for setting, width, height in settings
            for anchor in list_anchors(scene, width, height)
        ),
        key=lambda candidate: candidate[0],
    )
    best: Placement | None = None
    lowest = math.inf
    for cost, setting, anchor in candidates:
        framing = find_framing(scene, CANVAS, [(anchor.box, 1.0)], lowest - cost)
        if framing:
            best = Placement(setting, anchor, framing, {"size": setting.cost, "place": anchor.cost})
            lowest = cost + framing.cost
    if not best:
        raise ValueError("a title needs a setting")
    return best
