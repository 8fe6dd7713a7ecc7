"""`make explain` shows the decisions that the thumbnail was made with."""

import io
import sys
from pathlib import Path

import pytest
from helpers.pictures import draw_quarters, encode
from PIL import Image

import explain
from process.thumbnail import make_thumbnail
from user_error import UserError

PICTURE = encode(draw_quarters((900, 900)), "PNG")


def run_explain(monkeypatch: pytest.MonkeyPatch, folder: Path, *options: str) -> Image.Image:
    image, out = folder / "picture.png", folder / "explained.png"
    image.write_bytes(PICTURE)
    monkeypatch.setattr(sys, "argv", ["explain.py", str(image), "--out", str(out), *options])
    explain.main()
    with Image.open(out) as view:
        view.load()
    return view


def test_the_view_shows_the_thumbnail_and_the_costs_are_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    view = run_explain(monkeypatch, tmp_path, "--text", "Hello")
    thumbnail = Image.open(io.BytesIO(make_thumbnail(PICTURE, "Hello"))).resize((640, 360))
    assert view.crop((0, 0, 640, 360)).tobytes() == thumbnail.tobytes()
    printed = capsys.readouterr().out
    for word in ("panel left", "whole", "skin", "detail", "Contrast of the letters"):
        assert word in printed


def test_the_printed_candidates_have_the_position_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_explain(monkeypatch, tmp_path, "--text", "Hello", "--position", "bottom-right")
    totals = [line.split() for line in capsys.readouterr().out.splitlines() if " px " in line]
    assert totals
    assert all("bottom-right" in line for line in totals)


def test_without_a_title_there_is_nothing_to_explain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TEXT="):
        run_explain(monkeypatch, tmp_path, "--text", "")
