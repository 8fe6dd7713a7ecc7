"""The looks of a thumbnail: one module each, and the choice among them.

A look is a module with a function `compose(scene: Scene) -> Composition`. It always composes; `Composition.declined`
says why the result does not suit the picture and title, if it does not. To add a look is to add a module.
"""

import pkgutil
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Protocol

from process.canvas import Box
from process.layout.framing import choose_framing
from process.layout.scene import Scene
from process.layout.wcag import Colour
from process.render.composition import Composition

VARIANTS = 3
_BLACK = (0, 0, 0)

_COST_DECLINED = 10.0
# For titles in the same place; and for pictures in the same area, if both looks draw layers over it, or neither does.
_COST_SAME_PLACE, _COST_SAME_AREA = 0.4, 0.2


class Look(Protocol):
    """A module of `process.looks`."""

    def compose(self, scene: Scene) -> Composition:
        """Compose a thumbnail of a scene."""


@cache
def list_looks() -> tuple[str, ...]:
    """List the names of all looks."""
    return tuple(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def compose_looks(scene: Scene, look: str) -> dict[str, Composition]:
    """Compose a thumbnail in the named look, one of `list_looks`, or in each if the name is "auto".

    Without a title, all looks would show the picture alone, so there is one composition.
    """
    names = list_looks() if look == "auto" else (look,)
    if not scene.title.text:
        return {names[0]: Composition(choose_framing(scene), _choose_ground(scene, None), (), (), {})}
    modules: dict[str, Look] = {name: import_module(f"process.looks.{name}") for name in names}
    compositions = {name: module.compose(scene) for name, module in modules.items()}
    return {
        name: composition._replace(ground=_choose_ground(scene, composition.ground))
        for name, composition in compositions.items()
    }


def _choose_ground(scene: Scene, ground: Colour | None) -> Colour | None:
    return _BLACK if scene.fit == "letterbox" else ground


def choose_variants(compositions: dict[str, Composition]) -> dict[str, Composition]:
    """Choose three of the compositions by look, best first. Looks that decline come last."""
    chosen: dict[str, Composition] = {}
    while len(chosen) < min(VARIANTS, len(compositions)):
        rest = [look for look in compositions if look not in chosen]
        best = min(rest, key=lambda look: _price(compositions[look], list(chosen.values())))
        chosen[best] = compositions[best]
    return chosen


def _price(composition: Composition, chosen: Sequence[Composition]) -> float:
    declined = _COST_DECLINED if composition.declined else 0.0
    return composition.cost + declined + max((_compare(composition, other) for other in chosen), default=0.0)


def _compare(one: Composition, other: Composition) -> float:
    """Return what it costs that two compositions look alike."""
    place = _measure_overlap(one.letters[0].box, other.letters[0].box)
    area = _measure_overlap(one.framing.area, other.framing.area) if bool(one.layers) == bool(other.layers) else 0.0
    return _COST_SAME_PLACE * place + _COST_SAME_AREA * area


def _measure_overlap(one: Box, other: Box) -> float:
    """Return the intersection of two boxes, relative to their union."""
    common = one.intersect(other).area
    return common / (one.area + other.area - common)
