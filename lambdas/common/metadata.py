"""User metadata of an S3 object: plain ASCII on the wire, any text on our side.

S3 takes US-ASCII only, 2 KB in all:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
"""

from collections.abc import Mapping
from urllib.parse import quote, unquote

# Beside a title of 120 characters, 12 bytes each at worst once encoded, this keeps within the 2 KB.
_MAX_ENCODED_FILENAME = 300


def encode(values: Mapping[str, str]) -> dict[str, str]:
    """Percent-encode every value, so that any text survives the way through S3."""
    return {name: quote(value, safe="") for name, value in values.items()}


def decode(metadata: Mapping[str, str]) -> dict[str, str]:
    """Return the values as they were before `encode`; plain ASCII set by hand comes back as it is."""
    return {name: unquote(value) for name, value in metadata.items()}


def shorten_filename(filename: str) -> str:
    """Return the end of a filename, with its extension: as much as leaves room for the other metadata."""
    filename = filename[-_MAX_ENCODED_FILENAME:]
    while len(quote(filename, safe="")) > _MAX_ENCODED_FILENAME:
        filename = filename[1:]
    return filename
