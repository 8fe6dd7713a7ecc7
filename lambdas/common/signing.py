"""Requests, links and forms that S3 takes, signed by botocore with SigV4.

No client is made for it: to sign or to ask, a client first loads botocore's whole model of S3, which takes longer than
all else in a cold start (`make bench`). What is signed is what boto3 would sign, and a test holds it against boto3's.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from botocore.auth import S3SigV4Auth, S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSPreparedRequest, AWSRequest

if TYPE_CHECKING:
    from botocore.credentials import ReadOnlyCredentials

_SERVICE = "s3"
_REGION = os.environ["AWS_REGION"]


class _Credentials(NamedTuple):
    """What botocore's signers read of credentials. Its own class takes longer to import than a form to sign."""

    access_key: str
    secret_key: str
    token: str | None


# Lambda's own, for as long as the process lives:
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
_CREDENTIALS = cast(
    "ReadOnlyCredentials",
    _Credentials(
        os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ.get("AWS_SESSION_TOKEN")
    ),
)


def signed_request(method: str, url: str, headers: Mapping[str, str], body: bytes) -> AWSPreparedRequest:
    """Return a request that acts as this function, for some minutes."""
    request = AWSRequest(method=method, url=url, headers=dict(headers), data=body)
    S3SigV4Auth(_CREDENTIALS, _SERVICE, _REGION).add_auth(request)
    return request.prepare()


def signed_link(url: str, query: Mapping[str, str], seconds: int) -> str:
    """Return a link with which anyone may GET this, for so many seconds, and as long as the credentials live."""
    request = AWSRequest(method="GET", url=url, params=dict(query))
    S3SigV4QueryAuth(_CREDENTIALS, _SERVICE, _REGION, expires=seconds).add_auth(request)
    return str(request.url)


def signed_form(fields: Mapping[str, str], conditions: Sequence[object], seconds: int) -> dict[str, str]:
    """Return these fields and those that let anyone upload a file with them, on these conditions, for so many seconds.

    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
    """
    signed = dict(fields)
    expiration = f"{datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"
    form = AWSRequest(method="POST")
    form.context["s3-presign-post-fields"] = signed
    form.context["s3-presign-post-policy"] = {"expiration": expiration, "conditions": list(conditions)}
    S3SigV4PostAuth(_CREDENTIALS, _SERVICE, _REGION).add_auth(form)  # adds the policy and its signature to the fields
    return signed
