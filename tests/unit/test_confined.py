"""A file that breaks a decoder is refused; the function goes on."""

import os
import signal
import time
from collections.abc import Callable

import pytest
from pictures import encoded, quarters

from process import confined, thumbnail
from process.errors import InvalidImage

PICTURE = encoded(quarters(), "PNG")


def test_the_thumbnail_is_the_same_as_without_confinement() -> None:
    confined_too = confined.make_thumbnail(PICTURE, "Hello", fit="crop", position="top-left", caps=True)
    assert confined_too == thumbnail.make_thumbnail(PICTURE, "Hello", fit="crop", position="top-left", caps=True)


def test_a_reason_for_the_user_comes_through() -> None:
    with pytest.raises(InvalidImage, match="not a picture that can be read"):
        confined.make_thumbnail(b"a text", "")


def crash(*_: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def exit_at_once(*_: object) -> bytes:
    os._exit(0)


def hang(*_: object) -> bytes:
    time.sleep(3600)
    return b""


def starve(*_: object) -> bytes:
    return bytes(confined._MEMORY_MB << 20)  # noqa: SLF001


@pytest.mark.parametrize("harm", [crash, exit_at_once, hang, starve])
def test_a_file_that_harms_the_process_is_refused_and_the_owner_told(
    harm: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(confined, "_SECONDS", 1)
    monkeypatch.setattr(thumbnail, "make_thumbnail", harm)
    with pytest.raises(InvalidImage, match="scale it down"):
        confined.make_thumbnail(PICTURE, "")
    assert "given up" in caplog.text


def test_a_fault_of_ours_comes_through_with_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise RuntimeError("the font is missing")

    monkeypatch.setattr(thumbnail, "make_thumbnail", fail)
    with pytest.raises(RuntimeError, match="the font is missing") as failure:
        confined.make_thumbnail(PICTURE, "")
    assert "in fail" in failure.value.__notes__[0]
