"""Banks that ship and banks of one's own; what changed between two of them."""

from pathlib import Path

import pytest

from question_bank.bank import Bank
from question_bank.diff import diff
from question_bank.errors import BankError, UnknownBank
from question_bank.library import SHIPPED_BANKS, BankLibrary
from question_bank.loading import content_hash
from tests.question_bank.conftest import Spoil


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_ones_own_banks_are_added_to_those_that_ship(tmp_path: Path, spoil: Spoil) -> None:
    put(tmp_path, "mine.yaml", spoil("id: demo", "id: ours"))
    put(tmp_path, "notes.txt", "no bank")
    library = BankLibrary(tmp_path)
    assert {row.id for row in library.list()} == {row.id for row in BankLibrary().list()} | {"ours"}
    assert library.load("ours").greeting == library.load("demo").greeting


def test_the_newest_version_is_taken_by_number_not_by_letter(tmp_path: Path, spoil: Spoil) -> None:
    for number, version in enumerate(("1.0.9", "1.0.10", "0.99.99")):
        put(tmp_path, f"{number}.yaml", spoil("version: 1.0.0", f"version: {version}"))
    library = BankLibrary(tmp_path)
    assert library.load("demo").version == "1.0.10"
    assert library.load("demo", "1.0.9").version == "1.0.9"
    assert [row.version for row in library.list() if row.id == "demo"] == [
        "1.0.10",
        "1.0.9",
        "1.0.0",
        "0.99.99",
    ]


def test_the_same_bank_twice_is_one(tmp_path: Path, text: str) -> None:
    put(tmp_path, "copy.yaml", "# a copy\n" + text)
    assert [row.id for row in BankLibrary(tmp_path).list()].count("demo") == 1


@pytest.mark.parametrize("folder", ["aaa", "zzz"])
def test_a_version_that_ships_is_not_replaced_and_ones_own_file_is_named(
    tmp_path: Path, spoil: Spoil, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mmm").mkdir()
    (tmp_path / folder).mkdir()
    for path in SHIPPED_BANKS.glob("*.yaml"):
        put(tmp_path / "mmm", path.name, path.read_text(encoding="utf-8"))
    monkeypatch.setattr("question_bank.library.SHIPPED_BANKS", tmp_path / "mmm")
    own = put(tmp_path / folder, "own.yaml", spoil("Hello, and welcome.", "Howdy."))
    with pytest.raises(
        BankError, match=r"demo 1\.0\.0 exists with other content; give this one a new"
    ) as caught:
        BankLibrary(tmp_path / folder).load("demo")
    assert caught.value.path == own


def test_a_broken_file_of_ones_own_is_named_until_it_is_mended(
    tmp_path: Path, text: str, spoil: Spoil
) -> None:
    own = put(tmp_path, "own.yaml", spoil("locale: en", "local: en"))
    library = BankLibrary(tmp_path)
    with pytest.raises(BankError) as caught:
        library.load("demo")
    assert (caught.value.path, caught.value.line) == (own, 6)
    put(tmp_path, "own.yaml", text)
    assert library.load("demo").id == "demo"


@pytest.mark.parametrize(
    ("bank_id", "version"),
    [
        ("nowhere", None),
        ("demo", "9.0.0"),
        ("demo", "1.0"),
        ("demo", "latest"),
        ("../demo", None),
        ("", None),
    ],
)
def test_an_unknown_bank_or_version_is_refused_with_the_known_ones(bank_id: str, version: str | None) -> None:
    with pytest.raises(
        UnknownBank, match=r"there is no bank .*; known: behavioural 1\.0\.0, demo 1\.0\.0"
    ) as caught:
        BankLibrary().load(bank_id, version)
    assert caught.value.status_code == 404
    assert repr(bank_id) in str(caught.value)


def test_a_summary_says_what_is_in_a_bank(bank: Bank) -> None:
    [row] = [row for row in BankLibrary().list() if row.id == "demo"]
    assert (row.version, row.title, row.questions, row.interview_s) == (
        "1.0.0",
        "Demo interview, three questions",
        3,
        300.0,
    )
    assert row.content_hash == content_hash(bank)


def test_a_difference_is_one_line_each(bank: Bank) -> None:
    tree = bank.model_dump(by_alias=True)
    helped, problem, mistake = tree["questions"]
    tree |= {"version": "1.1.0", "practice": {"id": "warm_up", "text": "What did you eat?"}}
    tree["reminders"] = tree["reminders"] | {"fragment": "Please say more."}
    probes = mistake["probes"] | {"result": ["And then?"]}
    added = helped | {"id": "new_one", "text": "Something new."}
    tree["questions"] = [mistake | {"max_answer_s": 95, "probes": probes}, problem, added]
    lines = diff(bank, Bank.model_validate(tree))
    assert lines[0] == "~ version: '1.0.0' → '1.1.0'"
    assert lines[1].startswith("~ practice: None → {'id': 'warm_up'")
    assert lines[2].startswith("~ reminders.fragment: ") and lines[2].endswith(" → 'Please say more.'")
    assert lines[3] == f"- questions.helped_colleague: {helped['text']}"
    assert lines[4].startswith("~ questions.learned_from_mistake.probes.result: ['What came")
    assert lines[5:] == [
        "~ questions.learned_from_mistake.max_answer_s: 90.0 → 95.0",
        "+ questions.new_one: Something new.",
        "~ order: difficult_problem, learned_from_mistake → learned_from_mistake, difficult_problem",
    ]
    assert diff(bank, bank) == []
