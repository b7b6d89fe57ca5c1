"""Aila on the local network: the certificate, the code, what listens where."""

import ipaddress
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from cli import lan, local_certificate
from cli.errors import NoNetwork
from cli.stack import Ports, Stack
from records.installation import Installation

ADDRESS = "192.168.77.5"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.open(tmp_path / "data")


def test_the_certificate_is_for_the_address_and_its_keys_are_private(installation: Installation) -> None:
    files = local_certificate.for_address(installation, ADDRESS)
    certificate = x509.load_pem_x509_certificate(files.chain.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.IPAddress) == [ipaddress.ip_address(ADDRESS)]
    valid = certificate.not_valid_after_utc - datetime.now(UTC)
    assert timedelta(days=360) < valid < timedelta(days=825)
    for path in files.chain.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_certificate_is_kept_while_it_holds_and_the_authority_always(installation: Installation) -> None:
    first = local_certificate.for_address(installation, ADDRESS)
    chain, authority = first.chain.read_bytes(), first.authority.read_bytes()
    again = local_certificate.for_address(installation, ADDRESS)
    assert again.chain.read_bytes() == chain
    elsewhere = local_certificate.for_address(installation, "10.9.8.7")
    assert elsewhere.chain.read_bytes() != chain
    assert elsewhere.authority.read_bytes() == authority
    elsewhere.client_context()


def test_signalling_stays_on_loopback_and_media_goes_to_the_network(installation: Installation) -> None:
    certificate = local_certificate.for_address(installation, ADDRESS)
    stack = Stack(installation, Path("livekit"), Ports(8443, 7000, 9), ADDRESS, ADDRESS, None, certificate)
    config = json.loads(stack.write_livekit_config().read_text())
    assert config["bind_addresses"] == ["127.0.0.1"]
    assert config["rtc"]["node_ip"] == ADDRESS
    assert config["rtc"]["ips"] == {"includes": [f"{ADDRESS}/32"]}
    api = next(service for service in stack.services() if service.name == "api")
    assert api.environment["AILA_LIVEKIT_PUBLIC_URL"] == f"wss://{ADDRESS}:8443/livekit"
    assert api.environment["AILA_PUBLIC_URL"] == f"https://{ADDRESS}:8443"
    assert api.environment["AILA_LIVEKIT_URL"] == "ws://127.0.0.1:7000"
    assert "--tls-chain" in api.command


def test_what_is_printed_says_what_the_phone_will_ask() -> None:
    url = f"https://{ADDRESS}:8443"
    printed = "\n".join(lan.phone_lines(url, f"{url}/local-authority.crt", f"{url}/i/token"))
    for words in ("certificate", "Proceed", "visit this website", "microphone", f"{url}/local-authority.crt"):
        assert words in printed
    assert printed.count("█") > 50


def test_a_machine_without_a_network_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "_ANYWHERE_ELSE", ("127.0.0.1", 9))
    with pytest.raises(NoNetwork, match="AILA_LAN_ADDRESS"):
        lan.own_address()
