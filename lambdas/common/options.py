"""Options that a user may set for a thumbnail: defaults, validation, and how they travel in S3 metadata."""

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

CAPS = ("off", "on")
"""Whether the title is set in capitals or as typed."""


class InvalidOption(ValueError):
    """An option has an invalid value. The message is for the user and lists the valid ones."""


class OptionFields(TypedDict, total=False):
    """The fields of `Options` as keyword arguments."""

    fit: str
    position: str
    caps: bool


@dataclass(frozen=True)
class Options:
    """Valid options. Invalid ones raise `InvalidOption`."""

    fit: str = "auto"
    position: str = "auto"
    caps: bool = False

    def __post_init__(self) -> None:
        """Validate."""
        _check("fit", self.fit, FITS)
        _check("position", self.position, POSITIONS)

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


def _check(name: str, value: object, accepted: tuple[str, ...]) -> None:
    if value not in accepted:
        raise InvalidOption(f'"{name}" must be one of {", ".join(accepted)}.')
