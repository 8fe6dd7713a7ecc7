"""Errors that the user can fix by choosing another picture, title or option."""

from collections.abc import Iterator
from contextlib import contextmanager


class InvalidImage(Exception):
    """The upload cannot become a thumbnail. The message is for the user and says what to do."""


class SourceGone(InvalidImage):
    """The upload names an earlier one as its source, which is not stored, or no longer."""


class UndrawableTitle(InvalidImage):
    """No font covers a character of the title. The message quotes the character, and must not be logged."""


@contextmanager
def translate_decoder_errors() -> Iterator[None]:
    """Turn any error that a decoder raises on a broken file into `InvalidImage`.

    Pillow's plugins raise OSError, SyntaxError, ValueError, struct.error, IndexError and more on broken files; no list
    would be complete. Too little memory and a missing decoder are our fault, not the file's: those errors pass through.
    """
    try:
        yield
    except (InvalidImage, MemoryError, ImportError):
        raise
    except Exception as error:
        raise InvalidImage(
            "The picture is damaged, incomplete or of a rare kind, and could not be read. "
            "Please open it in an image editor, save it again as JPEG or PNG, and upload that."
        ) from error
