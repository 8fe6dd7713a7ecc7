"""Errors that a script prints as one line, without a traceback."""

import sys
from collections.abc import Callable


class UserError(Exception):
    """An error that the user can fix; the message says how."""


def run_script(main: Callable[[], None]) -> None:
    """Run a script's main function; on a UserError, print its message and exit with status 1."""
    try:
        main()
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
