"""How long a function waits for S3: options for botocore's Config.

botocore would wait a minute to connect and a minute between two bytes, five times over:
https://botocore.amazonaws.com/v1/documentation/api/latest/reference/config.html
That outlasts every function here. Lambda would kill it in the middle, and no log would say that S3 was slow.
"""

from typing import Any

_TRIES = 3
_CONNECT_SECONDS = 1.0
# Before the second try at most 1 s and before the third at most 2 s, as botocore's standard mode has it.
_BETWEEN_SECONDS = 3.0


def within(seconds: float) -> dict[str, Any]:
    """Return options with which a call is answered, or fails after three tries, in so many seconds.

    The time that an answer's body takes, once it has begun, comes on top.
    """
    return {
        "connect_timeout": _CONNECT_SECONDS,
        "read_timeout": (seconds - _BETWEEN_SECONDS) / _TRIES - _CONNECT_SECONDS,
        "retries": {"mode": "standard", "total_max_attempts": _TRIES},
    }
