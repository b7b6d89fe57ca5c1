"""Writes the tables of THIRD_PARTY.md that follow from package metadata; the words above them are kept."""

import argparse
import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY.md"
MARK = "<!-- generated from here on by scripts/write_third_party.py -->\n"
CORRECTED = {
    # Their metadata names the package's licence, or none; this is the licence of what is used.
    "itsdangerous": "BSD-3-Clause",
    "pwdlib": "MIT",
    "scipy": "BSD-3-Clause",
    "soundfile": "BSD-3-Clause",
    "import-linter": "BSD-2-Clause",
}


def direct_python() -> dict[str, list[str]]:
    """Return the names of the packages that pyproject.toml asks for, for running and for tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"running": project["project"]["dependencies"], "tests": project["dependency-groups"]["dev"]}
    return {group: [re.split(r"[\[<>=!~ ;]", entry)[0] for entry in asked] for group, asked in groups.items()}


def licence_of(name: str) -> str:
    """Return the licence that an installed package states, in one line."""
    if name in CORRECTED:
        return CORRECTED[name]
    stated = metadata.metadata(name).json
    text = str(stated.get("license_expression") or stated.get("license") or "")
    if text and len(text) < 60 and "\n" not in text:
        return text
    classified = [c.split(" :: ")[-1] for c in stated.get("classifier") or [] if c.startswith("License")]
    return ", ".join(c for c in classified if c != "OSI Approved") or "see the package"


def locked(lock: str) -> list[str]:
    """Return the names in a lock file."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)==", text, flags=re.MULTILINE)


def npm_packages() -> list[tuple[str, str, str, bool]]:
    """Return name, version, licence, and whether only the build uses it, of each locked npm package."""
    lock = json.loads((ROOT / "web_client" / "package-lock.json").read_text(encoding="utf-8"))
    found = [
        (
            path.rpartition("node_modules/")[2],
            entry["version"],
            str(entry.get("license", "see the package")),
            bool(entry.get("dev")),
        )
        for path, entry in lock["packages"].items()
        if path and not entry.get("optional")
    ]
    return sorted(set(found))


def tables() -> str:
    """Return the generated part."""
    parts = []
    direct = direct_python()
    for group, title in (("running", "Python packages, asked for"), ("tests", "Python packages, for tests")):
        parts.append(f"\n## {title}\n| package | licence |\n|---|---|\n")
        names = direct[group] + (locked("sentence-model.lock") if group == "running" else [])
        parts += [f"| {name} | {licence_of(name)} |\n" for name in names]
    named = {_canonical(name) for names in direct.values() for name in names}
    parts.append("\n## Python packages that those bring along\n| package | licence |\n|---|---|\n")
    for name in locked("runtime.lock"):
        if _canonical(name) in named:
            continue
        try:
            parts.append(f"| {name} | {licence_of(name)} |\n")
        except metadata.PackageNotFoundError:
            parts.append(f"| {name} | on other platforms only; see the package |\n")
    for dev, title in ((False, "npm packages in the pages"), (True, "npm packages that only build and test")):
        parts.append(f"\n## {title}\n| package | version | licence |\n|---|---|---|\n")
        parts += [
            f"| {name} | {version} | {text} |\n" for name, version, text, d in npm_packages() if d is dev
        ]
    return "".join(parts)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Write the tables, or with ``--check`` fail if the committed ones are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the file is stale")
    check = parser.parse_args().check
    current = TARGET.read_text(encoding="utf-8")
    wanted = current.split(MARK)[0] + MARK + tables()
    if not check:
        TARGET.write_text(wanted, encoding="utf-8")
    elif current != wanted:
        raise SystemExit("THIRD_PARTY.md is stale: run make docs")


if __name__ == "__main__":
    main()
