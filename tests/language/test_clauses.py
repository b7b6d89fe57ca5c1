"""Who did what, and whether it happened."""

import pytest

from language.clauses import Clause, clauses

pytestmark = pytest.mark.models


def clause(text: str, verb: str) -> Clause:
    found = [c for c in clauses(text) if c.verb == verb]
    assert len(found) == 1, f"expected one clause of {verb!r}, got {[c.verb for c in clauses(text)]}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("I called the customer.", "call"),
        ("We fixed it together.", "fix"),
        ("so i um i called the vendor and then i went home", "call"),
        ("I managed to solve it.", "solve"),
        ("I have organised three events.", "organise"),
        ("I sat down with her and explained the tool.", "explain"),
        ("The fault was found by me.", "find"),
        ("I decided to talk to him.", "talk"),
        ("I had to call the customer twice.", "call"),
        ("I not only called them but also wrote a letter.", "write"),
        ("What I did was show five of them the screen.", "show"),
        ("My first step was to ask the guests.", "ask"),
        ("I made sure to take the keys.", "take"),
        ("I called them together, asked what was wrong, and let each choose.", "ask"),
        ("I cleaned my scanner, filled in the sheet for the shift and took my break.", "fill"),
        ("I'd told him before.", "tell"),
        ("I told him after I'd shut the gate.", "shut"),
        ("I'd been calling her since noon.", "call"),
        ("I put up a sign on the gate. It was open again.", "put up"),
        ("That afternoon my boss heard it from me.", "hear"),
        ("They got two lists from us.", "get"),
        ("My question was what he needed.", "ask"),
        ("Our suggestion was to split the week.", "suggest"),
        ("One day a man comes in and I ask him if I can help.", "ask"),
        ("What I did was put on a play for them.", "put"),
        ("I ran a small crew. Mornings I'd walk the field with them.", "walk"),
    ],
)
def test_an_own_act_that_happened_is_credited(text: str, verb: str) -> None:
    assert clause(text, verb).credited


@pytest.mark.parametrize(
    ("text", "verb", "why"),
    [
        ("I would call the customer.", "call", "hypothetical"),
        ("I should call the customer.", "call", "obligation"),
        ("I will call the customer.", "call", "planned"),
        ("I usually call the customer.", "call", "habitual"),
        ("I wanted to call the customer.", "call", "hypothetical"),
        ("I would call the customer every Friday.", "call", "hypothetical"),
        (
            "I lost a customer. I would ring him, and I would call the others each week.",
            "call",
            "hypothetical",
        ),
        ("I'd shut the gate.", "shut", "hypothetical"),
        ("I would send them out, and I'd let one go first.", "let", "hypothetical"),
        ("I would ring the customer, get the money back and write a note.", "get", "hypothetical"),
        ("I put up a sign whenever it is open.", "put up", "present"),
        ("If I were the manager I would have called the customer.", "call", "hypothetical"),
    ],
)
def test_what_did_not_happen_is_not_credited(text: str, verb: str, why: str) -> None:
    found = clause(text, verb)
    assert not found.credited
    assert found.modality == why


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("I did not call the customer.", "call"),
        ("I never called the customer.", "call"),
        ("I called nobody.", "call"),
        ("I never found out what I did wrong.", "do"),
        ("I wouldn't say I explained it to anyone.", "explain"),
        ("I don't think I called the customer.", "call"),
    ],
)
def test_a_denied_act_is_not_credited(text: str, verb: str) -> None:
    found = clause(text, verb)
    assert found.negated
    assert not found.credited


@pytest.mark.parametrize(
    ("text", "verb", "actor"),
    [
        ("My manager called the customer.", "call", "other"),
        ("She explained it to me.", "explain", "other"),
        ("She heard it from my boss.", "hear", "other"),
        ("His question was what I needed.", "be", "other"),
        ("It was solved by my team.", "solve", "other"),
        ("You call the customer first.", "call", "generic"),
    ],
)
def test_an_act_of_somebody_else_is_theirs(text: str, verb: str, actor: str) -> None:
    found = clause(text, verb)
    assert found.actor == actor
    assert not found.credited


def test_a_claim_about_oneself_is_no_act() -> None:
    assert clause("I am a team player.", "be").speech_act == "claimed"


def test_words_that_somebody_else_reports_are_quoted() -> None:
    assert clause("He said that I solved it.", "solve").speech_act == "quoted"


def test_offsets_point_into_the_text() -> None:
    text = "Last year I called the vendor. Then we fixed it."
    found = clause(text, "fix")
    assert text[found.start : found.end] == "Then we fixed it"
    assert text[found.sentence_start : found.sentence_end] == "Then we fixed it."


def test_a_report_goes_on_over_acts_without_a_subject() -> None:
    text = "I read about an engineer who said that she compared the logs, found the clock and fixed it."
    assert clause(text, "find").speech_act == clause(text, "fix").speech_act == "quoted"
