"""What the api answers candidates has words on their pages; the text to agree to speaks each language."""

import re
from pathlib import Path

import api.app  # noqa: F401 - brings every problem with it
from api.consents import consent_languages
from api.problems import ApiError

MESSAGES = Path(__file__).parents[2] / "web_client" / "src" / "messages"
STAFF_ONLY = {"forbidden", "csrf-token-missing", "bad-request"}
"""Kinds of problems that only those who log in, or programs, meet."""
TOLD_BY_A_PAGE = {
    "internal": "other",
    "invitation-forged": "refused.forged",
    "invitation-revoked": "refused.revoked",
}
"""Kinds with words of another name."""


def kinds(error: type[ApiError]) -> set[str]:
    return {error.kind}.union(*(kinds(narrower) for narrower in error.__subclasses__()))


def test_every_problem_has_words_for_candidates() -> None:
    english = (MESSAGES / "en.ts").read_text(encoding="utf-8")
    block = english[english.index("  problems: {") :].split("\n  },")[0]
    worded = set(re.findall(r"^    '?([a-z-]+)'?:", block, re.MULTILINE))
    own = {kind for kind in kinds(ApiError) if not kind.startswith("_")}
    assert own - worded - STAFF_ONLY - set(TOLD_BY_A_PAGE) == set()


def test_the_pages_and_the_text_to_agree_to_speak_the_same_languages() -> None:
    table = (MESSAGES / "languages.ts").read_text(encoding="utf-8")
    pages = set(re.findall(r"^  (\w+): \{ name:", table, re.MULTILINE))
    assert pages == set(consent_languages())
