"""POST /generate-presigned-url. Presigning needs no network."""

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
import uharfbuzz as hb
from helpers.pictures import encode
from PIL import Image

from common.keys import is_upload_key
from common.options import CAPS, FITS, LIMITS, POSITIONS
from presign.coverage import _read_ranges, is_covered
from process.errors import InvalidImage
from process.text.font_files import EMOJI, FALLBACKS
from process.thumbnail import make_thumbnail

pytestmark = pytest.mark.usefixtures("font_coverage")

PNG = encode(Image.new("RGB", (64, 36)), "PNG")

ColdStart = Callable[[str], ModuleType]
LoadEvent = Callable[[str], dict[str, Any]]


@pytest.fixture
def ask(cold_start: ColdStart, load_event: LoadEvent) -> Callable[[object], tuple[int, dict[str, Any]]]:
    presign = cold_start("presign")

    def ask(body: object) -> tuple[int, dict[str, Any]]:
        request = load_event("presign") | {"body": body if isinstance(body, str) else json.dumps(body)}
        response = presign.lambda_handler(request, None)
        assert response["headers"]["Content-Type"] == "application/json"
        return response["statusCode"], json.loads(response["body"])

    return ask


Ask = Callable[[object], tuple[int, dict[str, Any]]]
CAT = {"filename": "cat.png", "filetype": "image/png"}
SOURCE = "0123456789abcdef0123456789abcdef.jpg"
OPTIONS = {
    "fit": "auto",
    "position": "auto",
    "caps": "off",
    "look": "auto",
    "accent": "auto",
    "size": "1280x720",
    "limit": "2MB",
}


def read_conditions(answer: dict[str, Any]) -> list[Any]:
    conditions: list[Any] = json.loads(base64.b64decode(answer["fields"]["policy"]))["conditions"]
    return conditions


def test_a_request_is_answered_with_a_presigned_post(cold_start: ColdStart, load_event: LoadEvent) -> None:
    response = cold_start("presign").lambda_handler(load_event("presign"), None)
    answer = json.loads(response["body"])
    assert response["statusCode"] == 200
    assert answer.keys() == {"url", "fields", "filename", "expiresIn"}
    assert answer["expiresIn"] == 300
    assert answer["fields"]["key"] == answer["filename"]
    assert is_upload_key(answer["filename"])
    assert answer["filename"].endswith(".png")
    assert answer["fields"]["Content-Type"] == "image/png"
    assert answer["fields"]["x-amz-meta-text"] == "MY%20TITLE"
    assert answer["fields"]["x-amz-meta-fit"] == "crop"
    assert answer["fields"]["x-amz-meta-position"] == "top-left"
    assert answer["fields"]["x-amz-meta-caps"] == "on"
    assert answer["fields"]["x-amz-meta-look"] == "fade"
    assert answer["fields"]["x-amz-meta-accent"] == "%23ff0033"
    assert answer["fields"]["x-amz-meta-filename"] == "cat.png"


def test_the_policy_fixes_every_field_and_bounds_the_size(ask: Ask) -> None:
    _, answer = ask(CAT | {"text": "Hi"} | OPTIONS)
    conditions = read_conditions(answer)
    assert ["content-length-range", 1, 1_000_000] in conditions
    metadata = (f"x-amz-meta-{name}" for name in ("text", "filename", *OPTIONS))
    for field in ("key", "Content-Type", *metadata):
        assert {field: answer["fields"][field]} in conditions
    assert not [c for c in conditions if isinstance(c, list) and c[0] != "content-length-range"]


def test_a_source_takes_the_place_of_the_file(ask: Ask) -> None:
    status, answer = ask({"source": SOURCE, "text": "Hi", "fit": "crop"})
    assert status == 200
    assert answer.keys() == {"url", "fields", "filename", "expiresIn"}
    assert {name: value for name, value in answer["fields"].items() if name.startswith("x-amz-meta-")} == {
        "x-amz-meta-source": SOURCE,
        "x-amz-meta-text": "Hi",
        "x-amz-meta-fit": "crop",
    }
    assert is_upload_key(answer["filename"])
    assert answer["filename"] != SOURCE
    assert answer["filename"].endswith(".jpg")


def test_with_a_source_the_policy_fixes_every_field_and_allows_no_byte(ask: Ask) -> None:
    _, answer = ask({"source": SOURCE, "filename": "dog.png"})
    conditions = read_conditions(answer)
    assert [c for c in conditions if isinstance(c, list)] == [["content-length-range", 0, 0]]
    for field in ("key", "Content-Type", "x-amz-meta-source", "x-amz-meta-filename"):
        assert {field: answer["fields"][field]} in conditions


