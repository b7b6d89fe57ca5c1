"""Which agents live: each holds a lock on a file of its own, which the system frees however its process ends.

LiveKit shows a killed agent in its room for some twenty seconds more. A lock tells at once, and tells a
process that is merely busy from one that is dead.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER = "agents"


@contextmanager
def alive(run_dir: Path, participant: str) -> Iterator[None]:
    """Be known as alive under the room's name for this agent while the context lasts."""
    path = _path(run_dir, participant)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        # Locked before it gets its name: nobody ever finds it free while its agent lives.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        draft.replace(path)
        yield
    finally:
        forget(run_dir, participant)
        os.close(descriptor)


def is_dead(run_dir: Path, participant: str) -> bool:
    """Return whether this agent has died; False also for one that runs on another host or is not known."""
    try:
        descriptor = os.open(_path(run_dir, participant), os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def forget(run_dir: Path, participant: str) -> None:
    """Remove what is left of an agent that has gone."""
    with suppress(FileNotFoundError):
        _path(run_dir, participant).unlink()


def _path(run_dir: Path, participant: str) -> Path:
    safe = "".join(
        character if character.isalnum() or character in "-_" else "_" for character in participant
    )
    return run_dir / FOLDER / f"{safe}.alive"
