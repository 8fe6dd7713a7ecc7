"""What `make redrive` prints; replaying is tested on the stack."""

from collections.abc import Iterator
from typing import Any

import pytest

import redrive
from user_error import UserError


@pytest.fixture
def fates(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    fates: list[tuple[str, str, str]] = []

    def replay(*_: Any) -> Iterator[tuple[str, str, str]]:
        return iter(fates)

    monkeypatch.setattr(redrive, "_find_stack", lambda: (None, {}))
    monkeypatch.setattr(redrive, "redrive", replay)
    return fates


def test_each_upload_is_printed_and_all_are_counted(
    fates: list[tuple[str, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    fates += [("replayed", "a.png", "had failed: E"), ("gone", "b.png", "the upload was deleted")]
    redrive.main()
    assert (
        capsys.readouterr().out
        == "replayed  a.png: had failed: E\ngone      b.png: the upload was deleted\n1 replayed, 1 gone, 0 kept\n"
    )


def test_redrive_fails_if_an_event_still_fails(
    fates: list[tuple[str, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    fates.append(("kept", "a.png", "AccessDenied"))
    with pytest.raises(UserError, match="fix the cause"):
        redrive.main()
    assert "kept      a.png: AccessDenied\n" in capsys.readouterr().out


def test_redrive_needs_a_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.Emulator.is_running", lambda _: False)
    monkeypatch.setattr("terraform.check_version", lambda: None)
    monkeypatch.setattr("terraform.read_outputs", lambda _: {})
    with pytest.raises(UserError, match="no local stack is running, and none was deployed from this folder"):
        redrive.main()
