"""``aila invite``, ``aila doctor`` and ``aila user`` as programs use them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from records import accounts, invitations
from records.database import Database
from records.installation import Installation


def run(*arguments: str, data: Path) -> Any:
    return CliRunner().invoke(app, [*arguments, "--data", str(data)])


def test_invite_prints_a_token_and_a_link_that_this_installation_accepts(tmp_path: Path) -> None:
    result = run("invite", "--json", data=tmp_path)
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert set(printed) == {"invite", "url"}
    assert printed["url"] == f"http://127.0.0.1:8000/i/{printed['invite']}"
    installation = Installation.open(tmp_path)
    database = Database(installation.database_url)
    with database.reading() as session:
        invitation = invitations.read_token(session, installation, printed["invite"])
        assert invitation.position_id == "demo"
        assert invitation.bank_id is None
    database.close()


def test_invite_to_a_bank_takes_the_position_that_asks_it(tmp_path: Path) -> None:
    printed = json.loads(run("invite", "--bank", "behavioural", "--json", data=tmp_path).stdout)
    installation = Installation.open(tmp_path)
    database = Database(installation.database_url)
    with database.reading() as session:
        position = invitations.read_token(session, installation, printed["invite"]).position_id
    database.close()
    assert position == "customer_support"


def test_invite_uses_the_address_of_the_running_stack(tmp_path: Path) -> None:
    state = {"pid": 4711, "url": "http://127.0.0.1:19099", "livekit_url": "ws://127.0.0.1:7880"}
    installation = Installation.open(tmp_path)
    (installation.run_dir / "up.json").write_text(json.dumps(state))
    assert run("invite", data=tmp_path).stdout.startswith("http://127.0.0.1:19099/i/")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--position", "astronaut", "the positions are: customer_support, demo"),
        ("--bank", "riddles", "riddles"),
    ],
)
def test_invite_to_something_unknown_names_it(tmp_path: Path, option: str, value: str, said: str) -> None:
    result = run("invite", option, value, data=tmp_path)
    assert result.exit_code == 2
    assert said in result.stderr


def test_doctor_tells_of_each_part_what_it_found(tmp_path: Path) -> None:
    Installation.open(tmp_path)
    result = run("doctor", "--json", data=tmp_path)
    report = json.loads(result.stdout)
    found = {check["name"]: check for check in report["checks"]}
    assert {
        "python",
        "node",
        "livekit-server",
        "recogniser model",
        "voice model",
        "database",
        "stack",
    } <= set(found)
    assert found["python"]["status"] == "ok"
    assert found["database"]["status"] == "ok"
    assert report["ok"] is (result.exit_code == 0)
    for check in report["checks"]:
        assert check["status"] == "ok" or check["advice"], check


def test_doctor_says_what_to_do_about_a_model_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AILA_PIPER_VOICE", str(tmp_path / "missing.onnx"))
    result = run("doctor", data=tmp_path)
    assert result.exit_code == 1
    assert "correct AILA_PIPER_VOICE" in result.stdout


def test_doctor_says_that_there_is_no_installation_yet_and_makes_none(tmp_path: Path) -> None:
    result = run("doctor", data=tmp_path / "not" / "there")
    assert "there is no installation in" in result.stdout
    assert "python: " in result.stdout and "database" not in result.stdout
    assert not list(tmp_path.iterdir())


def test_doctor_says_what_to_do_about_a_data_folder_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("")
    result = run("doctor", data=file)
    assert result.exit_code == 1
    assert "--data" in result.stdout


def test_a_user_is_added_with_a_password_that_works(tmp_path: Path) -> None:
    added = run("user", "add", "robin", "--role", "recruiter", data=tmp_path)
    password = added.stdout.split()[-1]
    database = Database(Installation.open(tmp_path).database_url)
    with database.transaction() as session:
        assert accounts.log_in(session, "robin", password) is not None
    fresh = run("user", "password", "robin", data=tmp_path).stdout.split()[-1]
    with database.transaction() as session:
        assert accounts.log_in(session, "robin", password) is None
        assert accounts.log_in(session, "robin", fresh) is not None
    database.close()


def test_an_unknown_role_is_refused_with_the_allowed_ones(tmp_path: Path) -> None:
    result = run("user", "add", "robin", "--role", "king", data=tmp_path)
    assert result.exit_code == 2
    assert "admin, recruiter, product; got 'king'" in result.stderr
