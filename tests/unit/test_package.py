"""The zips that Terraform uploads."""

import io
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import package
from package import (
    FUNCTIONS,
    add_bytecode,
    add_owner_fonts,
    format_coverage,
    iterate_files,
    iterate_function_files,
    remove_unused_fonts,
    write_coverage,
    write_zip,
)
from process.looks import list_looks
from process.text.font_files import ANTON, DISPLAY_FACES, EMOJI, FALLBACKS, FontFile, find_typeface
from user_error import UserError

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_zip_contains_its_own_package_and_common_only(function: str) -> None:
    names = {name for name, _ in iterate_function_files(function)}
    assert f"{function}/handler.py" in names
    assert {name.split("/")[0] for name in names} == {function, "common"}


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder, names in (("one", ("a.py", "b.py")), ("other", ("b.py", "a.py"))):
        for name in names:
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_text(f"# {name}")
        write_zip(tmp_path / f"{folder}.zip", iterate_files(tmp_path / folder))
    (tmp_path / "one" / "a.py").chmod(0o700)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_different_content_gives_different_bytes(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text(f"# {folder}")
        write_zip(tmp_path / f"{folder}.zip", iterate_files(tmp_path / folder))
    assert (tmp_path / "one.zip").read_bytes() != (tmp_path / "other.zip").read_bytes()


def test_files_can_be_read_by_lambda(tmp_path: Path) -> None:
    """Lambda and the build run as different users, so everyone must be able to read the files."""
    (tmp_path / "a.py").write_text("")
    (tmp_path / "a.py").chmod(0o600)
    write_zip(tmp_path / "a.zip", iterate_files(tmp_path))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert all(entry.external_attr >> 16 & 0o044 == 0o044 for entry in archive.infolist())


def test_packaged_bytecode_is_used_without_checking_its_source(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("NAME = 'source'")
    files = dict(add_bytecode([("package/module.py", tmp_path / "module.py")], tmp_path / "bytecode"))
    write_zip(tmp_path / "all.zip", files.items())
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        archive.extractall(tmp_path / "function")
    (tmp_path / "function" / "package" / "module.py").write_text("NAME = 'never read'")
    program = "from package import module; print(module.NAME)"
    answer = subprocess.run(
        [sys.executable, "-B", "-W", "ignore", "-c", program],
        cwd=tmp_path / "function",
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "source"


@pytest.mark.parametrize(
    ("lambda_python", "has_bytecode"), [(".".join(map(str, sys.version_info[:2])), True), ("3.0", False)]
)
def test_a_build_with_another_python_than_lambdas_has_no_bytecode_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    lambda_python: str,
    has_bytecode: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    (tmp_path / "lambdas").symlink_to(ROOT / "lambdas")
    monkeypatch.setattr(package, "ROOT", tmp_path)
    monkeypatch.setattr(package, "LAMBDA_PYTHON", lambda_python)
    monkeypatch.setattr(sys, "argv", ["package.py", "poll", "arm64"])
    package.main()
    with zipfile.ZipFile(tmp_path / "build" / "arm64" / "poll.zip") as archive:
        assert any(name.endswith(".pyc") for name in archive.namelist()) == has_bytecode
    warning = capsys.readouterr().err
    assert ("has no bytecode: it needs Python 3.0" in warning) != has_bytecode
    assert ("rm -rf .venv build/arm64" in warning) != has_bytecode


def test_bytecode_is_the_same_each_time(tmp_path: Path) -> None:
    for time in ("one", "other"):
        files = iterate_function_files("process")
        write_zip(tmp_path / f"{time}.zip", add_bytecode(files, tmp_path / time))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_the_font_layer_contains_only_the_fonts_in_use_and_the_licences(tmp_path: Path) -> None:
    for name in (EMOJI.file, "fonts/Other.ttf", "__init__.py", "licenses/noto/OFL.txt"):
        path = tmp_path / EMOJI.package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    remove_unused_fonts(tmp_path)
    names = {name for name, _ in iterate_files(tmp_path / EMOJI.package)}
    assert names == {EMOJI.file, "licenses/noto/OFL.txt"}


def test_the_font_layer_keeps_every_typeface(tmp_path: Path) -> None:
    for font in DISPLAY_FACES:
        path = tmp_path / font.package / font.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    remove_unused_fonts(tmp_path)
    assert all((tmp_path / font.package / font.file).exists() for font in DISPLAY_FACES)


@pytest.mark.parametrize("look", list_looks())
def test_the_font_layer_has_the_typeface_of_every_look(look: str) -> None:
    module = import_module(f"process.looks.{look}")
    typefaces = {value for value in vars(module).values() if isinstance(value, FontFile)}
    assert typefaces
    assert typefaces <= set(DISPLAY_FACES)
    requirements = Path(ROOT, "layers/fonts/requirements.txt").read_text()
    for typeface in typefaces:
        assert f"{typeface.package.replace('_', '-')}==" in requirements


def copy_font(target: Path, size: int | None = None) -> None:
    """Copy the first bytes of a font, or all of it."""
    path = ANTON.find()
    assert path
    target.write_bytes(path.read_bytes()[:size])


def test_the_owners_fonts_are_added_where_they_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").touch()
    copy_font(tmp_path / "stack.ttf")
    copy_font(tmp_path / "title.otf")
    add_owner_fonts(tmp_path, tmp_path / "site", ["panel", "stack"])
    monkeypatch.syspath_prepend(tmp_path / "site")
    find_typeface.cache_clear()
    found = [find_typeface(look, ANTON).find() for look in ("panel", "stack")]
    find_typeface.cache_clear()
    assert [path and path.name for path in found] == ["title.otf", "stack.ttf"]


def test_without_owners_fonts_the_layer_has_no_folder_for_them(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").touch()
    add_owner_fonts(tmp_path, tmp_path / "site", [])
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["Impact.ttf", "stakc.otf", "title.TTF"])
def test_an_owners_font_that_no_look_would_use_is_refused(tmp_path: Path, name: str) -> None:
    copy_font(tmp_path / name)
    with pytest.raises(UserError, match=f"{name} .* Name it panel or stack or title, .ttf or .otf"):
        add_owner_fonts(tmp_path, tmp_path / "site", ["stack", "panel"])


@pytest.mark.parametrize("size", [0, 3, 100, 5000, 100_000])
def test_a_damaged_font_is_refused(tmp_path: Path, size: int) -> None:
    copy_font(tmp_path / "title.ttf", size)
    with pytest.raises(UserError, match=r"title\.ttf is no font, or is damaged"):
        add_owner_fonts(tmp_path, tmp_path / "site", [])


def test_a_compressed_font_is_refused(tmp_path: Path) -> None:
    copy_font(tmp_path / "title.ttf")
    with TTFont(tmp_path / "title.ttf") as font:
        font.flavor = "woff"
        font.save(tmp_path / "title.otf")
    (tmp_path / "title.ttf").unlink()
    with pytest.raises(UserError, match="Convert it"):
        add_owner_fonts(tmp_path, tmp_path / "site", [])


def test_presign_covers_the_characters_of_the_fonts_in_the_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = [(font, path) for font in FALLBACKS[:2] if (path := font.find())]
    monkeypatch.setattr("package.FALLBACKS", FALLBACKS[:1])
    monkeypatch.setattr("package.EMOJI", FALLBACKS[1])
    write_zip(tmp_path / "fonts.zip", [(f"python/{font.package}/{font.file}", path) for font, path in fonts])
    written = write_coverage(tmp_path / "fonts.zip", tmp_path / "content")
    assert written.read_text() == format_coverage(io.BytesIO(path.read_bytes()) for _, path in fonts)


def test_presign_is_not_built_from_an_incomplete_font_layer(tmp_path: Path) -> None:
    write_zip(tmp_path / "fonts.zip", [])
    with pytest.raises(KeyError):
        write_coverage(tmp_path / "fonts.zip", tmp_path / "content")
