"""The part of boto3's S3 client that the functions use, without boto3.

Creating a boto3 client loads botocore's model of S3, and takes twice the CPU time of presign's whole cold start with
this module (`make bench-cold_start`). botocore still signs and sends the requests. Methods, arguments, return values
and errors are those of `boto3.client("s3")`, which could replace `Client` at any time; tests compare the two.

What boto3 does besides is of no use here:
- checksums of content: PutObject signs the SHA-256 of the body, TLS protects downloads, and a short one is noticed;
- redirects to a bucket's region: the buckets are in the functions' own region;
- proxies and certificates from the environment: Lambda sets none, so botocore's certificates verify S3's.
"""

import os
import random
import re
import socket
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.client import responses
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict, cast
from urllib.parse import quote

from botocore import __version__ as botocore_version
from botocore.auth import S3SigV4Auth, S3SigV4PostAuth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.exceptions import BotoCoreError, ClientError, IncompleteReadError
from botocore.httpsession import URLLib3Session

if TYPE_CHECKING:
    from botocore.credentials import ReadOnlyCredentials

__all__ = ["Client", "ClientError"]

_REGION = os.environ["AWS_REGION"]
_DNS_SUFFIX = {"cn": "amazonaws.com.cn", "eusc": "amazonaws.eu"}.get(_REGION.split("-")[0], "amazonaws.com")
_ENDPOINT_URL = os.environ.get("AWS_ENDPOINT_URL")  # of an emulator

_CONNECT_TIMEOUT = 1.0

# As boto3's: without it, the kernel holds back the end of a request until S3 has acknowledged the rest.
_SOCKET_OPTIONS = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]

# Not signed. It names the library in S3's logs, and to AWS's support.
_USER_AGENT = f"Botocore/{botocore_version}"

# As in botocore's standard retry mode: three attempts, each retry after a random delay of up to this many seconds.
# https://docs.aws.amazon.com/boto3/latest/guide/retries.html
# A client's timeout includes these delays: the longer they are, the less time each attempt has.
_BACKOFF = (1.0, 2.0)
_TRANSIENT_STATUSES = (429, 500, 502, 503, 504)
_TRANSIENT_CODES = ("RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete")

_METADATA_PREFIX = "x-amz-meta-"
_METHODS = {"get_object": "GET", "head_object": "HEAD", "put_object": "PUT"}
_QUERY = {"ResponseContentDisposition": "response-content-disposition"}


class _Credentials(NamedTuple):
    """The attributes that botocore's signers read. Importing botocore.credentials would take longer than signing."""

    access_key: str
    secret_key: str
    token: str | None


# boto3 looks for credentials in other places, too, and renews them. Lambda sets these before a process starts, and ends
# the process before they expire: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
# Only with SnapStart, which main.tf does not use, they would be somewhere else.
_CREDENTIALS = cast(
    "ReadOnlyCredentials",
    _Credentials(
        os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"], os.environ.get("AWS_SESSION_TOKEN")
    ),
)


class HeadObjectOutput(TypedDict):
    """Return value of `Client.head_object`."""

    Metadata: dict[str, str]


class GetObjectOutput(TypedDict):
    """Return value of `Client.get_object`."""

    Body: BytesIO
    Metadata: dict[str, str]


class PresignedPost(TypedDict):
    """Return value of `Client.generate_presigned_post`."""

    url: str
    fields: dict[str, str]


