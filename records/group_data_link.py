"""The one thing that leads from an interview to its group answers: a link that only its key can make.

The link is a keyed hash of the session's id. The answers do not name the session, the session does not name
the answers, and whoever has both stores but not the key cannot bring them together.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from records.errors import InstallationError
from records.installation import Installation

_KEY_BYTES = 32
_DAMAGED = (
    "{} is damaged; restore it from a backup, or delete its folder with all group answers in it "
    "(without the key nobody can tell whose they are)"
)


def folder_of(installation: Installation) -> Path:
    """Return the folder of the key and, without PostgreSQL, of the answers; it may not be there."""
    return installation.data_dir / "group_data"


def link_of(installation: Installation, session_id: str) -> str | None:
    """Return the link of a session's answers; None if this installation never had a key.

    Raises
    ------
    InstallationError
        If the key is damaged.
    """
    path = _key_path(installation)
    if not path.exists():
        return None
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise InstallationError(_DAMAGED.format(path)) from error
    if len(key) != _KEY_BYTES:
        raise InstallationError(_DAMAGED.format(path))
    return hmac.new(key, session_id.encode(), hashlib.sha256).hexdigest()


def make_key(installation: Installation) -> None:
    """Make the folder (0700) and the key (0600) unless they are there."""
    folder_of(installation).mkdir(mode=0o700, exist_ok=True)
    path = _key_path(installation)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # whole or not at all; of two processes the first one's key stays
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _key_path(installation: Installation) -> Path:
    return folder_of(installation) / "link.key"
