"""A real livekit-server on loopback, for the length of a test."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cli.livekit_server import find


@contextmanager
def running_livekit(folder: Path, port: int, key: str, secret: str) -> Iterator[None]:
    """Run livekit-server on ``port`` and the two after it; skip the test where it is not installed."""
    config = folder / "livekit.yaml"
    config.write_text(
        f"port: {port}\nbind_addresses: [127.0.0.1]\n"
        f"rtc: {{tcp_port: {port + 1}, udp_port: {port + 2}, use_external_ip: false, "
        "enable_loopback_candidate: true}\n"
        f"keys: {{{key}: {secret}}}\n"
    )
    command = [_binary(), "--config", str(config), "--node-ip", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=30)) as http:
            http.get(f"http://127.0.0.1:{port}", timeout=30).raise_for_status()
        if process.poll() is not None:
            pytest.fail(f"port {port} belongs to another livekit-server")
        yield
    finally:
        process.kill()  # a polite stop waits for callers who are still being turned away
        process.wait(timeout=30)


def _binary() -> str:
    found = find() or shutil.which("server", path=str(Path.home() / "go" / "bin"))
    if found is None:
        pytest.skip("livekit-server is not installed")
    return str(found)
