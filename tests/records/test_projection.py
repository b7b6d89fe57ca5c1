"""Events → transcript: what happened is in it, whatever the order in which it happened."""

import random

import pytest
from pydantic import ValidationError

from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records.events import (
    AgentStarted,
    AnswerCompleted,
    AnswerReopened,
    CandidateConnected,
    CandidateDisconnected,
    CandidateSpoke,
    ControlUsed,
    Event,
    FollowUpDrafted,
    InterviewEnded,
    InterviewStarted,
    QuestionDropped,
    ReminderNoted,
    UtteranceEnded,
    UtteranceStarted,
    Word,
)
from records.projection import project
from records.transcript import Transcript, TranscriptWord

QUESTIONS = ("helped_team", "explained_complex", "practice", "not_in_the_bank", None)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return BankLibrary().load("behavioural", "1.0.0")


def said(at_s: float, turn_id: str, kind: str, text: str, question_id: str | None = None) -> UtteranceStarted:
    return UtteranceStarted(at_s, turn_id, kind, text, question_id)  # type: ignore[arg-type]


def test_an_interview_becomes_its_transcript(bank: Bank) -> None:
    events: list[Event] = [
        InterviewStarted(0.0, "voice", "behavioural", "1.0.0", "sha256:1", "en"),
        said(0.5, "a1", "greeting", "Hello."),
        UtteranceEnded(2.5, "a1", interrupted=False),
        said(3.0, "a2", "practice", "Let us warm up.", "practice"),
        UtteranceEnded(4.0, "a2", interrupted=False),
        CandidateSpoke(4.5, 6.0, "c1", "I baked bread.", "answer", "practice"),
        said(7.0, "a3", "question", "Tell me about a team.", "helped_team"),
        UtteranceEnded(8.25, "a3", interrupted=True),
        CandidateSpoke(
            8.0, 11.0, "c2", " We lost a server ", "answer", "helped_team", (Word("We", 8.0, 8.2, 0.9),)
        ),
        CandidateSpoke(
            12.0, 15.0, "c3", "and I rebuilt it.", "answer", "helped_team", (Word("and", 12.0, 12.1, 0.4),)
        ),
        AnswerCompleted(16.0, "helped_team", "turn_policy"),
        ReminderNoted(16.1, "refers_to_cv", "helped_team", spoken=True),
        said(16.5, "a4", "reminder", "In your own words, please.", "helped_team"),
        UtteranceEnded(18.0, "a4", interrupted=False),
        AnswerReopened(18.5, "helped_team"),
        CandidateSpoke(18.5, 20.0, "c4", "It was my task.", "answer", "helped_team"),
        AnswerCompleted(21.0, "helped_team", "done"),
        FollowUpDrafted(21.1, "helped_team", "result", "What came of it?", "bank", "no_model"),
        said(21.5, "a5", "follow_up", "What came of it?", "helped_team"),
        UtteranceEnded(22.0, "a5", interrupted=False),
        CandidateSpoke(23.0, 23.5, "c5", "Skip.", "control", "helped_team"),
        ControlUsed(23.5, "skip", "said"),
        said(24.0, "a6", "acknowledgement", "That is fine."),
        CandidateSpoke(25.0, 26.0, "c6", "Who hears this?", "question"),
        said(27.0, "a7", "question", "Tell me about explaining.", "explained_complex"),
        ControlUsed(28.0, "skip", "pressed"),
        QuestionDropped(29.0, "solved_problem", "time"),
        InterviewEnded(30.0, "completed"),
    ]
    transcript = project("s1", bank, events)
    assert (transcript.session_id, transcript.bank.id, transcript.bank.version, transcript.locale) == (
        "s1",
        "behavioural",
        "1.0.0",
        "en",
    )
    assert [(t.id, t.kind, t.text, t.question_id, t.criteria, t.start, t.end) for t in transcript.turns] == [
        ("a1", "greeting", "Hello.", None, None, 0.5, 2.5),
        ("a2", "practice", "Let us warm up.", "practice", (), 3.0, 4.0),
        ("c1", "answer", "I baked bread.", "practice", (), 4.5, 6.0),
        ("a3", "question", "Tell me about a team.", "helped_team", ("teamwork",), 7.0, 8.25),
        ("c2", "answer", "We lost a server and I rebuilt it.", "helped_team", ("teamwork",), 8.0, 15.0),
        ("a4", "reminder", "In your own words, please.", "helped_team", None, 16.5, 18.0),
        ("c4", "answer", "It was my task.", "helped_team", ("teamwork",), 18.5, 20.0),
        ("a5", "follow_up", "What came of it?", "helped_team", ("teamwork",), 21.5, 22.0),
        ("c5", "control", "Skip.", "helped_team", None, 23.0, 23.5),
        ("a6", "acknowledgement", "That is fine.", None, None, 24.0, None),
        ("c6", "question", "Who hears this?", None, None, 25.0, 26.0),
        ("a7", "question", "Tell me about explaining.", "explained_complex", ("communication",), 27.0, None),
    ]
    assert transcript.turns[4].words == (
        TranscriptWord(text="We", start=8.0, end=8.2, probability=0.9),
        TranscriptWord(text="and", start=12.0, end=12.1, probability=0.4),
    )
    assert all(turn.words is None for turn in transcript.turns if turn.id != "c2")