def test_with_a_source_a_filename_may_be_given(ask: Ask) -> None:
    assert ask({"source": SOURCE, "filename": "dog.png"})[1]["fields"]["x-amz-meta-filename"] == "dog.png"


def test_with_a_source_a_filetype_is_ignored(ask: Ask) -> None:
    plain, with_type = (ask({"source": SOURCE} | extra)[1]["fields"] for extra in ({}, {"filetype": "image/png"}))
    assert with_type["Content-Type"] == plain["Content-Type"]
    assert with_type["key"].endswith(".jpg")


def test_keys_are_unguessable_and_contain_no_user_data(ask: Ask) -> None:
    keys = {ask(CAT)[1]["filename"] for _ in range(50)}
    assert len(keys) == 50
    assert not any("cat" in key for key in keys)


def test_text_and_options_may_be_left_out(ask: Ask) -> None:
    status, answer = ask(CAT)
    assert status == 200
    assert [name for name in answer["fields"] if name.startswith("x-amz-meta-")] == ["x-amz-meta-filename"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("fit", fit) for fit in FITS),
        *(("position", place) for place in POSITIONS),
        *(("caps", caps) for caps in CAPS),
        *(("look", look) for look in ("auto", "fade", "stack")),
        ("accent", "auto"),
        *(("size", size) for size in ("1280x720", "1920x1080")),
        *(("limit", limit) for limit in LIMITS),
    ],
)
def test_every_option_is_passed_on_unchanged(ask: Ask, name: str, value: str) -> None:
    status, answer = ask(CAT | {name: value})
    assert status == 200
    options = OPTIONS.keys() & {field.removeprefix("x-amz-meta-") for field in answer["fields"]}
    assert options == {name}, "an option that is not given must be left to the stack's default"
    assert answer["fields"][f"x-amz-meta-{name}"] == value


def test_an_accent_is_passed_on_in_lower_case(ask: Ask) -> None:
    assert ask(CAT | {"accent": "#FF00aB"})[1]["fields"]["x-amz-meta-accent"] == "%23ff00ab"


@pytest.mark.parametrize(("value", "caps"), [(True, "on"), (False, "off")])
def test_caps_may_be_true_or_false(ask: Ask, value: bool, caps: str) -> None:  # noqa: FBT001  the claim
    assert ask(CAT | {"caps": value})[1]["fields"]["x-amz-meta-caps"] == caps


def test_an_empty_text_becomes_a_flag_and_no_field_is_empty(ask: Ask) -> None:
    _, answer = ask(CAT | {"text": ""})
    assert answer["fields"]["x-amz-meta-untitled"] == "on"
    assert {"x-amz-meta-untitled": "on"} in read_conditions(answer)
    assert "x-amz-meta-text" not in answer["fields"]
    assert all(answer["fields"].values())


@pytest.mark.parametrize("text", [{}, {"text": "Hi"}, {"text": " "}])
def test_without_an_empty_text_there_is_no_flag(ask: Ask, text: dict[str, str]) -> None:
    assert "x-amz-meta-untitled" not in ask(CAT | text)[1]["fields"]


@pytest.mark.parametrize(
    "text", ["Grüße", "日本語", "שלום", "👩‍👩‍👧 50% + 1 = ?", "a/b&c=d", "a\r\nX-Evil: 1\0", "\u202egnp.tac"]
)
def test_text_in_any_script_is_sent_as_ascii(ask: Ask, text: str) -> None:
    field = ask(CAT | {"text": text})[1]["fields"]["x-amz-meta-text"]
    assert field.isascii()
    assert unquote(field) == text


def test_a_body_may_be_base64(cold_start: ColdStart, load_event: LoadEvent) -> None:
    request = load_event("presign")
    request |= {"body": base64.b64encode(request["body"].encode()).decode(), "isBase64Encoded": True}
    assert cold_start("presign").lambda_handler(request, None)["statusCode"] == 200


@pytest.mark.parametrize("body", ["%%%", "é", base64.b64encode(b"\xff\xfe").decode()])
def test_a_body_that_is_not_base64_or_not_utf8_is_refused(
    cold_start: ColdStart, load_event: LoadEvent, body: str
) -> None:
    response = cold_start("presign").lambda_handler(
        load_event("presign") | {"body": body, "isBase64Encoded": True}, None
    )
    assert response["statusCode"] == 400
    assert "UTF-8" in json.loads(response["body"])["error"]


