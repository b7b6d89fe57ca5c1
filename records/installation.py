"""One installation of Aila: its data folder and its secrets."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from records.errors import InstallationError
from records.settings import RecordsSettings

_SECRET_BYTES = 48


@dataclass(frozen=True)
class Installation:
    """Folders, addresses and secrets; made by :meth:`open`."""

    data_dir: Path
    database_url: str
    dbos_database_url: str
    livekit_key: str
    livekit_secret: str
    session_secret: str
    invitation_secret: str

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    @property
    def run_dir(self) -> Path:
        return self.data_dir / "run"

    @property
    def logs_dir(self) -> Path:
        return self.data_dir / "logs"

    @property
    def cache_dir(self) -> Path:
        return self.data_dir / "cache"

    @property
    def banks_dir(self) -> Path:
        return self.data_dir / "banks"

    @property
    def rubrics_dir(self) -> Path:
        return self.data_dir / "rubrics"

    @classmethod
    def open(cls, data_dir: Path | None = None, settings: RecordsSettings | None = None) -> "Installation":
        """Return the installation in ``data_dir``, creating what is not there yet.

        The folder is 0700, the secrets and the database files are 0600.

        Raises
        ------
        InstallationError
            If the folder cannot be created or its secrets are damaged.
        """
        settings = settings or RecordsSettings()
        folder = (data_dir or settings.data).expanduser().absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            for name in ("media", "run", "logs", "cache", "banks", "rubrics"):
                (folder / name).mkdir(mode=0o700, exist_ok=True)
            known = _read_or_create_secrets(folder / "secrets.json")
            if settings.database_url is None:
                for name in ("aila.sqlite", "dbos.sqlite"):
                    _keep_private(folder / name)
        except OSError as error:
            raise InstallationError(
                f"the data folder {folder} cannot be used: {error.strerror}; "
                "choose another with --data or AILA_DATA"
            ) from error
        database_url = settings.database_url or f"sqlite+pysqlite:///{folder / 'aila.sqlite'}"
        if database_url.startswith("sqlite"):
            dbos_url = f"sqlite:///{folder / 'dbos.sqlite'}"
        else:
            dbos_url = database_url.replace("+psycopg", "", 1)
        return cls(folder, database_url, dbos_url, **known)


def _read_or_create_secrets(path: Path) -> dict[str, str]:
    names = ("livekit_key", "livekit_secret", "session_secret", "invitation_secret")
    if path.exists():
        path.chmod(0o600)  # as it may not be when it comes from a backup
    else:
        fresh = {name: secrets.token_urlsafe(_SECRET_BYTES) for name in names}
        fresh["livekit_key"] = "API" + secrets.token_hex(8)
        _create_exclusively(path, json.dumps(fresh, indent=1))
    try:
        stored = json.loads(path.read_text())
        return {name: str(stored[name]) for name in names}
    except (ValueError, KeyError, TypeError) as error:
        raise InstallationError(
            f"{path} is damaged; restore it from a backup, or delete it to make new secrets "
            "(all invitations and logins then end)"
        ) from error


def _keep_private(path: Path) -> None:
    """Make sure that a database file is there, readable by its owner alone: SQLite would let others read it.

    SQLite gives the files that it puts beside it the same mode. The file is never opened here: closing
    it would drop the locks that this process holds on it.
    """
    if not path.exists():
        _create_exclusively(path, "")
    path.chmod(0o600)


def _create_exclusively(path: Path, content: str) -> None:
    """Write a whole 0600 file at once; if another process was first, its file stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
