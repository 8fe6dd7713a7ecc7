"""Percent-encode any text as user metadata of an S3 object.

S3 accepts US-ASCII only, 2 KB in all: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
"""

from collections.abc import Mapping
from urllib.parse import quote, unquote

# Bytes. Leaves room within 2 KB for a title of 120 characters at up to 12 bytes each: 4 bytes of UTF-8, as %XX.
_MAX_ENCODED_FILENAME = 300


def encode(values: Mapping[str, str]) -> dict[str, str]:
    """Percent-encode every value."""
    return {name: quote(value, safe="") for name, value in values.items()}


def decode(metadata: Mapping[str, str]) -> dict[str, str]:
    """Undo `encode`. Plain ASCII that was set by hand stays as it is, unless it contains a percent sign."""
    return {name: unquote(value) for name, value in metadata.items()}


def shorten_filename(filename: str) -> str:
    """Shorten a filename from the start, which spares its extension, until it leaves room for the other metadata."""
    filename = filename[-_MAX_ENCODED_FILENAME:]
    while len(quote(filename, safe="")) > _MAX_ENCODED_FILENAME:
        filename = filename[1:]
    return filename
