"""Ends what ``aila up`` started when ``aila up`` itself dies without a word.

Reads lines ``+PID`` and ``-PID`` (leaders of process groups) from its standard input. When that ends, the
supervisor is gone: every group still on the list is asked to stop, and killed after a moment. Runs by itself
with nothing but the standard library, and works wherever process groups do.
"""

import contextlib
import os
import signal
import sys
import time

PATIENCE_S = 4.0


def main() -> None:
    """Keep the list until standard input ends, then end what is on it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        sign, pid = line[0], int(line[1:])
        if sign == "+":
            groups.add(pid)
        else:
            groups.discard(pid)
    _send(groups, signal.SIGTERM)
    deadline_s = time.monotonic() + PATIENCE_S
    while groups and time.monotonic() < deadline_s:
        time.sleep(0.1)
        groups = {group for group in groups if _alive(group)}
    _send(groups, signal.SIGKILL)


def _send(groups: set[int], number: int) -> None:
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
