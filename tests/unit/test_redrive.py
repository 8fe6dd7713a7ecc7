"""What `make redrive` says; that it replays is tested on the stack."""

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

    monkeypatch.setattr(redrive, "_stack", lambda: (None, {}))
    monkeypatch.setattr(redrive, "redrive", replay)
    return fates


def test_each_upload_is_told_and_all_are_counted(
    fates: list[tuple[str, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    fates += [("replayed", "a.png", ""), ("gone", "b.png", "it is deleted")]
    redrive.main()
    assert capsys.readouterr().out == "replayed  a.png\ngone      b.png: it is deleted\n1 replayed, 1 gone, 0 kept\n"


def test_what_still_fails_ends_it_with_trouble(
    fates: list[tuple[str, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    fates.append(("kept", "a.png", "AccessDenied"))
    with pytest.raises(UserError, match="mend the cause"):
        redrive.main()
    assert "kept      a.png: AccessDenied\n" in capsys.readouterr().out


def test_without_a_stack_the_way_to_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.Emulator.running", lambda _: False)
    monkeypatch.setattr("terraform.require", lambda: None)
    monkeypatch.setattr("terraform.outputs", lambda _: {})
    with pytest.raises(UserError, match="no local stack is running, and none was deployed from this folder"):
        redrive.main()
