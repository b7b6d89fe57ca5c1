"""Finds livekit-server, or builds the pinned version once into the user's cache folder."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from cli.errors import ServerUnavailable

VERSION = "1.13.5"
MODULE = f"github.com/livekit/livekit-server/cmd/server@v{VERSION}"
BUILD_TIMEOUT_S = 1800
_ADVICE = (
    f"install livekit-server {VERSION} from https://github.com/livekit/livekit/releases and put it on PATH, "
    "or install Go 1.24 or newer from https://go.dev/dl/ and run this again; "
    "AILA_LIVEKIT_SERVER names a program at another place"
)


def cached_path() -> Path:
    """Return where the built server is kept, whether it is there or not."""
    return user_cache_dir() / f"livekit-server-v{VERSION}" / "livekit-server"


def user_cache_dir() -> Path:
    """Return Aila's folder in the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "aila"


def find(configured: Path | None = None) -> Path | None:
    """Return the livekit-server to use, or None if there is none yet.

    Raises
    ------
    ServerUnavailable
        If ``configured`` names a program that is not there.
    """
    if configured is not None:
        if not os.access(configured, os.X_OK):
            raise ServerUnavailable(f"AILA_LIVEKIT_SERVER is {configured}, which is no program; {_ADVICE}")
        return configured
    on_path = shutil.which("livekit-server")
    if on_path is not None:
        return Path(on_path)
    cached = cached_path()
    return cached if os.access(cached, os.X_OK) else None


def version_of(server: Path) -> str | None:
    """Return the version a server says it has, None if it does not say."""
    try:
        said = subprocess.run([server, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip().rpartition(" ")[2] or None


def find_or_install(configured: Path | None = None) -> Path:
    """Return livekit-server; without one, build it with Go and say so on stderr.

    The source is checked by Go against its public checksum database; a released program is not fetched,
    because there is nothing pinned here to check it against.

    Raises
    ------
    ServerUnavailable
        If there is none and it cannot be built.
    """
    found = find(configured)
    if found is not None:
        return found
    go = shutil.which("go")
    if go is None:
        raise ServerUnavailable(f"livekit-server is not installed, and neither is Go; {_ADVICE}")
    return _build(go, cached_path())


def _build(go: str, target: Path) -> Path:
    # Built beside the target and moved in at the end: an interrupted build leaves nothing half-made.
    draft = target.parent / f"build-{os.getpid()}"
    draft.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "CGO_ENABLED": "0", "GOBIN": str(draft), "GOFLAGS": ""}
    _say(f"building livekit-server {VERSION} with Go, once; this takes a few minutes")
    log = draft / "build.log"
    try:
        with log.open("wb") as output:
            building = subprocess.Popen(
                [go, "install", MODULE], env=environment, stdout=output, stderr=subprocess.STDOUT
            )
            _wait_aloud(building)
        if building.returncode != 0:
            tail = log.read_text(errors="replace").strip()[-600:]
            raise ServerUnavailable(f"livekit-server could not be built: {tail}; {_ADVICE}")
        (draft / "server").replace(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _say(f"livekit-server {VERSION} is ready")
    return target


def _wait_aloud(building: subprocess.Popen[bytes]) -> None:
    started_s = time.monotonic()
    try:
        while True:
            try:
                building.wait(timeout=15)
                return
            except subprocess.TimeoutExpired:
                passed_s = time.monotonic() - started_s
                if passed_s > BUILD_TIMEOUT_S:
                    raise ServerUnavailable(
                        f"building livekit-server took more than {BUILD_TIMEOUT_S} s; {_ADVICE}"
                    ) from None
                _say(f"  still building ({passed_s:.0f} s)")
    finally:
        if building.poll() is None:
            building.kill()
            building.wait()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        print(find_or_install())
    except ServerUnavailable as error:
        raise SystemExit(f"aila: {error}") from None
