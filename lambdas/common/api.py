"""Responses of the two API functions: always a JSON object, also after an error.

`endpoint` catches every exception: API Gateway adds CORS headers only to what a function returns, and without them the
page could not read the error.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

Event = dict[str, Any]
Response = dict[str, Any]

_log = logging.getLogger(__name__)


class BadRequest(Exception):
    """The request is invalid. The message is for the user and says what to do.

    Attributes:
        field: for programs, the field that is wrong, where a user can correct it; None for all others.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        """Keep the message as the exception's text."""
        super().__init__(message)
        self.field = field


class Unauthorized(Exception):
    """The request does not carry the stack's passphrase. The message is for the user."""


def respond(status: int, body: Mapping[str, object]) -> Response:
    """Build a response for an HTTP API (payload format 2.0)."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
        "body": json.dumps(body),
    }


def endpoint(handle: Callable[[Event], Response]) -> Callable[[Event, object], Response]:
    """Turn a function that handles a request into a Lambda handler.

    `BadRequest` becomes a 400 and `Unauthorized` a 401, with their messages. Any other exception is logged and becomes
    a 500 with a fixed message.
    """

    def lambda_handler(event: Event, _context: object) -> Response:
        try:
            return handle(event)
        except BadRequest as error:
            field = {} if error.field is None else {"field": error.field}
            return respond(400, {"error": str(error), **field})
        except Unauthorized as error:
            # No WWW-Authenticate: API Gateway renames it, and browsers would answer it with a dialogue of their own.
            return respond(401, {"error": str(error)})
        except Exception:  # noqa: BLE001  the last resort for unexpected errors
            _log.exception("unexpected error")
            return respond(500, {"error": "Something went wrong on our side. Please try again in a moment."})

    return lambda_handler
