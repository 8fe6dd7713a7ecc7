"""POST /generate-presigned-url: promise one upload, and sign the form that makes it.

botocore signs, but no client is made: to sign a form, one would load all that botocore knows of S3, which more than
doubles what a cold start takes (`make bench`).
"""

import gc

gc.disable()  # until all is loaded: what is loaded stays, and to look for garbage in it delays a cold start

import base64
import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from botocore.auth import S3SigV4PostAuth
from botocore.awsrequest import AWSRequest

from common import metadata
from common.api import BadRequest, Event, Response, endpoint, respond
from common.keys import new_upload_key
from presign.request import Limits, UploadRequest, parse

if TYPE_CHECKING:
    from botocore.credentials import ReadOnlyCredentials

UPLOAD_SECONDS = 300

_BUCKET = os.environ["UPLOADS_BUCKET"]
_URL = os.environ["UPLOADS_URL"]
_LIMITS = Limits(
    accepted_types=json.loads(os.environ["ACCEPTED_TYPES"]),
    upload_bytes=int(os.environ["MAX_UPLOAD_BYTES"]),
    text_length=int(os.environ["MAX_TEXT_LENGTH"]),
)


class _Credentials(NamedTuple):
    """What botocore's signers read of credentials. Its own class takes longer to import than a form to sign."""

    access_key: str
    secret_key: str
    token: str | None


# Lambda's own, for as long as the process lives:
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
_signer = S3SigV4PostAuth(
    cast(
        "ReadOnlyCredentials",
        _Credentials(
            os.environ["AWS_ACCESS_KEY_ID"],
            os.environ["AWS_SECRET_ACCESS_KEY"],
            os.environ.get("AWS_SESSION_TOKEN"),
        ),
    ),
    "s3",
    os.environ["AWS_REGION"],
)

gc.freeze()
gc.enable()


@endpoint
def lambda_handler(event: Event) -> Response:
    """Answer with a presigned POST for the upload that the request describes."""
    request = parse(_body(event), _LIMITS)
    key = new_upload_key(_LIMITS.accepted_types[request.filetype])
    return respond(
        200,
        {"url": _URL, "fields": _presign(key, request), "filename": key, "expiresIn": UPLOAD_SECONDS},
    )


def _body(event: Event) -> str:
    body = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return body
    try:
        return base64.b64decode(body, validate=True).decode()
    except ValueError:  # of base64 and of UTF-8 alike
        raise BadRequest("The body must be a JSON object in UTF-8.") from None


def _presign(key: str, request: UploadRequest) -> dict[str, str]:
    """Return the fields of a form that uploads one file and nothing else, as botocore's generate_presigned_post does.

    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
    """
    fields = {"Content-Type": request.filetype} | {
        f"x-amz-meta-{name}": value for name, value in metadata.encode(request.metadata()).items()
    }
    policy = {
        "expiration": f"{datetime.now(UTC) + timedelta(seconds=UPLOAD_SECONDS):%Y-%m-%dT%H:%M:%SZ}",
        "conditions": [
            *({name: value} for name, value in fields.items()),
            ["content-length-range", 1, _LIMITS.upload_bytes],
            {"bucket": _BUCKET},
            {"key": key},
        ],
    }
    fields["key"] = key
    form = AWSRequest(method="POST", url=_URL)
    form.context |= {"s3-presign-post-fields": fields, "s3-presign-post-policy": policy}
    _signer.add_auth(form)  # adds the policy and its signature to the fields
    return fields
