"""The processes of one machine's Aila: their commands, their environment, how each shows its health."""

import asyncio
import json
import os
import ssl
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from cli.local_certificate import LocalCertificate
from cli.supervisor import Service
from records.installation import Installation

DEPARTURE_TIMEOUT_S = 120
LOOPBACK = "127.0.0.1"
PROBE_TIMEOUT_S = 2.0


@dataclass(frozen=True)
class Ports:
    """TCP ports; livekit-server also takes the two after ``livekit``, the last of them for UDP."""

    api: int
    livekit: int
    agent: int


@dataclass(frozen=True)
class Stack:
    """What ``aila up`` runs, and where."""

    installation: Installation
    livekit_server: Path
    ports: Ports
    host: str
    node_ip: str
    public_url: str | None
    certificate: LocalCertificate | None = None
    """Serve HTTPS with it, and LiveKit's signalling on the same address; None: HTTP."""

    @property
    def url(self) -> str:
        """Where people open Aila."""
        return (self.public_url or self.own_url).rstrip("/")

    @property
    def own_url(self) -> str:
        """Where the api itself answers."""
        scheme = "http" if self.certificate is None else "https"
        return f"{scheme}://{_shown(self.host)}:{self.ports.api}"

    def api_answers(self, path: str) -> Callable[[], Awaitable[bool]]:
        """Return a probe that is true when the api answers at ``path`` with success."""
        trusted = self.certificate.client_context() if self.certificate is not None else True
        return answers(f"{self.own_url}{path}", trusted)

    @property
    def livekit_url(self) -> str:
        return f"ws://127.0.0.1:{self.ports.livekit}"

    def services(self) -> list[Service]:
        """Return all services in the order of their start."""
        environment = self._environment()
        local = f"http://127.0.0.1:{self.ports.livekit}"
        data = ("--data", str(self.installation.data_dir))
        python = sys.executable
        listening: tuple[str, ...] = ("--host", self.host, "--port", str(self.ports.api))
        if self.certificate is not None:
            files = self.certificate
            listening += ("--tls-chain", str(files.chain), "--tls-key", str(files.key))
        return [
            Service(
                "livekit",
                (str(self.livekit_server), "--config", str(self.write_livekit_config())),
                environment,
                probe=answers(local),
            ),
            Service(
                "recogniser",
                (python, "-m", "agent.speech.recogniser_process", *data),
                environment,
                ready_line="ready",
            ),
            Service(
                "voice", (python, "-m", "agent.speech.voice_process", *data), environment, ready_line="ready"
            ),
            Service(
                "api",
                (python, "-m", "api.main", *data, *listening),
                environment,
                probe=self.api_answers("/healthz"),
            ),
            Service("worker", (python, "-m", "worker.main", *data), environment, ready_line="ready"),
            Service(
                "agent", (python, "-m", "agent.main", *data), environment, ready_line="registered worker"
            ),
        ]

    def write_livekit_config(self) -> Path:
        """Write livekit-server's configuration, which holds the secret, readable by this user alone."""
        rtc: dict[str, object] = {
            "node_ip": self.node_ip,
            "udp_port": self.ports.livekit + 2,
            "use_external_ip": False,
        }
        if self.node_ip == LOOPBACK:
            # Media over TCP would listen on all addresses: on one machine UDP is enough.
            rtc |= {"enable_loopback_candidate": True, "ips": {"includes": [f"{LOOPBACK}/32"]}, "tcp_port": 0}
        else:
            rtc["tcp_port"] = self.ports.livekit + 1
        if self.certificate is not None:
            rtc["ips"] = {"includes": [f"{self.node_ip}/32"]}
        # Signalling that is passed on by the api needs no address of its own on the network.
        loopback = self.node_ip == LOOPBACK or self.certificate is not None
        config = {
            "port": self.ports.livekit,
            "bind_addresses": [LOOPBACK if loopback else self.host],
            "rtc": rtc,
            "room": {"auto_create": True, "departure_timeout": DEPARTURE_TIMEOUT_S},
            "keys": {self.installation.livekit_key: self.installation.livekit_secret},
            "logging": {"level": "info"},
        }
        path = self.installation.run_dir / "livekit.yaml"
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(config, file, indent=1)  # JSON is YAML
        return path

    def _environment(self) -> dict[str, str]:
        ours = {
            "AILA_DATA": str(self.installation.data_dir),
            "AILA_LIVEKIT_URL": self.livekit_url,
            "AILA_AGENT_PORT": str(self.ports.agent),
            "PYTHONUNBUFFERED": "1",
        }
        if self.certificate is not None:
            ours |= {
                "AILA_PUBLIC_URL": self.url,
                "AILA_LIVEKIT_PROXY": "true",
                "AILA_LIVEKIT_PUBLIC_URL": f"{self.url.replace('http', 'ws', 1)}/livekit",
                "AILA_LOCAL_AUTHORITY": str(self.certificate.authority),
            }
        elif "AILA_LIVEKIT_PUBLIC_URL" not in os.environ and self.node_ip != "127.0.0.1":
            ours["AILA_LIVEKIT_PUBLIC_URL"] = f"ws://{self.node_ip}:{self.ports.livekit}"
        return {**os.environ, **ours}


def answers(url: str, trusted: ssl.SSLContext | bool = True) -> Callable[[], Awaitable[bool]]:
    """Return a probe that is true when ``url`` answers with success."""

    async def probe() -> bool:
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=PROBE_TIMEOUT_S, verify=trusted) as client:
                return (await client.get(url)).is_success
        except httpx.HTTPError:
            return False

    return probe


async def wait_for(probe: Callable[[], Awaitable[bool]], timeout_s: float) -> bool:
    """Return whether ``probe`` was true within ``timeout_s``."""
    deadline_s = asyncio.get_running_loop().time() + timeout_s
    while asyncio.get_running_loop().time() < deadline_s:
        if await probe():
            return True
        await asyncio.sleep(0.2)
    return False


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