def test_what_is_typed_has_no_words_and_keeps_its_line_breaks(bank: Bank) -> None:
    typed = CandidateSpoke(
        9.0, 9.0, "c1", "First, I asked.\nThen I listened. 🙂\n", question_id="helped_team", id="m-1"
    )
    [turn] = project("s1", bank, [typed]).turns
    assert (turn.text, turn.words, turn.start, turn.end) == (
        "First, I asked.\nThen I listened. 🙂",
        None,
        9.0,
        9.0,
    )


def test_silence_makes_no_turn(bank: Bank) -> None:
    assert project("s1", bank, [CandidateSpoke(1.0, 2.0, "c1", " \n")]).turns == ()


def test_what_a_recogniser_puts_out_of_bounds_is_put_to_the_bound(bank: Bank) -> None:
    word = Word("Oh", -0.04, -0.01, 1.0000002)
    [turn] = project("s1", bank, [CandidateSpoke(-0.04, -0.01, "c1", "Oh", words=(word,))]).turns
    assert (turn.start, turn.end) == (0.0, 0.0)
    assert turn.words == (TranscriptWord(text="Oh", start=0.0, end=0.0, probability=1.0),)


def stream(seed: int) -> list[Event]:
    """Return events as no interview would have them: out of order, overlapping, ended twice or never."""
    chance = random.Random(seed)
    events: list[Event] = []
    for number in range(40):
        at_s = round(max(0.0, number + chance.uniform(-3, 3)), 2)
        question = chance.choice(QUESTIONS)
        words = tuple(
            Word(w, at_s, at_s + 0.1, chance.random()) for w in ("then", "I", "wrote", f"part{number}")
        )
        events.append(
            chance.choice(
                [
                    said(
                        at_s,
                        f"a{number}",
                        chance.choice(["question", "reminder", "closing"]),
                        f"Say {number}",
                        question,
                    ),
                    UtteranceEnded(at_s, f"a{chance.randrange(number + 1)}", chance.random() < 0.5),
                    CandidateSpoke(
                        at_s,
                        at_s + chance.uniform(-1, 4),
                        f"c{number}",
                        f"then I wrote part{number}",
                        "answer",
                        question,
                        words,
                    ),
                    CandidateSpoke(at_s, at_s, f"c{number}", f"Repeat {number}", "control", question),
                    chance.choice(
                        [AgentStarted(at_s), CandidateConnected(at_s), CandidateDisconnected(at_s)]
                    ),
                    ControlUsed(at_s, "skip", "pressed", f"press-{number}"),
                ]
            )
        )
    return events


@pytest.mark.parametrize("seed", range(12))
def test_every_beginning_of_a_record_projects_and_only_grows(bank: Bank, seed: int) -> None:
    events = stream(seed)
    before: dict[str, str] = {}
    for length in range(len(events) + 1):
        transcript = project("s9", bank, iter(events[:length]))
        assert transcript == project("s9", bank, events[:length])
        assert Transcript.model_validate_json(transcript.model_dump_json(by_alias=True)) == transcript
        assert [t.start for t in transcript.turns] == sorted(t.start for t in transcript.turns)
        assert all(turn.end is None or turn.end >= turn.start for turn in transcript.turns)
        now = {turn.id: turn.text for turn in transcript.turns}
        assert all(now[turn_id].startswith(text) for turn_id, text in before.items())
        before = now
    everything = " ".join(before.values())
    for event in events:
        if isinstance(event, UtteranceStarted | CandidateSpoke):
            assert event.text in everything
    spoken = [w for e in events if isinstance(e, CandidateSpoke) for w in e.words]
    assert sum(len(turn.words or ()) for turn in transcript.turns) == len(spoken)


def test_a_transcript_names_each_turn_once(bank: Bank) -> None:
    twice = [said(1.0, "a1", "greeting", "Hello."), said(2.0, "a1", "closing", "Goodbye.")]
    with pytest.raises(ValidationError, match="turn ids must be unique, repeated: a1"):
        project("s1", bank, twice)


def test_a_transcript_holds_only_text_that_can_be_written() -> None:
    with pytest.raises(ValidationError, match="lone surrogate"):
        Transcript.model_validate(
            {
                "schema": "aila.transcript/1",
                "session_id": "s1",
                "bank": {"id": "demo", "version": "1.0.0"},
                "turns": [
                    {"id": "t1", "speaker": "candidate", "kind": "answer", "text": "\udc00", "start": 0}
                ],
            }
        )
