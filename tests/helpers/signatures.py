"""Sign everything that `common.s3` signs: once with it, and once with botocore's own client.

`python -m helpers.signatures` prints both results as JSON, for a fixed time, with whichever botocore is on the path.
"""

import importlib
import json
import os
import sys
from datetime import UTC, datetime, tzinfo
from typing import Any, Self
from unittest.mock import patch

EMULATOR = "http://127.0.0.1:4566"
# Region, and endpoint if it is not AWS's own.
PLACES: dict[str, tuple[str, str | None]] = {
    "eu-west-1": ("eu-west-1", None),
    "us-east-1": ("us-east-1", None),
    "us-gov-west-1": ("us-gov-west-1", None),
    "cn-north-1": ("cn-north-1", None),
    "emulator": ("eu-west-1", EMULATOR),
}
KEYS = ["a.png.jpg", "a b+c.jpg", "Fußball/1~2.jpg", "100%.jpg", "a=b&c?d#e.jpg"]
NOW = datetime(2026, 11, 25, 12, 34, 56, tzinfo=UTC)


class FixedClock(datetime):
    """A datetime that is always `NOW`."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NOW.timestamp(), tz)

    @classmethod
    def utcnow(cls) -> Self:  # for older versions of botocore
        return cls.now(UTC).replace(tzinfo=None)


def get_client_settings(place: str) -> dict[str, Any]:
    """Return the arguments that make a client of boto3 or botocore work as `common.s3` does."""
    config = importlib.import_module("botocore.config").Config
    region, endpoint_url = PLACES.get(place, (place, None))
    virtual = {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"}
    s3 = {"addressing_style": "path"} if endpoint_url else virtual
    return {
        "region_name": region,
        "endpoint_url": endpoint_url,
        "config": config(signature_version="s3v4", s3=s3, retries={"mode": "standard"}),
    }


def get_environment(place: str) -> dict[str, str]:
    """Return the environment variables that tell `common.s3` the region and endpoint of the place."""
    region, endpoint_url = PLACES.get(place, (place, None))
    return {"AWS_REGION": region} | ({"AWS_ENDPOINT_URL": endpoint_url} if endpoint_url else {})


def sign_everything(client: Any) -> dict[str, Any]:
    """Return a presigned post, and links of every kind, signed by `client`: that of `common.s3`, botocore or boto3."""
    fields = {"Content-Type": "image/png", "x-amz-meta-text": "Gr%C3%BC%C3%9Fe"}
    conditions = [*({name: value} for name, value in fields.items()), ["content-length-range", 1, 1_000_000]]
    disposition = "attachment; filename*=UTF-8''Fu%C3%9Fball%201.jpg"
    extra: list[tuple[str, dict[str, str]]] = [
        ("get_object", {"ResponseContentDisposition": disposition}),
        ("get_object", {}),
        ("head_object", {}),
        ("put_object", {}),
    ]
    return {
        "post": client.generate_presigned_post("uploads", "a.png", Fields=fields, Conditions=conditions, ExpiresIn=300),
        "urls": [
            client.generate_presigned_url(
                method, Params={"Bucket": "processed", "Key": key} | parameters, ExpiresIn=3600
            )
            for key in KEYS
            for method, parameters in extra
        ],
    }


def _main() -> None:
    with patch("datetime.datetime", FixedClock):
        session = importlib.import_module("botocore.session").get_session()
        signed: dict[str, Any] = {"botocore": importlib.import_module("botocore").__version__, "places": {}}
        for place in PLACES:
            client = session.create_client("s3", **get_client_settings(place))
            with patch.dict(os.environ, get_environment(place)):
                sys.modules.pop("common.s3", None)
                ours = importlib.import_module("common.s3").Client()
            signed["places"][place] = {"ours": sign_everything(ours), "theirs": sign_everything(client)}
        json.dump(signed, sys.stdout)


if __name__ == "__main__":
    _main()
