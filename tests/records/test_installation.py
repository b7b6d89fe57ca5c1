"""The data folder, its secrets and who may read them; settings."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from records.database import Database
from records.errors import InstallationError
from records.installation import Installation
from records.settings import RecordsSettings


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def usual_umask():
    """Leave files readable by others unless the code says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_nobody_else_can_read_anything_in_the_data_folder(tmp_path: Path) -> None:
    installation = Installation.open(tmp_path / "data")
    database = Database(installation.database_url)
    database.migrate()
    with database.transaction():
        files = [path for path in installation.data_dir.iterdir() if path.is_file()]
        assert {"secrets.json", "aila.sqlite", "dbos.sqlite", "aila.sqlite-wal"} <= {f.name for f in files}
        assert {path.name: mode(path) for path in files} == {path.name: 0o600 for path in files}
    database.close()
    folders = [installation.data_dir, *(path for path in installation.data_dir.iterdir() if path.is_dir())]
    assert {path.name: mode(path) for path in folders} == {path.name: 0o700 for path in folders}


def test_a_folder_that_others_could_read_is_closed_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    secret = Installation.open(folder).session_secret
    for name, loose in (("", 0o755), ("secrets.json", 0o644), ("aila.sqlite", 0o664)):
        (folder / name).chmod(loose)
    assert Installation.open(folder).session_secret == secret
    assert [mode(folder / name) for name in ("", "secrets.json", "aila.sqlite")] == [0o700, 0o600, 0o600]


def test_each_installation_has_secrets_of_its_own_and_keeps_them(tmp_path: Path) -> None:
    one, again, other = (Installation.open(tmp_path / name) for name in ("one", "one", "other"))
    assert one == again
    names = ("livekit_key", "livekit_secret", "session_secret", "invitation_secret")
    secrets = [getattr(found, name) for found in (one, other) for name in names]
    assert len(set(secrets)) == len(secrets)
    assert all(
        len(secret) >= 48 for secret in (one.livekit_secret, one.session_secret, one.invitation_secret)
    )


def test_processes_that_open_a_new_folder_at_once_agree_on_its_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: Installation.open(tmp_path / "data"), range(8)))
    assert len(set(opened)) == 1
    assert sorted(p.name for p in (tmp_path / "data").glob("secrets*")) == ["secrets.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"livekit_key": "API1"}', "null", "\ufeff{}"])
def test_damaged_secrets_are_reported_and_not_replaced(tmp_path: Path, content: str) -> None:
    Installation.open(tmp_path)
    (tmp_path / "secrets.json").write_text(content, encoding="utf-8")
    with pytest.raises(InstallationError, match=r"secrets\.json is damaged; restore it from a backup"):
        Installation.open(tmp_path)
    assert (tmp_path / "secrets.json").read_text(encoding="utf-8") == content


def test_secrets_that_are_not_text_are_damaged_too(tmp_path: Path) -> None:
    Installation.open(tmp_path)
    (tmp_path / "secrets.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InstallationError, match="damaged"):
        Installation.open(tmp_path)


def test_a_folder_that_cannot_be_used_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(
        InstallationError, match=r"cannot be used: .*; choose another with --data or AILA_DATA"
    ):
        Installation.open(tmp_path / "file" / "data")


def test_durable_work_is_kept_beside_the_records(tmp_path: Path) -> None:
    local = Installation.open(tmp_path)
    assert local.database_url == f"sqlite+pysqlite:///{tmp_path}/aila.sqlite"
    assert local.dbos_database_url == f"sqlite:///{tmp_path}/dbos.sqlite"
    settings = RecordsSettings(database_url="postgresql+psycopg://aila@db:5432/aila")
    central = Installation.open(tmp_path / "central", settings)
    assert central.dbos_database_url == "postgresql://aila@db:5432/aila"
    assert not list((tmp_path / "central").glob("*.sqlite"))


def test_the_data_folder_is_the_one_that_is_named_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Installation.open().data_dir == tmp_path / ".aila"
    (tmp_path / ".env").write_text("AILA_DATA=from-file\nAILA_RETENTION_DAYS=31\nSOMETHING_ELSE=1\n")
    assert Installation.open().data_dir == tmp_path / "from-file"
    monkeypatch.setenv("AILA_DATA", str(tmp_path / "from-environment"))
    assert Installation.open().data_dir == tmp_path / "from-environment"
    assert Installation.open(tmp_path / "argument").data_dir == tmp_path / "argument"
    assert RecordsSettings().retention_days == 31


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RETENTION_DAYS", "0"),
        ("RETENTION_DAYS", "3651"),
        ("INVITATION_DAYS", "366"),
        ("INVITATION_DAYS", "soon"),
    ],
)
def test_settings_out_of_range_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"AILA_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        RecordsSettings()


def test_secrets_are_complete_json(tmp_path: Path) -> None:
    installation = Installation.open(tmp_path)
    stored = json.loads((tmp_path / "secrets.json").read_text())
    assert stored["invitation_secret"] == installation.invitation_secret
    assert stored["livekit_key"].startswith("API")
