"""A picture becomes its thumbnail, over HTTP."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import requests
from conftest import Stack
from helpers.pictures import assert_quarters, decode_jpeg, draw_quarters, encode

from emulator import ROOT
from process.thumbnail import make_thumbnail, make_thumbnails
from thumbnail import make_thumbnail as request_thumbnail
from thumbnail import upload, wait_for
from user_error import UserError

WritePicture = Callable[[bytes, str], Path]
PICTURE = encode(draw_quarters(), "PNG")


def test_an_http_client_gets_a_thumbnail(stack: Stack) -> None:
    presigned = requests.post(
        f"{stack.api}/generate-presigned-url",
        json={"filename": "cat.png", "filetype": "image/png", "text": "MY TITLE", "fit": "auto"},
        timeout=30,
    )
    assert presigned.status_code == 200
    form = presigned.json()
    poll = f"{stack.api}/get-final-url?filename={form['filename']}"

    before = requests.get(poll, timeout=30)
    assert before.status_code == 404
    assert before.json() == {"message": "Thumbnail not ready yet", "status": "processing"}

    posted = requests.post(form["url"], data=form["fields"], files={"file": PICTURE}, timeout=30)
    assert posted.status_code == 204

    links = wait_for(stack.api, form["filename"])
    assert links.keys() == {"downloadUrl", "viewUrl", "expiresIn", "variants"}
    download, view = (requests.get(links[kind], timeout=30) for kind in ("downloadUrl", "viewUrl"))
    assert download.content == view.content
    assert unquote(download.headers["Content-Disposition"]).endswith("cat-thumbnail.jpg")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert view.headers["Content-Disposition"] == "inline"
    assert view.headers["Content-Type"] == "image/jpeg"
    assert view.content == make_thumbnail(PICTURE, "MY TITLE")


def test_one_upload_becomes_three_thumbnails(stack: Stack, write_picture: WritePicture) -> None:
    """The emulator enforces the roles: poll signs links that its own role can follow."""
    filename = upload(stack.api, write_picture(PICTURE, "cat.png"), "MY TITLE")
    answer = wait_for(stack.api, filename)
    downloads = [requests.get(variant["downloadUrl"], timeout=30) for variant in answer["variants"]]
    assert [download.content for download in downloads] == [made.jpeg for made in make_thumbnails(PICTURE, "MY TITLE")]
    assert len({decode_jpeg(download.content).tobytes() for download in downloads}) == 3
    first, *further = [unquote(download.headers["Content-Disposition"]).rpartition("'")[2] for download in downloads]
    assert first == "cat-thumbnail.jpg"
    assert further == [f"cat-thumbnail-{variant['look']}.jpg" for variant in answer["variants"][1:]]
    for variant in answer["variants"]:
        assert variant.keys() == {"look", "downloadUrl", "viewUrl", "contrast", "capHeight", "words", "bytes", "scale"}
        assert variant["words"] == 2
    assert [variant["bytes"] for variant in answer["variants"]] == [len(download.content) for download in downloads]


def test_a_named_look_becomes_one_thumbnail(stack: Stack, write_picture: WritePicture) -> None:
    filename = upload(stack.api, write_picture(PICTURE, "cat.png"), "MY TITLE", look="panel", accent="#FF0033")
    answer = wait_for(stack.api, filename)
    assert [variant["look"] for variant in answer["variants"]] == ["panel"]
    thumbnail = requests.get(answer["viewUrl"], timeout=30).content
    assert thumbnail == make_thumbnail(PICTURE, "MY TITLE", look="panel", accent="#ff0033")


@pytest.mark.parametrize("size", ["1920x1080", "3840x2160"])
def test_a_larger_thumbnail_is_made_on_request(stack: Stack, write_picture: WritePicture, size: str) -> None:
    filename = upload(stack.api, write_picture(PICTURE, "cat.png"), "MY TITLE", size=size, limit="50MB")
    answer = wait_for(stack.api, filename)
    thumbnail = requests.get(answer["viewUrl"], timeout=30).content
    assert "{}x{}".format(*decode_jpeg(thumbnail).size) == size
    assert thumbnail == make_thumbnail(PICTURE, "MY TITLE", size=size, limit="50MB")
    assert answer["variants"][0]["scale"] > 1, "the picture has fewer pixels"


def test_a_look_that_does_not_exist_is_refused_with_the_names_of_those_that_do(
    stack: Stack, write_picture: WritePicture
) -> None:
    with pytest.raises(UserError, match=r'400: "look" must be one of auto, .*\bpanel\b.*\bstack\b'):
        upload(stack.api, write_picture(PICTURE, "cat.png"), "x", look="sepia")


@pytest.mark.skipif(not shutil.which("jq"), reason="the README's lines need jq")
def test_the_readmes_curl_lines_work_as_printed(stack: Stack) -> None:
    lines = re.findall(r"```bash\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)[0]
    shell = subprocess.run(
        ["bash", "-euc", lines + '\necho; jq -r .filename <<< "$presigned"'],
        cwd=ROOT, env=os.environ | {"API": stack.api}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    link = wait_for(stack.api, shell.stdout.split()[-1])["viewUrl"]
    sample = (ROOT / "docs/images/sample.jpg").read_bytes()
    assert requests.get(link, timeout=30).content == make_thumbnail(sample, "MY TITLE")


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "AVIF", "HEIF"])
def test_the_layers_decoders_work_where_the_function_runs(
    stack: Stack, write_picture: WritePicture, file_format: str
) -> None:
    data = encode(draw_quarters(), file_format)
    suffix = {"JPEG": "jpg", "HEIF": "heic"}.get(file_format, file_format.lower())
    thumbnail = request_thumbnail(stack.api, write_picture(data, f"a.{suffix}"), "")
    assert_quarters(decode_jpeg(thumbnail))


@pytest.mark.parametrize(
    "text",
    [
        "Grüße, José & Zoë",
        'Ünï "quoted" 100% <b>',
        "",
        "Сделал за неделю 🚀 Φτιάχτηκε",
        "صنعت هذا (AWS) في 7 أيام!",
        "मैंने क्षत्रिय बनाया ஒரு வாரம்",
        "一週間で作った！ 我用一周 만들었어요 ฉันสร้าง",
        "👩🏽‍💻 👨‍👩‍👧‍👦 🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ ❤️",
    ],
)
def test_a_title_arrives_unchanged(stack: Stack, write_picture: WritePicture, text: str) -> None:
    thumbnail = request_thumbnail(stack.api, write_picture(PICTURE, "Fußball.png"), text, fit="crop")
    assert thumbnail == make_thumbnail(PICTURE, text, fit="crop")


def test_a_title_that_no_font_can_draw_is_refused_with_the_reason(stack: Stack) -> None:
    s3 = stack.client("s3")
    key = f"{'0' * 31}a.png"
    s3.put_object(Bucket=stack.outputs["uploads_bucket"], Key=key, Body=PICTURE, Metadata={"text": quote("ᏣᎳᎩ")})
    with pytest.raises(UserError, match=r"422: No font here can draw Ꮳ \(U\+13E3\)"):
        wait_for(stack.api, key)


def test_without_a_text_the_default_title_is_drawn(stack: Stack, write_picture: WritePicture) -> None:
    thumbnail = request_thumbnail(stack.api, write_picture(PICTURE, "a.png"))
    assert thumbnail == make_thumbnail(PICTURE, "Your Title Here")


def test_an_upload_without_the_api_is_processed(stack: Stack) -> None:
    s3 = stack.client("s3")
    key = "by hand/my cat & dog.png"
    s3.put_object(Bucket=stack.outputs["uploads_bucket"], Key=key, Body=PICTURE, Metadata={"text": "Hello"})
    bucket = stack.outputs["processed_bucket"]
    s3.get_waiter("object_exists").wait(Bucket=bucket, Key=f"{key}.jpg", WaiterConfig={"Delay": 1})
    assert s3.get_object(Bucket=bucket, Key=f"{key}.jpg")["Body"].read() == make_thumbnail(PICTURE, "Hello")


def test_a_file_that_is_not_a_picture_is_refused_with_the_reason(stack: Stack, write_picture: WritePicture) -> None:
    filename = upload(stack.api, write_picture(b"no picture at all", "a.png"), "x")
    with pytest.raises(UserError, match="422: This file is not a picture that can be read"):
        wait_for(stack.api, filename)


def test_make_makes_a_thumbnail(stack: Stack, write_picture: WritePicture, tmp_path: Path) -> None:
    title, out = 'It\'s "new": 100% #1!', tmp_path / "out.jpg"
    files = {"IMAGE": write_picture(PICTURE, "a b.png"), "OUT": out}
    options = {"TEXT": title, "FIT": "crop", "POSITION": "top-left", "CAPS": "on", "ALL": "1"}
    subprocess.run(
        [
            "make",
            "--silent",
            "-C",
            ROOT,
            "thumbnail",
            *(f"{name}={value}" for name, value in (files | options).items()),
        ],
        env=os.environ | {"API_URL": stack.api},  # not an argument: it contains $default, which make would expand
        check=True,
    )
    first, *further = make_thumbnails(PICTURE, title, fit="crop", position="top-left", caps=True)
    assert out.read_bytes() == first.jpeg
    for thumbnail in further:
        assert (tmp_path / f"out-{thumbnail.look}.jpg").read_bytes() == thumbnail.jpeg


def test_the_client_takes_any_title(stack: Stack, write_picture: WritePicture, tmp_path: Path) -> None:
    title, out = "-$5 \"off\" 'now' `ls` $(ls)", tmp_path / "out.jpg"
    arguments = [str(write_picture(PICTURE, "a.png")), f"--text={title}", f"--api-url={stack.api}", f"--out={out}"]
    subprocess.run([sys.executable, str(ROOT / "scripts" / "thumbnail.py"), *arguments], check=True)
    assert out.read_bytes() == make_thumbnail(PICTURE, title)
