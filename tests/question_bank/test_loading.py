"""Bank files as people write them, and as somebody hostile would: each fault with its place."""

import re
import resource
from pathlib import Path

import pytest

from question_bank.bank import Bank
from question_bank.errors import BankError, FileFault
from question_bank.loading import content_hash, load_bank_file, parse_bank
from question_bank.yaml_file import MAX_FILE_BYTES
from tests.question_bank.conftest import Spoil

PATH = Path("banks/mine.yaml")
TITLE = "title: Demo interview, three questions"
UNKNOWN = "unknown field; expected one of"


def fault_of(content: str) -> BankError:
    with pytest.raises(BankError) as caught:
        parse_bank(content, PATH)
    return caught.value


def line_of(content: str, passage: str) -> int:
    return content[: content.index(passage)].count("\n") + 1


@pytest.mark.parametrize(
    ("passage", "by", "said"),
    [
        ("id: demo", "id: 12", "id: expected text (got 12)"),
        ("id: demo", "id: My Bank", "id: expected text of the form ^[a-z]"),
        ("version: 1.0.0", "version: 1.0", "version: expected text (got 1.0)"),
        ("version: 1.0.0", "version: 01.0.0", "version: expected text of the form"),
        (TITLE, "title: 2031-02-03", "title: expected text (got"),
        ("schema: aila.bank/1", "schema: aila.bank/2", "schema: expected 'aila.bank/1' (got"),
        ("interview_s: 300", "interview_s: -300", "interview_s: expected more than 0 (got -300)"),
        ("interview_s: 300", "interview_s: .nan", "interview_s: expected a finite number"),
        ("interview_s: 300", "interview_s: true", "interview_s: expected a number (got True)"),
        ("interview_s: 300", "interview_s: '300'", "interview_s: expected a number (got '300')"),
        ("follow_up_budget: 2", "follow_up_budget: 2.0", "follow_up_budget: expected a whole number"),
        ("    follow_up_budget: 1", "    required: 'yes'", "required: expected true or false"),
        ("interview_s: 300", "interview_s: soon", "interview_s: expected a number"),
        ("criteria: [teamwork]", "criteria: teamwork", "criteria: expected a list (got 'teamwork')"),
        ("criteria: [problem_solving]", "criteria: []", "questions.1.criteria: expected at least 1 entry"),
        ("follow_up_budget: 1", "follow_up_budget: 4", "budget: expected at most "),
        ("expected_answer_s: 45", "expected_answer_s: [45]", "answer_s: expected a number"),
        ("locale: en", "locale: en\nlocal: en", f"local: {UNKNOWN} schema, id, version"),
        ("    criteria: [learning]", "    kriteria: [learning]", f"questions.2.kriteria: {UNKNOWN} id, text"),
        ("      situation:", "      situations:", f"probes.situations: {UNKNOWN} situation, action, result"),
        ("  refers_to_cv:", "  refers_to_cvs:", f"reminders.refers_to_cvs: {UNKNOWN} refers_to_cv"),
        (TITLE, "title: !mine Demo", "tags (!mine) are not allowed"),
        (TITLE, "title: !!python/object/apply:os.system ls", "os.system) are not allowed"),
        ("criteria: [teamwork]", "criteria: !!set {teamwork}", "2002:set) are not allowed"),
        (TITLE, "id: twice", 'not valid YAML: found duplicate key "id"'),
        ("    max_answer_s: 90", "\tmax_answer_s: 90", "not valid YAML: found character '\\t'"),
        ("version: 1.0.0", "version: 1.0.0: x", "not valid YAML: mapping values are not allowed here"),
        ("locale: en", "locale: e\0n", "not valid YAML: the character 0x0000 is not text"),
        ("locale: en", "locale: e\x1bn", "not valid YAML: the character 0x001b is not text"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_is_expected(
    spoil: Spoil, passage: str, by: str, said: str
) -> None:
    content = spoil(passage, by)
    fault = fault_of(content)
    assert said in fault.message
    wrong = by.strip().splitlines()[-1]
    assert fault.line == line_of(content, wrong)
    assert str(fault).startswith(f"banks/mine.yaml:{fault.line}:")


def test_a_field_that_is_missing_is_named_with_the_line_of_its_mapping(text: str, spoil: Spoil) -> None:
    content = re.sub(r"^closing: >-\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    assert "closing: this field is missing" in fault_of(content).message
    content = spoil("    criteria: [problem_solving]\n", "")
    fault = fault_of(content)
    assert fault.message == "questions.1.criteria: this field is missing"
    assert fault.line == line_of(content, "id: difficult_problem")


def test_further_faults_are_counted(spoil: Spoil) -> None:
    content = spoil("interview_s: 300\nfollow_up_budget: 2", "interview_s: 0\nfollow_up_budget: -2")
    assert fault_of(content).message.endswith("(got 0); and 1 more")


@pytest.mark.parametrize(
    "content", ["", "\n\n", "# only a comment\n", "- a\n- b\n", "hello", "null", "42", "---\n"]
)
def test_what_is_no_mapping_is_no_bank(content: str) -> None:
    fault = fault_of(content)
    assert (fault.message, fault.line) == ("expected a mapping of fields (schema, id, version, ...)", 1)


def test_two_documents_in_one_file_are_refused(text: str) -> None:
    content = text + "---\n" + text
    fault = fault_of(content)
    assert "another document" in fault.message
    assert fault.line == text.count("\n") + 1


@pytest.mark.parametrize("key", ["1", "~", "[a, b]", "{a: b}", "2031-02-03"])
def test_a_name_of_a_field_is_text(text: str, key: str) -> None:
    fault = fault_of(f"{text}? {key}\n: x\n")
    assert fault.line is not None and fault.line > text.count("\n")


BOMBS = {
    "aliases": "a: &a [x, x]\n" + "".join(f"a{n}: &a{n} [*a, *a]\n" for n in range(40)),
    "a merge": "base: &base {id: x}\nquestions:\n  - <<: *base\n",
    "an endless one": "a: &a\n  b: *a\n",
    "nested lists": "a: " + "[" * 100_000,
    "nested mappings": "a: " + "{a: " * 100_000,
    "nested blocks": "".join(" " * depth + "a:\n" for depth in range(900)),
    "nested dashes": "- " * 100_000,
    "a huge number": "interview_s: " + "9" * 100_000,
    "an endless quotation": 'title: "' + "x " * 400_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_it_grows(bomb: str) -> None:
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fault = fault_of(BOMBS[bomb])
    assert len(str(fault)) < 400
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib < 200 * 1024


def test_an_anchor_that_nothing_refers_to_does_no_harm(spoil: Spoil, bank: Bank) -> None:
    assert parse_bank(spoil("title: Demo", "title: &t Demo"), PATH) == bank


def test_layout_and_comments_are_no_content(text: str, bank: Bank) -> None:
    other = "\ufeff# A comment\n" + text.replace("\n", "\r\n").replace(
        "locale: en", "locale:   'en'   # English"
    )
    assert parse_bank(other, PATH) == bank
    assert content_hash(parse_bank(other, PATH)) == content_hash(bank)
    changed = parse_bank(text.replace("Hello, and welcome.", "Hello and welcome.", 1), PATH)
    assert content_hash(changed) != content_hash(bank)


def test_a_file_is_read_as_it_is_written(tmp_path: Path, text: str, bank: Bank) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(text.replace("Hello, and", "Grüezi 🙂 and", 1), encoding="utf-8")
    assert load_bank_file(path).greeting == bank.greeting.replace("Hello, and", "Grüezi 🙂 and")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id: caf\xe9\n", ":1: the file is not UTF-8 text; save it as UTF-8"),
        ("id: demo".encode("utf-16"), ":1: the file is UTF-16 text; save it as UTF-8"),
        (b"a: [" + b"x," * 40_000 + b"]", ":1:\\d+: more than 30,000 names and values"),
        (b"#" * (MAX_FILE_BYTES + 1), ": the file is too large: at most 1 MiB are read"),
    ],
)
def test_a_file_that_cannot_be_text_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bank.yaml"
    path.write_bytes(content)
    with pytest.raises(BankError, match=said) as caught:
        load_bank_file(path)
    assert str(caught.value).startswith(f"{path}:")


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "none.yaml", "the file cannot be read: No such file"),
        (tmp_path, "this is a folder; name the files in it"),
        (Path("/dev/zero"), "this is a device or a socket, not a file"),
    ):
        with pytest.raises(FileFault, match=said):
            load_bank_file(path)
