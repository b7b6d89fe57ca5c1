"""The files of deploy/, as far as they can be checked without a container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cli.livekit_server import VERSION
from scripts import write_configuration

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
ROOT = DEPLOY.parent


@pytest.fixture
def compose() -> dict[str, Any]:
    return YAML(typ="safe").load(DEPLOY / "compose.yaml")


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, continued lines joined."""
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def test_every_process_of_aila_is_a_service(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert {"database", "livekit", "api", "worker", "recogniser", "voice", "agent", "proxy"} == set(services)
    for name, service in services.items():
        assert service.get("image") or service.get("build"), name
        for needed in service.get("depends_on", []):
            assert needed in services
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists()


def test_only_the_proxy_and_the_media_are_reachable_from_outside(compose: dict[str, Any]) -> None:
    published = {
        name: service["ports"] for name, service in compose["services"].items() if "ports" in service
    }
    assert published == {"livekit": ["7881:7881/tcp", "7882:7882/udp"], "proxy": ["80:80", "443:443"]}


def test_livekit_is_the_version_that_is_tested(compose: dict[str, Any]) -> None:
    assert compose["services"]["livekit"]["image"] == f"livekit/livekit-server:v{VERSION}"


def test_commands_name_modules_that_exist(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        command = service.get("command", [])
        if "-m" in command:
            module = command[command.index("-m") + 1]
            assert (ROOT / f"{module.replace('.', '/')}.py").is_file()


def test_settings_in_the_compose_file_exist(compose: dict[str, Any]) -> None:
    known = {
        write_configuration.environment_name(settings, name, field)
        for _, settings in write_configuration.ROOMS
        for name, field in settings.model_fields.items()
    }
    assert set(compose["x-aila"]["environment"]) <= known


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    example = {
        line.split("=")[0] for line in (DEPLOY / "example.env").read_text().splitlines() if "=" in line
    }
    used = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    assert used == example


def test_no_secret_is_committed() -> None:
    for line in (DEPLOY / "example.env").read_text().splitlines():
        name, _, value = line.partition("=")
        if "PASSWORD" in name or "SECRET" in name or "KEY" in name:
            assert value == "", name


def test_the_image_runs_as_a_user_without_privileges() -> None:
    users = [argument for name, argument in instructions() if name == "USER"]
    assert users == ["aila"]


def test_the_image_is_built_from_files_that_exist_and_from_pinned_bases() -> None:
    for name, argument in instructions():
        if name == "COPY" and "--from" not in argument:
            for source in argument.split()[:-1]:
                assert (ROOT / source).exists(), source
        if name == "FROM":
            assert re.match(r"[a-z]+:\d+(\.\d+)?-", argument), argument


def test_packages_are_installed_with_their_hashes() -> None:
    installs = [argument for name, argument in instructions() if name == "RUN" and "pip install" in argument]
    assert any("--require-hashes" in argument for argument in installs)
    assert all("--require-hashes" in argument or "--no-deps" in argument for argument in installs)
    assert any("npm ci" in argument for name, argument in instructions() if name == "RUN")


def test_the_documents_say_that_nothing_was_built() -> None:
    assert "were not built" in (ROOT / "docs" / "deploy.md").read_text()
