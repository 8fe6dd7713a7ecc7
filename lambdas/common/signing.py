"""How what is handed to a browser is signed: options for botocore's Config."""

from typing import Any

# SigV4 on the bucket's regional host. botocore's default is a global host that redirects to the regional one, and a
# browser does not follow a redirected preflight.
PRESIGNING: dict[str, Any] = {
    "signature_version": "s3v4",
    "s3": {"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
}
