"""Finds banks: those that ship with Aila, and the installation's own."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from question_bank.bank import Bank
from question_bank.errors import BankError, UnknownBank
from question_bank.loading import content_hash, load_bank_file
from question_bank.yaml_file import version_order

SHIPPED_BANKS = Path(__file__).parent / "banks"


@dataclass(frozen=True, slots=True)
class BankSummary:
    id: str
    version: str
    title: str
    questions: int
    interview_s: float
    content_hash: str


class BankLibrary:
    """All banks in the shipped folder and in ``extra_dir``, read once.

    A file in ``extra_dir`` adds a bank, or a version of one; what ships is never replaced.
    """

    def __init__(self, extra_dir: Path | None = None) -> None:
        self._extra_dir = extra_dir

    @cached_property
    def _banks(self) -> dict[tuple[str, str], Bank]:
        folders = [SHIPPED_BANKS] + ([self._extra_dir] if self._extra_dir else [])
        banks: dict[tuple[str, str], Bank] = {}
        for path in [path for folder in folders for path in sorted(folder.glob("*.yaml"))]:
            bank = load_bank_file(path)
            known = banks.setdefault((bank.id, bank.version), bank)
            if content_hash(known) != content_hash(bank):
                raise BankError(
                    f"{bank.id} {bank.version} exists with other content; give this one a new version", path
                )
        return banks

    def load(self, bank_id: str, version: str | None = None) -> Bank:
        """Return a bank; ``version`` None is the newest. Raises UnknownBank."""
        versions = [key for key in self._banks if key[0] == bank_id and version in (None, key[1])]
        if not versions:
            known = ", ".join(f"{i} {v}" for i, v in sorted(self._banks))
            raise UnknownBank(
                f"there is no bank {bank_id!r}{f' {version}' if version else ''}; known: {known}"
            )
        return self._banks[max(versions, key=lambda key: version_order(key[1]))]

    def list(self) -> list[BankSummary]:
        """Return all banks by id, newest version first."""
        ordered = sorted(self._banks.values(), key=lambda bank: version_order(bank.version), reverse=True)
        return [
            BankSummary(
                bank.id, bank.version, bank.title, len(bank.questions), bank.interview_s, content_hash(bank)
            )
            for bank in sorted(ordered, key=lambda bank: bank.id)
        ]
