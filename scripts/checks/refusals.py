"""What strangers must be refused."""

import base64
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import HTTPBasicAuth

from checks.visit import TIMEOUT, Check, Failed, Visit, expect, get_key
from thumbnail import build_credentials, read_credentials

_LIFETIME = timedelta(seconds=300)
_CLOCK_SKEW = timedelta(seconds=60)  # between this machine and AWS
_LATE = "2099-01-01T00:00:00Z"


def _ask(visit: Visit, credentials: HTTPBasicAuth | None, **fields: str) -> requests.Response:
    body = {"filename": "check.jpg", "filetype": "image/jpeg", **fields}
    return requests.post(f"{visit.api_url}/generate-presigned-url", json=body, auth=credentials, timeout=TIMEOUT)


def _post(form: dict[str, Any], **fields: str) -> requests.Response:
    """Send one byte with a form, some of whose fields are changed."""
    changed = form["fields"] | fields
    return requests.post(form["url"], data=changed, files={"file": b"x"}, timeout=TIMEOUT)


def _check_no_passphrase(visit: Visit) -> str | None:
    return expect(_ask(visit, None), 401) if visit.settings["hasPassphrase"] else None


def _check_wrong_passphrase(visit: Visit) -> str | None:
    wrong = build_credentials(secrets.token_hex())
    return expect(_ask(visit, wrong), 401) if visit.settings["hasPassphrase"] else None


def _check_type(visit: Visit) -> str:
    return expect(_ask(visit, read_credentials(), filetype="image/svg+xml"), 400, "filetype")


def _check_filename(visit: Visit) -> str:
    answer = requests.get(f"{visit.api_url}/get-final-url?filename=../check.jpg", timeout=TIMEOUT)
    return expect(answer, 400, "filename")


def _read_policy(visit: Visit) -> dict[str, Any]:
    policy: dict[str, Any] = json.loads(base64.b64decode(visit.last_form["fields"]["policy"]))
    return policy


def _check_limits(visit: Visit) -> str:
    """Compare the size that the form accepts with what the page says, and when it expires with what the API says."""
    policy = _read_policy(visit)
    # The only condition that is a list; the others are objects.
    [(_, _, size)] = [condition for condition in policy["conditions"] if isinstance(condition, list)]
    if size != visit.settings["maxUploadBytes"]:
        raise Failed(f"{size} bytes; expected {visit.settings['maxUploadBytes']}")
    left = datetime.fromisoformat(policy["expiration"]) - datetime.now(UTC)
    if left > _LIFETIME + _CLOCK_SKEW:
        raise Failed(f"it expires in {left.total_seconds():.0f} s; expected {_LIFETIME.total_seconds():.0f}")
    return f"{size} bytes, for {visit.last_form['expiresIn']} s"


def _check_size(visit: Visit) -> str:
    """Send a byte with a form for no byte: as refusable as a byte too many, without uploading all that is allowed."""
    answer = _ask(visit, read_credentials(), source=visit.last_form["filename"])
    expect(answer, 200)
    return expect(_post(answer.json()), 400, "EntityTooLarge")


def _check_other_type(visit: Visit) -> str:
    return expect(_post(visit.last_form, **{"Content-Type": "text/html"}), 403, "Content-Type")


def _check_foreign_field(visit: Visit) -> str:
    return expect(_post(visit.last_form, **{"x-amz-meta-foreign": "x"}), 403, "x-amz-meta-foreign")


def _check_prolonged_form(visit: Visit) -> str:
    policy = json.dumps(_read_policy(visit) | {"expiration": _LATE})
    return expect(_post(visit.last_form, policy=base64.b64encode(policy.encode()).decode()), 403, "Signature")


def _check_expired_form(visit: Visit) -> str:
    """Send a form that expired a minute ago. Only the owner can sign one: forms of presign take five minutes to."""
    form = visit.last_form
    signed = visit.owner.generate_presigned_post(visit.outputs["uploads_bucket"], form["filename"], ExpiresIn=-60)
    return expect(_post({"url": form["url"], "fields": signed["fields"]}), 403, "expired")


def _check_picture(visit: Visit) -> str:
    key = visit.last_form["filename"]
    visit.owner.head_object(Bucket=visit.outputs["uploads_bucket"], Key=key)  # raises if it is not there
    return expect(requests.get(f"{visit.upload_url}/{key}", timeout=TIMEOUT), 403)


def _check_thumbnail(visit: Visit) -> str:
    visit.owner.head_object(Bucket=visit.outputs["processed_bucket"], Key=get_key(visit.link))
    return expect(requests.get(visit.link.partition("?")[0], timeout=TIMEOUT), 403)


def _check_link_over_http(visit: Visit) -> str | None:
    if urlsplit(visit.link).scheme != "https":
        return None
    return expect(requests.get(visit.link.replace("https:", "http:", 1), timeout=TIMEOUT), 403)


def _check_list_of_pictures(visit: Visit) -> str:
    return expect(requests.get(f"{visit.upload_url}?list-type=2", timeout=TIMEOUT), 403)


def _check_list_of_thumbnails(visit: Visit) -> str:
    bucket = visit.link.partition("?")[0].removesuffix(get_key(visit.link))
    return expect(requests.get(f"{bucket}?list-type=2", timeout=TIMEOUT), 403)


def _check_list_of_files(visit: Visit) -> str | None:
    bucket = visit.page_url.removesuffix("index.html")
    if bucket == visit.page_url:  # behind CloudFront, which has no such address
        return None
    return expect(requests.get(f"{bucket}?list-type=2", timeout=TIMEOUT), 403)


CHECKS: dict[str, Check] = {
    "refused: no passphrase": _check_no_passphrase,
    "refused: a wrong passphrase": _check_wrong_passphrase,
    "refused: a type that is not accepted": _check_type,
    "refused: a filename never given": _check_filename,
    "form: size and time": _check_limits,
    "refused: too large a file": _check_size,
    "refused: another type than signed": _check_other_type,
    "refused: a foreign field": _check_foreign_field,
    "refused: a form with more time": _check_prolonged_form,
    "refused: an expired form": _check_expired_form,
    "refused: the picture, without a link": _check_picture,
    "refused: the thumbnail, without a link": _check_thumbnail,
    "refused: its link over plain HTTP": _check_link_over_http,
    "refused: the list of pictures": _check_list_of_pictures,
    "refused: the list of thumbnails": _check_list_of_thumbnails,
    "refused: the list of the page's files": _check_list_of_files,
}
