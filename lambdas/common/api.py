"""What the two API functions answer with: always a JSON object, never an exception.

API Gateway adds the CORS headers to what a function responds, but none where it raised, so that a browser
could not read why. `endpoint` makes sure that there always is a response.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

Event = dict[str, Any]
Response = dict[str, Any]

_log = logging.getLogger(__name__)


class BadRequest(Exception):
    """The request cannot be served. The message is for the user and says what to do."""


def respond(status: int, body: Mapping[str, object]) -> Response:
    """Build a response for API Gateway (HTTP API, payload format 2.0)."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
        "body": json.dumps(body),
    }


def endpoint(answer: Callable[[Event], Response]) -> Callable[[Event, object], Response]:
    """Make a Lambda handler of a function that answers a request.

    `BadRequest` becomes a 400 with its message, anything unexpected a logged trace and a fixed 500.
    """

    def lambda_handler(event: Event, _context: object) -> Response:
        try:
            return answer(event)
        except BadRequest as refusal:
            return respond(400, {"error": str(refusal)})
        except Exception:  # noqa: BLE001  this is where every unexpected error ends
            _log.exception("unexpected error")
            return respond(500, {"error": "Something went wrong on our side. Please try again in a moment."})

    return lambda_handler
