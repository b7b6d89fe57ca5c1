"""Reads a bank file, safely, and says where it is wrong."""

from functools import lru_cache
from pathlib import Path

from question_bank.bank import Bank
from question_bank.errors import BankError
from question_bank.yaml_file import canonical_hash, parse_model, read_text


def load_bank_file(path: Path) -> Bank:
    """Return the bank in ``path``.

    Raises
    ------
    BankError
        With file, line and column of the first fault, and what is expected there.
    """
    return _parsed(read_text(path, BankError), path)


@lru_cache(maxsize=64)
def _parsed(content: str, path: Path) -> Bank:
    """Banks never change and take a tenth of a second to read: a process reads each once."""
    return parse_bank(content, path)


def parse_bank(content: str, path: Path) -> Bank:
    """Return the bank written in ``content``; ``path`` is only named in errors."""
    return parse_model(content, path, Bank, BankError)


def content_hash(bank: Bank) -> str:
    """Return ``sha256:…`` over the bank's content."""
    return canonical_hash(bank)
