"""Stop the local stack, and remove every trace of it."""

from local_stack import current
from user_error import run_script


def main() -> None:
    """Stop it, and say whether it ran."""
    print("stopped" if current().emulator.stop() else "nothing was running")


if __name__ == "__main__":
    run_script(main)
