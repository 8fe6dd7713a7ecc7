"""Check the passphrase of a request: the password of HTTP Basic authentication, which curl and every client can send.

https://www.rfc-editor.org/rfc/rfc7617
"""

import base64
import hashlib
import hmac
import unicodedata

from common.api import Unauthorized


def check_passphrase(authorization: str, expected: str) -> None:
    """Check the passphrase of a request in constant time.

    SHA-256 is fast, which suits a random passphrase: no hash makes guessing one feasible. A slow hash would protect a
    weak one only from those who read the function's settings, and make every guess cost the owner CPU time.

    Args:
        authorization: the request's Authorization header, empty if it has none.
        expected: SHA-256 of the right passphrase as UTF-8, in hexadecimal digits.

    Raises:
        Unauthorized: there is no passphrase, or a wrong one.
    """
    if not authorization:
        raise Unauthorized("This stack has a passphrase. Send it as the password of HTTP Basic authentication.")
    given = hashlib.sha256(_read_password(authorization).encode()).hexdigest()
    if not hmac.compare_digest(given, expected):
        raise Unauthorized("The passphrase is wrong.")


def _read_password(authorization: str) -> str:
    """Return the password of a Basic Authorization header, as Terraform writes strings (in NFC); empty if malformed."""
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        user_and_password = base64.b64decode(credentials, validate=True).decode()
    except ValueError:  # invalid base64, or invalid UTF-8
        return ""
    return unicodedata.normalize("NFC", user_and_password.partition(":")[2])
