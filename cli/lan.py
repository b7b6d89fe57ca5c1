"""Aila on the local network: this machine's address there, and what to tell whoever opens it on a phone."""

import io
import socket

import segno

from cli.errors import NoNetwork

_ANYWHERE_ELSE = ("192.0.2.1", 9)
"""A documentation address: nothing is sent there, the system only says from which address it would be."""


def own_address() -> str:
    """Return this machine's address on the local network.

    Raises
    ------
    NoNetwork
        If it has none but loopback.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ANYWHERE_ELSE)
            address = str(probe.getsockname()[0])
        except OSError:
            address = "127.0.0.1"
    if address.startswith("127."):
        raise NoNetwork(
            "this machine has no address on a network; connect it, or name one with AILA_LAN_ADDRESS"
        )
    return address


def qr_code(url: str) -> str:
    """Return ``url`` as a code for phones' cameras, in characters of a terminal."""
    out = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(out, compact=True)
    return out.getvalue()


def phone_lines(url: str, authority_url: str, candidate_url: str | None) -> list[str]:
    """Return what to print for people with a phone in the same network."""
    code = qr_code(candidate_url or url).splitlines()
    return [
        "",
        "On a phone in the same network, point the camera at this code:",
        "",
        *code,
        "",
        "What the phone will ask:",
        "  1. It warns that it does not know the certificate: it was made on this computer.",
        "     Android: “Advanced”, then “Proceed”. iPhone: “Show Details”, then “visit this website”.",
        "  2. It asks for the microphone, when you press “Turn on the microphone”: “Allow”.",
        f"  For no warning at all, install {authority_url} on the phone as a trusted authority",
        "  (iPhone: also Settings › General › About › Certificate Trust Settings), and remove it later.",
        "Everybody in this network can open these pages while this runs; recruiters' pages ask for a login.",
        "",
    ]
