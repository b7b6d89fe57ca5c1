"""What the documents say is so: paths exist, commands and settings are real, nothing is left out."""

import re
import subprocess
from pathlib import Path

import pytest

from cli.main import Commands
from scripts import write_configuration, write_third_party

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
WORDS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in WRITTEN}
EVERYTHING = "\n".join(WORDS.values())
MADE_AT_RUN_TIME = {
    ".venv/bin/",
    ".aila/",
    "bench-results/",
    "test-results/",
    "deploy/.env",
    "web_client/dist",
}
"""Named in documents, and there only after setting up or running."""


def top_folders() -> list[str]:
    """Return the top folders that git knows."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted({p.split("/")[0] for p in listed.stdout.split("\n") if "/" in p} - {".ci"})


@pytest.mark.parametrize("folder", top_folders())
def test_the_readme_names_each_top_folder(folder: str) -> None:
    assert f"`{folder}/`" in WORDS["README.md"]


def test_the_readmes_diagram_uses_the_rooms_names() -> None:
    diagram = WORDS["README.md"].split("```")[3]
    for room in (
        "web_client",
        "api",
        "agent",
        "agent/interview",
        "question_bank",
        "records",
        "scoring",
        "worker",
    ):
        assert f"{room}/" in diagram


@pytest.mark.parametrize("document", WORDS)
def test_links_lead_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", WORDS[document]):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (ROOT / document).parent.joinpath(target).exists(), f"{document} links to {target}"


@pytest.mark.parametrize("document", WORDS)
def test_paths_that_are_named_exist(document: str) -> None:
    first = "|".join(map(re.escape, top_folders()))
    for path in re.findall(rf"`((?:{first})/[\w./-]*)`", WORDS[document]):
        if path not in MADE_AT_RUN_TIME:
            assert (ROOT / path).exists(), f"{document} names {path}"


def test_each_command_is_mentioned_and_each_mentioned_command_exists() -> None:
    commands = set(Commands.places)
    mentioned = set(re.findall(r"`aila (\w+)", EVERYTHING))
    assert mentioned == commands


def test_each_setting_that_a_document_names_exists() -> None:
    known = {
        write_configuration.environment_name(settings, name, field)
        for _, settings in write_configuration.ROOMS
        for name, field in settings.model_fields.items()
    }
    named = set(re.findall(r"`(AILA_[A-Z_]+|OPENAI_[A-Z_]+)[`=]", EVERYTHING))
    assert named - known == {"AILA_API"} & named


def test_the_page_of_settings_is_current() -> None:
    assert WORDS["docs/configuration.md"] == write_configuration.configuration_text()


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", EVERYTHING)) <= targets
    assert {"run", "test", "bench", "setup", "check"} <= targets


def test_third_parties_are_all_named_with_a_licence() -> None:
    page = WORDS["THIRD_PARTY.md"]
    for names in write_third_party.direct_python().values():
        for name in names:
            assert f"| {name} | " in page
    for name, version, licence, _ in write_third_party.npm_packages():
        assert f"| {name} | {version} | {licence} |" in page


def test_the_readmes_picture_is_small() -> None:
    assert (ROOT / "docs" / "images" / "interview.png").stat().st_size <= 300_000


def test_no_document_names_a_machine_of_ours() -> None:
    assert not re.search(r"/(?:root|home|work|opt/wheels)/", EVERYTHING)