def test_the_longest_metadata_fits_into_two_kilobytes(ask: Ask, cold_start: ColdStart) -> None:
    """S3 counts the bytes of names and values; variables.tf allows titles of up to 120 characters."""
    del cold_start
    options = {"fit": max(FITS, key=len), "position": max(POSITIONS, key=len), "caps": max(CAPS, key=len)}
    options |= {"look": "stack", "accent": "#ff0033", "size": "1920x1080", "limit": max(LIMITS, key=len)}
    _, answer = ask(options | {"source": SOURCE, "filename": "🎬" * 300 + ".png", "text": "🎬" * 20})
    fields = {name.removeprefix("x-amz-meta-"): v for name, v in answer["fields"].items() if "x-amz-meta-" in name}
    size = sum(len(name) + len(value) for name, value in fields.items())
    assert size + (120 - 20) * len("%F0%9F%8E%AC") < 2048
    assert unquote(fields["filename"]).endswith("🎬.png")


def test_a_very_long_filename_is_shortened_quickly(ask: Ask) -> None:
    """Removing one character at a time from the whole name would take longer than all other tests together."""
    status, answer = ask(CAT | {"filename": "é" * 500_000 + ".png"})
    assert status == 200
    assert answer["fields"]["x-amz-meta-filename"].endswith("%C3%A9.png")


REFUSALS: dict[str, tuple[object, str]] = {
    "no body": ("", "JSON object"),
    "no JSON": ("filename=cat.png", "JSON object"),
    "nested too deep": ("[" * 100_000, "JSON object"),
    "a list": ([CAT], "JSON object"),
    "no filename": ({"filetype": "image/png"}, '"filename" is missing'),
    "a blank filename": (CAT | {"filename": "  "}, '"filename" is missing'),
    "a number for a filename": (CAT | {"filename": 5}, '"filename" is missing'),
    "no filetype": ({"filename": "cat.png"}, "image/jpeg, image/png"),
    "a filetype that is not accepted": (CAT | {"filetype": "image/svg+xml"}, "image/jpeg, image/png"),
    "a list for a filetype": (CAT | {"filetype": ["image/png"]}, "image/jpeg, image/png"),
    "a text too long": (CAT | {"text": "x" * 21}, "21 characters, and at most 20"),
    "a number for a text": (CAT | {"text": 5}, '"text" must be a string'),
    "null for a text": (CAT | {"text": None}, '"text" must be a string'),
    "half a character": (CAT | {"text": "\ud83d"}, "half a character"),
    "an unknown fit": (CAT | {"fit": "stretch"}, '"fit" must be one of auto, pad, crop, letterbox.'),
    "a list for a fit": (CAT | {"fit": ["pad"]}, "auto, pad, crop, letterbox"),
    "an unknown position": (CAT | {"position": "left"}, '"position" must be one of auto, top-left, top-center'),
    "true for a position": (CAT | {"position": True}, '"position" must be one of auto, top-left, top-center'),
    "an unknown caps": (CAT | {"caps": "yes"}, '"caps" must be one of off, on'),
    "a number for caps": (CAT | {"caps": 1}, '"caps" must be one of off, on'),
    "an unknown look": (CAT | {"look": "sepia"}, '"look" must be one of auto, fade, stack.'),
    "a look in capitals": (CAT | {"look": "Fade"}, '"look" must be one of auto, fade, stack.'),
    "a list for a look": (CAT | {"look": ["fade"]}, '"look" must be one of auto, fade, stack.'),
    "null for a look": (CAT | {"look": None}, '"look" must be one of auto, fade, stack.'),
    "an accent by name": (CAT | {"accent": "red"}, '"accent" must be auto, or a colour as #rrggbb, such as #ff0033.'),
    "a size that the stack does not offer": (
        CAT | {"size": "3840x2160"},
        '"size" must be one of 1280x720, 1920x1080.',
    ),
    "a size by name": (CAT | {"size": "4K"}, '"size" must be one of 1280x720, 1920x1080.'),
    "null for a size": (CAT | {"size": None}, '"size" must be one of 1280x720, 1920x1080.'),
    "an unknown limit": (CAT | {"limit": "1GB"}, '"limit" must be one of 2MB, 50MB.'),
    "a number for an accent": (CAT | {"accent": 0xFF0033}, '"accent" must be auto, or a colour as #rrggbb'),
    "a blank filename with a source": ({"source": SOURCE, "filename": " "}, '"filename" is missing'),
    "a source of its own naming": ({"source": "cat.png"}, '"source" must be the filename that an earlier POST'),
    "a source in a folder": ({"source": f"x/{SOURCE}"}, '"source" must be the filename that an earlier POST'),
    "a source above": ({"source": f"../{SOURCE}"}, '"source" must be the filename that an earlier POST'),
    "a source in capitals": ({"source": SOURCE.upper()}, '"source" must be the filename that an earlier POST'),
    "a source and a line break": ({"source": f"{SOURCE}\n"}, '"source" must be the filename that an earlier POST'),
    "a thumbnail for a source": ({"source": f"{SOURCE}.jpg"}, '"source" must be the filename that an earlier POST'),
    "a source of a type that is not accepted": (
        {"source": SOURCE.replace(".jpg", ".webp")},
        '"source" must be the filename that an earlier POST',
    ),
    "a source without an extension": (
        {"source": SOURCE.removesuffix(".jpg")},
        '"source" must be the filename that an earlier POST',
    ),
    "null for a source": (CAT | {"source": None}, '"source" must be the filename that an earlier POST'),
    "a list for a source": ({"source": [SOURCE]}, '"source" must be the filename that an earlier POST'),
    "a text too long with a source": ({"source": SOURCE, "text": "x" * 21}, "21 characters, and at most 20"),
    "an unknown fit with a source": ({"source": SOURCE, "fit": "stretch"}, '"fit" must be one of auto'),
    "null for caps": (CAT | {"caps": None}, '"caps" must be one of off, on'),
}


