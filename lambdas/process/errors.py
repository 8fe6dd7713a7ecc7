"""The one error that a picture or its options can cause."""

from collections.abc import Iterator
from contextlib import contextmanager


class InvalidImage(Exception):
    """The upload cannot become a thumbnail. The message is for the user and says what to do."""


@contextmanager
def unreadable_is_invalid() -> Iterator[None]:
    """Turn whatever a decoder throws at a broken file into `InvalidImage`.

    Pillow's plugins raise OSError, SyntaxError, ValueError, struct.error, IndexError and more on bytes
    that break their format; a list would never be complete. Running out of memory passes through: whoever
    set the limit knows whose fault it is.
    """
    try:
        yield
    except (InvalidImage, MemoryError):
        raise
    except Exception as error:
        raise InvalidImage(
            "The picture is damaged, incomplete or of a rare kind, and could not be read. "
            "Please open it in an image editor, save it again as JPEG or PNG, and upload that."
        ) from error
