"""What `make check` checks on a running stack; each check is a function that returns what it saw, or raises."""
