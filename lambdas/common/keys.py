"""Object keys: what presign hands out, process derives and poll recognises."""

import re
import secrets

_UPLOAD_KEY = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}", re.ASCII)


def new_upload_key(extension: str) -> str:
    """Return a fresh upload key, such as ``3f…9c.png``: 128 random bits, nothing of the user's in it."""
    return f"{secrets.token_hex(16)}.{extension}"


def is_upload_key(key: str) -> bool:
    """Tell whether presign could have handed out this key."""
    return _UPLOAD_KEY.fullmatch(key) is not None


def thumbnail_key(upload_key: str) -> str:
    """Return where the thumbnail of an upload is stored.

    The upload's whole key stays in it, so that ``cat.png`` and ``cat.gif``, put into the bucket by hand,
    do not overwrite each other's thumbnail.
    """
    return f"{upload_key}.jpg"
