"""Outcome of an upload, as metadata of the object under its one key: process writes it, poll reads it."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self, TypedDict

SOURCE_GONE = "source-gone"
"""Code of the error of an upload whose source is no longer stored: the client can upload the picture again."""


class Variant(TypedDict, total=False):
    """One of an upload's thumbnails.

    Outcomes that were stored before uploads had several thumbnails say nothing about their only one.

    Attributes:
        look: name of the look that drew it.
        contrast: WCAG contrast ratio of the letters to what is behind them; 0 without a title.
        capHeight: height of a capital letter in pixels when the thumbnail is shown 168 pixels wide; 0 without a title.
        words: number of words of the title.
        bytes: size of the file.
        scale: pixels of the thumbnail per pixel of the picture; above 1, the picture is enlarged.
    """

    look: str
    contrast: float
    capHeight: float
    words: int
    bytes: int
    scale: float


class Outcome(NamedTuple):
    """What became of an upload.

    Attributes:
        filename: the user's name of the uploaded file.
        variants: the thumbnails, the best first; none if there is an error.
        error: why there is no thumbnail, for the user; None if there is one.
        code: for programs, the kind of error, `SOURCE_GONE`; None for all others.
    """

    filename: str
    variants: Sequence[Variant] = ()
    error: str | None = None
    code: str | None = None

    @classmethod
    def parse(cls, values: Mapping[str, str]) -> Self:
        """Read an outcome from its object's decoded metadata."""
        filename = values.get("filename", "thumbnail")
        if "error" in values:
            return cls(filename, error=values["error"], code=values.get("code"))
        return cls(filename, json.loads(values.get("variants", "[{}]")))

    def to_metadata(self) -> dict[str, str]:
        """Return the outcome as `parse` reads it from an object's metadata."""
        if self.error is not None:
            failure = {"filename": self.filename, "error": self.error}
            return failure if self.code is None else failure | {"code": self.code}
        variants = json.dumps(self.variants, allow_nan=False, separators=(",", ":"))  # S3 allows 2 KB in all
        return {"filename": self.filename, "variants": variants}
