"""Object keys: presign creates them, process derives the thumbnail's, poll validates them."""

import re
import secrets

_UPLOAD_KEY = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}", re.ASCII)


def create_upload_key(extension: str) -> str:
    """Return a new upload key, such as ``3f…9c.png``: 128 random bits and the extension."""
    return f"{secrets.token_hex(16)}.{extension}"


def is_upload_key(key: str) -> bool:
    """Tell whether a key has the form of those that presign creates."""
    return _UPLOAD_KEY.fullmatch(key) is not None


def get_thumbnail_key(upload_key: str, number: int = 1) -> str:
    """Return the key of one of an upload's thumbnails: ``cat.png.jpg``, ``cat.png.2.jpg``, ``cat.png.3.jpg``.

    It keeps the whole upload key: ``cat.png`` and ``cat.gif``, copied into the bucket by hand, must not overwrite each
    other's thumbnail. (A file named ``cat.png.2`` would.)

    Args:
        upload_key: key of the upload.
        number: 1 for the first thumbnail, whose key is that of the outcome.
    """
    return f"{upload_key}.jpg" if number == 1 else f"{upload_key}.{number}.jpg"
