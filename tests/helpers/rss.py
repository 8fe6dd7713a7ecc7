"""Read this process's resident memory, as Linux reports it; 0 on other systems."""

from pathlib import Path

_STATUS, _CLEAR_REFS = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def reset_peak() -> None:
    """Reset VmHWM: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html."""
    if _CLEAR_REFS.exists():
        _CLEAR_REFS.write_text("5")


def read_bytes(field: str) -> int:
    """Return VmRSS, what the process holds now, or VmHWM, its peak."""
    if not _STATUS.exists():
        return 0
    [line] = [line for line in _STATUS.read_text().splitlines() if line.startswith(f"{field}:")]
    return int(line.split()[1]) * 1024
