"""Uploads, and those that name an earlier upload as their source: one picture for several thumbnails."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from common.keys import is_upload_key
from process.errors import InvalidImage


class Upload(NamedTuple):
    """An object of the uploads bucket.

    Attributes:
        picture: the file.
        values: its decoded metadata: filename, text, options and, if its picture is another upload's, source.
    """

    picture: bytes
    values: Mapping[str, str]


def follow_source(upload: Upload, fetch: Callable[[str], Upload]) -> Upload:
    """Return an upload with the picture of its source and, unless it has its own, the filename of that.

    An upload without a source is returned as it is.

    Args:
        upload: its metadata may have been set by hand, and hold anything.
        fetch: returns the upload with a given key.

    Raises:
        InvalidImage: the source cannot be the key of an upload, or has a source itself.
    """
    if "source" not in upload.values:
        return upload
    key = upload.values["source"]
    if not is_upload_key(key):
        raise InvalidImage('"source" must be the filename that POST /generate-presigned-url returned for the picture.')
    source = fetch(key)
    if "source" in source.values:
        raise InvalidImage('"source" names an upload that has a source itself. Please name the one with the picture.')
    return Upload(source.picture, {"filename": source.values.get("filename", key), **upload.values})
