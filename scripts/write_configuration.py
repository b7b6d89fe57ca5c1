"""Writes docs/configuration.md from the rooms' settings, so that no setting goes unmentioned."""

import argparse
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from agent.interview.settings import LlmSettings
from agent.settings import AgentSettings
from api.settings import ApiSettings
from cli.settings import CliSettings
from records.settings import RecordsSettings
from records.video_avatar_settings import VideoAvatarSettings
from worker.settings import WorkerSettings

TARGET = Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
ROOMS: tuple[tuple[str, type[BaseSettings]], ...] = (
    ("records/: data folder, database, retention", RecordsSettings),
    ("cli/: `aila up`", CliSettings),
    ("api/: pages and interface", ApiSettings),
    ("agent/: the voice", AgentSettings),
    ("agent/: Aila as video", VideoAvatarSettings),
    ("agent/interview/: the model that words follow-ups", LlmSettings),
    ("worker/: durable work", WorkerSettings),
)
INTRODUCTION = """# Configuration

Nothing has to be set: with no key, no account and no file, everything works on one machine. Each
setting below is an environment variable, or a line of a file `.env` in the folder in which Aila is
started; the environment wins. Settings are read once, when a process starts. This page is generated
from the rooms' `settings.py` by `make docs`, and a test keeps it current.

Secrets that Aila needs for itself (LiveKit's key, the keys that sign invitations and logins) are not
settings: they are made on first use and kept in `secrets.json` in the data folder, readable by its
owner alone.
"""


def environment_name(settings: type[BaseSettings], name: str, field: FieldInfo) -> str:
    """Return the variable that sets ``field``."""
    if isinstance(field.validation_alias, str):
        return field.validation_alias
    return f"{settings.model_config.get('env_prefix', '')}{name}".upper()


def configuration_text() -> str:
    """Return the page as it is committed."""
    parts = [INTRODUCTION]
    for title, settings in ROOMS:
        parts.append(f"\n## {title}\n| variable | default | meaning |\n|---|---|---|\n")
        for name, field in settings.model_fields.items():
            default = "unset" if field.default is None else f"`{field.default}`"
            variable = environment_name(settings, name, field)
            parts.append(f"| `{variable}` | {default} | {field.description}{_bounds(field)} |\n")
    return "".join(parts)


def _bounds(field: FieldInfo) -> str:
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    found = [
        f"{sign} {getattr(limit, kind):g}"
        for limit in field.metadata
        for kind, sign in signs.items()
        if getattr(limit, kind, None) is not None
    ]
    return f" ({', '.join(found)})" if found else ""


def main() -> None:
    """Write the page, or with ``--check`` fail if the committed one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the file is stale")
    text = configuration_text()
    if not parser.parse_args().check:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        raise SystemExit("docs/configuration.md is stale: run make docs")


if __name__ == "__main__":
    main()