@pytest.mark.parametrize(("body", "message"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_bad_request_is_refused_with_the_reason(ask: Ask, body: object, message: str) -> None:
    status, answer = ask(body)
    assert status == 400
    assert message in answer.pop("error")
    assert answer in ({}, {"field": "text"})


def test_a_missing_body_is_refused(cold_start: ColdStart, load_event: LoadEvent) -> None:
    request = load_event("presign")
    del request["body"]
    assert cold_start("presign").lambda_handler(request, None)["statusCode"] == 400


def test_an_unexpected_error_is_logged_and_answered_with_a_fixed_message(
    cold_start: ColdStart, load_event: LoadEvent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    presign = cold_start("presign")

    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(presign, "_presign", fail)
    response = presign.lambda_handler(load_event("presign"), None)
    assert response["statusCode"] == 500
    assert "secret" not in response["body"]
    assert json.loads(response["body"])["error"].startswith("Something went wrong on our side")
    assert "RuntimeError: secret detail" in caplog.text


@pytest.mark.parametrize(
    "title", ["Ñandú", "Привет!", "שלום (1)", "\u2067मैं\u2069 क्षत्रिय", "日本語の字幕。", "👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️", "𝕳𝖊𝖑𝖑𝖔\n"]
)
def test_a_title_may_be_in_any_script_that_the_fonts_cover(ask: Ask, title: str) -> None:
    assert ask(CAT | {"text": title})[0] == 200
    make_thumbnail(PNG, title)


@pytest.mark.parametrize(("title", "advice"), [("Ꮳ", "Leave it out"), ("ᏣᎳᎩ", "Leave them out")])
def test_the_advice_on_undrawable_characters_goes_by_their_number(ask: Ask, title: str, advice: str) -> None:
    assert ask(CAT | {"text": title})[1]["error"].endswith(f"{advice} of the title.")


@pytest.mark.parametrize("title", ["ᏣᎳᎩ", "བོད་", "Hi \ue000", "x\U0001fbf0\ufff0"])
def test_a_title_that_no_font_covers_is_refused_with_the_same_message_before_and_after_the_upload(
    ask: Ask, title: str
) -> None:
    status, answer = ask(CAT | {"text": title})
    with pytest.raises(InvalidImage) as refused:
        make_thumbnail(PNG, title)
    assert status == 400
    assert answer == {"error": str(refused.value), "field": "text"}
    assert f"U+{ord(title[-1]):04X}" in answer["error"]


def test_a_refusal_lists_few_characters(ask: Ask) -> None:
    assert len(ask(CAT | {"text": "".join(map(chr, range(0x13A0, 0x13D0)))})[1]["error"]) < 200


def test_presign_accepts_the_characters_that_the_fonts_cover() -> None:
    drawn = set(map(chr, range(128)))
    for font in (*FALLBACKS, EMOJI):
        drawn |= set(map(chr, hb.Face(hb.Blob.from_file_path(font.find())).unicodes))
    assert {character for character in map(chr, range(sys.maxunicode + 1)) if is_covered(character)} == drawn


def test_a_missing_list_of_characters_is_an_error(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("presign.coverage.FILE", tmp_path / "coverage.txt")
    _read_ranges.cache_clear()
    assert ask(CAT | {"text": "Ñandú"})[0] == 500
    assert "coverage.txt" in caplog.text
