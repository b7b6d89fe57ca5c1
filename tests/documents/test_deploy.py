"""The files of deploy/, as far as they can be checked without a container engine."""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import trustme
from ruamel.yaml import YAML

from cli.livekit_server import VERSION, find
from scripts import write_configuration

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy"
ROOT = DEPLOY.parent
DATA = ROOT / "tests" / "data" / "compose-spec"


@pytest.fixture
def compose() -> dict[str, Any]:
    return YAML(typ="safe").load(DEPLOY / "compose.yaml")


def free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(closing(socket.socket())) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def connected(port: int) -> socket.socket:
    """Return a connection to ``port`` of loopback, as soon as somebody listens there."""
    deadline_s = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            if time.monotonic() > deadline_s:
                raise
            time.sleep(0.1)


@contextmanager
def running_livekit(config: dict[str, Any], folder: Path) -> Iterator[None]:
    """Run the real livekit-server with a configuration; it refuses what it does not know."""
    program = find()
    if program is None:
        pytest.skip("livekit-server is not installed")
    (folder / "livekit.json").write_text(json.dumps(config))
    process = subprocess.Popen(
        [program, "--config", str(folder / "livekit.json"), "--node-ip", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait(timeout=30)


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
    turn = ["3478:3478/udp", "5349:5349/tcp", "30000-30099:30000-30099/udp"]
    assert published == {"livekit": ["7881:7881/tcp", "7882:7882/udp", *turn], "proxy": ["80:80", "443:443"]}


def test_the_compose_file_follows_its_specification(compose: dict[str, Any]) -> None:
    schema = json.loads((DATA / "compose-spec.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(compose)
    compose["services"]["api"]["restarts"] = "always"
    assert not jsonschema.Draft202012Validator(schema).is_valid(compose)


def test_livekit_takes_its_configuration_and_answers_turn_over_tls(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    service = compose["services"]["livekit"]
    domain = "interviews.test"
    config = YAML(typ="safe").load(service["environment"]["LIVEKIT_CONFIG"].replace("${AILA_DOMAIN}", domain))
    turn, rtc = config["turn"], config["rtc"]
    published = {int(port.split(":")[0].split("-")[0]) for port in service["ports"]}
    used = {rtc["tcp_port"], rtc["udp_port"], turn["udp_port"], turn["tls_port"], turn["relay_range_start"]}
    assert published == used
    authority = trustme.CA()
    certificate = authority.issue_cert(domain)
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    config["port"], rtc["tcp_port"], rtc["udp_port"], turn["udp_port"], turn["tls_port"] = free_ports(5)
    config |= {"bind_addresses": ["127.0.0.1"], "keys": {"key": "s" * 40}}
    turn |= {"cert_file": str(tmp_path / "both.pem"), "key_file": str(tmp_path / "both.pem")}
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with (
        running_livekit(config, tmp_path),
        closing(connected(turn["tls_port"])) as plain,
        trusting.wrap_socket(plain, server_hostname=domain) as secure,
    ):
        assert secure.version() == "TLSv1.3"


def test_the_proxy_takes_its_configuration() -> None:
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("caddy is not installed")
    done = subprocess.run(
        [caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
        env={**os.environ, "AILA_DOMAIN": "interviews.test"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


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
