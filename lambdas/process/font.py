"""The title's font, from the font layer."""

from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

# The first that is installed is used; `make build` makes the first of a font that its owner put in layers/fonts/.
_PACKAGES = {"fontpkg_impact": "Impact.ttf", "fontpkg_anton": "Anton-Regular.ttf"}


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Load the title's font at `size` pixels per em.

    Pillow's basic layout is asked for: the other one needs a system library that Lambda's image lacks, and
    would make the thumbnails of two machines differ.
    """
    return ImageFont.truetype(_path(), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _path() -> Path:
    for package, name in _PACKAGES.items():
        if find_spec(package):
            with as_file(files(package) / "files" / name) as path:
                return path
    raise ModuleNotFoundError(f"no font: none of {', '.join(_PACKAGES)} is installed; is the font layer attached?")


@cache
def cap_height() -> float:
    """Return the height of a capital letter, in ems."""
    reference = 1000
    return -font(reference).getbbox("H", anchor="ls")[1] / reference
