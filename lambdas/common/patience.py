"""How long a function waits for S3, and how often it asks.

botocore's client would wait a minute to connect and a minute between two bytes, five times over:
https://botocore.amazonaws.com/v1/documentation/api/latest/reference/config.html
That outlasts every function here. Lambda would kill it in the middle, and no log would say that S3 was slow.
"""

CONNECT_SECONDS = 1.0

PAUSES = (1.0, 2.0)
"""Seconds before the second and the third try, at most, as in botocore's standard mode."""


def read_seconds(seconds: float) -> float:
    """Return for how long S3 may be silent, so that a call is answered, or has failed three times, in `seconds`.

    The time that an answer's body takes, once it has begun, comes on top.
    """
    tries = len(PAUSES) + 1
    return (seconds - sum(PAUSES)) / tries - CONNECT_SECONDS
