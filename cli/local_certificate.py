"""A certificate for one address of the local network, from an authority that only this installation has."""

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509

from records.installation import Installation

LIFETIME = timedelta(days=365)
"""Apple's devices refuse certificates of more than 825 days."""
RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class LocalCertificate:
    """Files of a certificate and of the authority that signed it."""

    chain: Path
    key: Path
    authority: Path

    def client_context(self) -> ssl.SSLContext:
        """Return what trusts this certificate."""
        return ssl.create_default_context(cafile=str(self.authority))


def for_address(installation: Installation, address: str) -> LocalCertificate:
    """Return a certificate for the IP address; one that still holds is used again."""
    folder = installation.data_dir / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    files = LocalCertificate(folder / "chain.pem", folder / "key.pem", folder / "authority.pem")
    if not _holds(files, address, datetime.now(UTC)):
        authority = _authority(files.authority, folder / "authority-key.pem")
        issued = authority.issue_cert(address, not_after=datetime.now(UTC) + LIFETIME)
        _write(files.key, issued.private_key_pem.bytes())
        _write(files.chain, b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    return files


def _holds(files: LocalCertificate, address: str, at: datetime) -> bool:
    if not (files.chain.is_file() and files.key.is_file() and files.authority.is_file()):
        return False
    certificate = x509.load_pem_x509_certificate(files.chain.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = names.get_values_for_type(x509.IPAddress)
    return ipaddress.ip_address(address) in addresses and certificate.not_valid_after_utc > at + RENEW_BEFORE


def _authority(certificate: Path, key: Path) -> trustme.CA:
    """Return the installation's authority: a phone that trusts it once trusts the next certificate too."""
    if certificate.is_file() and key.is_file():
        return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    made = trustme.CA(organization_name="Aila on this computer", organization_unit_name="local network only")
    _write(key, made.private_key_pem.bytes())
    _write(certificate, made.cert_pem.bytes())
    return made


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)
