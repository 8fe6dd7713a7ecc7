"""Options that a user may set for a thumbnail: defaults, validation, and how they travel in S3 metadata."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self, TypedDict

FITS = ("auto", "pad", "crop", "letterbox")
"""How the picture fills the canvas."""

POSITIONS = (
    "auto",
    *("top-left", "top-center", "top-right"),
    *("middle-left", "middle-center", "middle-right"),
    *("bottom-left", "bottom-center", "bottom-right"),
)
"""Where the title is placed."""

SIZES = ("1280x720", "1920x1080", "3840x2160")
"""Width and height of the thumbnail, in pixels: https://support.google.com/youtube/answer/72431"""

LIMITS = ("2MB", "50MB")
"""Size that the file stays below: what YouTube takes on a phone, and what it takes on a desktop and through its API.

Of 1280x720 pixels, every file stays below the lower one.
"""

CAPS = ("off", "on")
"""Whether the title is set in capitals or as typed."""

# Which looks there are is not known here: each is a module of process, and Terraform gives presign their names.
_LOOK = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII | re.IGNORECASE)


class InvalidOption(ValueError):
    """An option has an invalid value. The message is for the user and says which are valid."""


class OptionFields(TypedDict, total=False):
    """The fields of `Options` as keyword arguments."""

    fit: str
    position: str
    caps: bool
    look: str
    accent: str
    size: str
    limit: str


@dataclass(frozen=True)
class Options:
    """Valid options. Invalid ones raise `InvalidOption`.

    Attributes:
        fit: one of `FITS`.
        position: one of `POSITIONS`.
        caps: whether every look sets the title in capitals; if not, each look decides.
        look: "auto" for several looks, or the name of one; whether there is one of this name is not checked here.
        accent: "auto", or a colour as #rrggbb; capitals become lower-case.
        size: one of `SIZES`.
        limit: one of `LIMITS`.
    """

    fit: str = "auto"
    position: str = "auto"
    caps: bool = False
    look: str = "auto"
    accent: str = "auto"
    size: str = SIZES[0]
    limit: str = LIMITS[0]

    def __post_init__(self) -> None:
        """Validate, and write the accent in lower case."""
        _check("fit", self.fit, FITS)
        _check("position", self.position, POSITIONS)
        _check("size", self.size, SIZES)
        _check("limit", self.limit, LIMITS)
        if not isinstance(self.look, str) or not _LOOK.fullmatch(self.look):
            raise InvalidOption('"look" must be auto, or the name of a look in lower case.')
        if self.accent != "auto":
            object.__setattr__(self, "accent", _parse_colour(self.accent))

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """Read the options from the fields of a JSON request, or from an object's decoded metadata.

        Args:
            values: by name; other names are ignored. `caps` is "on", "off", True or False.

        Raises:
            InvalidOption: an option has an invalid value.
        """
        given = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        if not isinstance(given.get("caps", False), bool):
            _check("caps", given["caps"], CAPS)
            given["caps"] = given["caps"] == "on"
        return cls(**given)

    def to_metadata(self) -> dict[str, str]:
        """Return the options as `parse` reads them from an object's metadata."""
        return {name: CAPS[value] if name == "caps" else value for name, value in asdict(self).items()}


def _parse_colour(value: object) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise InvalidOption('"accent" must be auto, or a colour as #rrggbb, such as #ff0033.')
    return value.lower()


def _check(name: str, value: object, accepted: tuple[str, ...]) -> None:
    if value not in accepted:
        raise InvalidOption(f'"{name}" must be one of {", ".join(accepted)}.')
