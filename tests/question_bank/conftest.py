"""A good bank as text, to be spoilt in one place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from question_bank.bank import Bank
from question_bank.library import SHIPPED_BANKS
from question_bank.loading import parse_bank

Spoil = Callable[[str, str], str]


@pytest.fixture(scope="session")
def text() -> str:
    return (SHIPPED_BANKS / "demo-1.0.0.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def bank(text: str) -> Bank:
    return parse_bank(text, Path("demo.yaml"))


@pytest.fixture
def spoil(text: str) -> Spoil:
    """Replace the first of a passage that is there."""

    def replace(passage: str, by: str) -> str:
        assert passage in text
        return text.replace(passage, by, 1)

    return replace
