"""What Linux tells of the memory that this process holds."""

from pathlib import Path

_STATUS, _CLEAR_REFS = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def forget_peak() -> None:
    """Let the peak begin anew: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html."""
    if _CLEAR_REFS.exists():
        _CLEAR_REFS.write_text("5")


def kibibytes(field: str) -> int:
    """Return a field of the process's status, such as VmHWM, the peak; 0 where nothing is told."""
    if not _STATUS.exists():
        return 0
    [line] = [line for line in _STATUS.read_text().splitlines() if line.startswith(f"{field}:")]
    return int(line.split()[1])