class Client:
    """A subset of boto3's S3 client.

    Calls raise `ClientError` if S3 returns an error, and a `BotoCoreError` if the connection fails.
    """

    def __init__(self, timeout: float = 8.0) -> None:
        """Create a client; it connects on the first call.

        botocore's defaults, a minute to connect and a minute per read in each of several attempts, would outlast every
        function here: Lambda would kill the function, and no log would say that S3 was slow.

        Args:
            timeout: seconds until a call returns or raises, retries included. Reading a body that has begun to arrive
                may take longer.
        """
        read_timeout = (timeout - sum(_BACKOFF)) / (len(_BACKOFF) + 1) - _CONNECT_TIMEOUT
        self.timeouts = (_CONNECT_TIMEOUT, read_timeout)

    @cached_property
    def _session(self) -> URLLib3Session:
        """The connections; created on the first call, since presign only signs."""
        return URLLib3Session(
            timeout=self.timeouts,  # type: ignore[arg-type]  # the stubs lack the pair
            socket_options=_SOCKET_OPTIONS,  # type: ignore[arg-type]  # the stubs have strings
        )

    def head_object(self, *, Bucket: str, Key: str) -> HeadObjectOutput:
        """Return an object's metadata. The error code of a missing object is "404"."""
        return {"Metadata": _read_metadata(self._call("HeadObject", "HEAD", _build_object_url(Bucket, Key)))}

    def get_object(self, *, Bucket: str, Key: str) -> GetObjectOutput:
        """Return an object and its metadata. The error code of a missing object is "NoSuchKey"."""
        response = self._call("GetObject", "GET", _build_object_url(Bucket, Key))
        return {"Body": BytesIO(response.content), "Metadata": _read_metadata(response)}

    def put_object(  # noqa: PLR0913  boto3 has these and more
        self,
        *,
        Bucket: str,
        Key: str,
        Body: bytes,
        ContentType: str,
        Metadata: Mapping[str, str],
        IfNoneMatch: Literal["*", ""] = "",
    ) -> None:
        """Store an object, replacing any under the same key.

        With `IfNoneMatch="*"` an object under the same key stays, and the error code is "PreconditionFailed".
        """
        headers = {"Content-Type": ContentType} | {f"{_METADATA_PREFIX}{name}": v for name, v in Metadata.items()}
        if IfNoneMatch:
            headers["If-None-Match"] = IfNoneMatch
        self._call("PutObject", "PUT", _build_object_url(Bucket, Key), headers, Body)

    def generate_presigned_url(
        self,
        ClientMethod: Literal["get_object", "head_object", "put_object"],
        Params: Mapping[str, str],
        ExpiresIn: int = 3600,
    ) -> str:
        """Return a URL with which anyone can make this call until the URL or the credentials expire.

        Args:
            ClientMethod: the method to presign.
            Params: its arguments: Bucket, Key and, optionally, ResponseContentDisposition.
            ExpiresIn: seconds until the URL expires.
        """
        query = {_QUERY[name]: value for name, value in Params.items() if name not in ("Bucket", "Key")}
        url = _build_object_url(Params["Bucket"], Params["Key"])
        request = AWSRequest(method=_METHODS[ClientMethod], url=url, params=query)
        S3SigV4QueryAuth(_CREDENTIALS, "s3", _REGION, expires=ExpiresIn).add_auth(request)
        return str(request.url)

    def generate_presigned_post(
        self, Bucket: str, Key: str, Fields: Mapping[str, str], Conditions: Sequence[object], ExpiresIn: int = 3600
    ) -> PresignedPost:
        """Return a URL and form fields with which anyone can upload one file.

        https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html

        Args:
            Bucket: where the file is stored.
            Key: its key.
            Fields: form fields, such as Content-Type and metadata.
            Conditions: the policy's conditions, one for each field; those for bucket and key are added.
            ExpiresIn: seconds until the form expires.
        """
        fields = {**Fields, "key": Key}
        expiration = f"{datetime.now(UTC) + timedelta(seconds=ExpiresIn):%Y-%m-%dT%H:%M:%SZ}"
        conditions = [*Conditions, {"bucket": Bucket}, {"key": Key}]
        request = AWSRequest(method="POST", url=_build_bucket_url(Bucket))
        request.context["s3-presign-post-fields"] = fields
        request.context["s3-presign-post-policy"] = {"expiration": expiration, "conditions": conditions}
        S3SigV4PostAuth(_CREDENTIALS, "s3", _REGION).add_auth(request)  # adds the policy and signature to `fields`
        return {"url": str(request.url), "fields": fields}

    def _call(
        self, operation: str, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> AWSResponse:
        for wait in _BACKOFF:
            try:
                return self._attempt(operation, method, url, headers, body)
            except (BotoCoreError, ClientError) as error:
                if not _is_transient(error):
                    raise
            time.sleep(wait * random.random())  # noqa: S311  jitter
        return self._attempt(operation, method, url, headers, body)

    def _attempt(
        self, operation: str, method: str, url: str, headers: Mapping[str, str] | None, body: bytes
    ) -> AWSResponse:
        request = AWSRequest(method=method, url=url, headers={"User-Agent": _USER_AGENT, **(headers or {})}, data=body)
        S3SigV4Auth(_CREDENTIALS, "s3", _REGION).add_auth(request)
        response = self._session.send(request.prepare())
        if response.status_code >= 300:  # noqa: PLR2004  as botocore
            raise ClientError(_parse_error(response), operation)
        expected, actual = int(response.headers.get("Content-Length", 0)), len(response.content)
        if method == "GET" and actual < expected:
            raise IncompleteReadError(actual_bytes=actual, expected_bytes=expected)
        return response


def _build_bucket_url(bucket: str) -> str:
    """Return a bucket's address: virtual-hosted and regional on AWS, path-style on an emulator."""
    return f"{_ENDPOINT_URL}/{bucket}" if _ENDPOINT_URL else f"https://{bucket}.s3.{_REGION}.{_DNS_SUFFIX}/"


def _build_object_url(bucket: str, key: str) -> str:
    return f"{_build_bucket_url(bucket).removesuffix('/')}/{quote(key)}"


def _read_metadata(response: AWSResponse) -> dict[str, str]:
    headers = {name.lower(): value for name, value in response.headers.items()}
    return {
        name.removeprefix(_METADATA_PREFIX): value
        for name, value in headers.items()
        if name.startswith(_METADATA_PREFIX)
    }


def _parse_error(response: AWSResponse) -> Any:
    """Return the `response` of a `ClientError`. Without a body, as after HEAD, the code is the status."""
    status, body = response.status_code, response.content
    code = re.search(rb"<Code>(.*?)</Code>", body)
    message = re.search(rb"<Message>(.*?)</Message>", body, re.DOTALL)
    return {
        "Error": {
            "Code": code[1].decode(errors="replace") if code else str(status),
            "Message": message[1].decode(errors="replace") if message else responses.get(status, ""),
        },
        "ResponseMetadata": {"HTTPStatusCode": status},
    }


def _is_transient(error: BotoCoreError | ClientError) -> bool:
    if not isinstance(error, ClientError):
        return True  # the connection failed
    return (
        error.response["ResponseMetadata"]["HTTPStatusCode"] in _TRANSIENT_STATUSES
        or error.response["Error"]["Code"] in _TRANSIENT_CODES
    )
