"""How a script fails: one line that says what is wrong and what to do."""

import sys
from collections.abc import Callable


class UserError(Exception):
    """Something that the user can put right; the message says how."""


def run_script(main: Callable[[], None]) -> None:
    """Run a script's main function, and end the process with one line if it meets trouble."""
    try:
        main()
    except UserError as trouble:
        print(f"error: {trouble}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
