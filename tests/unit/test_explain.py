"""`make explain` shows the decisions that the thumbnails were made with."""

import io
import sys
from pathlib import Path

import pytest
from helpers.pictures import draw_quarters, encode
from PIL import Image

import explain
from process.looks import list_looks
from process.thumbnail import make_thumbnail, plan
from user_error import UserError

PICTURE = encode(draw_quarters((900, 900)), "PNG")
WIDTH, HEIGHT = 480, 270


def run_explain(monkeypatch: pytest.MonkeyPatch, folder: Path, *options: str) -> Image.Image:
    image, out = folder / "picture.png", folder / "explained.png"
    image.write_bytes(PICTURE)
    monkeypatch.setattr(sys, "argv", ["explain.py", str(image), "--out", str(out), *options])
    explain.main()
    with Image.open(out) as view:
        view.load()
    return view


def test_the_image_shows_the_thumbnails_of_all_looks_the_chosen_ones_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view = run_explain(monkeypatch, tmp_path, "--text", "Hello")
    for column, look in enumerate(plan(PICTURE, "Hello").variants):
        thumbnail = Image.open(io.BytesIO(make_thumbnail(PICTURE, "Hello", look=look)))
        left = column * (WIDTH + 8)
        shown = view.crop((left, 0, left + WIDTH, HEIGHT))
        assert shown.tobytes() == thumbnail.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).tobytes()
    assert view.width > (len(list_looks()) - 1) * WIDTH
    assert view.height > 2 * HEIGHT


def test_the_costs_of_each_look_and_the_reasons_to_decline_are_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_explain(monkeypatch, tmp_path, "--text", "Hello")
    header, *rows = capsys.readouterr().out.splitlines()
    compositions = plan(PICTURE, "Hello").compositions
    assert {row.split()[0] for row in rows[: len(compositions)]} == set(list_looks())
    for reason in {reason for composition in compositions.values() for reason in composition.costs}:
        assert reason in header
    for look, composition in compositions.items():
        assert any(row.split()[:1] == [look] and f"{composition.cost:.2f}" in row for row in rows)
        assert any(row.startswith(look) and row.endswith(composition.declined or "title") for row in rows)


def test_a_named_look_is_the_only_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    view = run_explain(monkeypatch, tmp_path, "--text", "Hello", "--look", "fade", "--position", "top-left")
    assert view.width == WIDTH
    printed = capsys.readouterr().out
    assert "fade" in printed
    assert "stack" not in printed


def test_without_a_title_there_is_nothing_to_explain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TEXT="):
        run_explain(monkeypatch, tmp_path, "--text", "")


@pytest.mark.parametrize(("option", "value"), [("--look", "sepia"), ("--position", "left"), ("--fit", "stretch")])
def test_a_wrong_option_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: str, value: str) -> None:
    with pytest.raises(UserError, match="must be one of"):
        run_explain(monkeypatch, tmp_path, option, value)
