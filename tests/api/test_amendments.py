"""Candidates amend finished interviews: what recruiters, the export and the worker then see."""

import io
import json
import zipfile
from datetime import timedelta

import httpx
import pytest

from records import media, scores, sessions
from records.event_log import EventLog
from records.events import (
    AnswerCompleted,
    CandidateSpoke,
    InterviewEnded,
    InterviewStarted,
    UtteranceEnded,
    UtteranceStarted,
    Word,
)
from records.tables import now
from tests.api.conftest import Api

SPOKEN = "I fixed the pump lick with Ottoline"
WITHDRAWN = "That was the marzipan affair"
QUESTIONS = ("helped_team", "explained_complex")


class Ended:
    """A finished spoken interview of two answers, one of them misheard, with its candidate's headers."""

    def __init__(self, api: Api, invite: str, headers: dict[str, str], session_id: str) -> None:
        self.api, self.invite, self.headers, self.session_id = api, invite, headers, session_id
        self.sent = 0

    async def amend(self, kind: str, **more: str) -> httpx.Response:
        self.sent += 1
        body = {"id": f"amendment-{self.sent:04}", "kind": kind, **more}
        return await self.api.http.post("/api/candidate/amendments", headers=self.headers, json=body)

    async def detail(self) -> dict:
        await self.api.log_in("recruiter")
        return (await self.api.http.get(f"/api/recruiter/sessions/{self.session_id}")).json()

    def revision(self) -> int:
        with self.api.context.database.reading() as session:
            return sessions.get(session, self.session_id).revision

    def score(self, quote: str) -> None:
        """Store scores for the present revision, as the worker does."""
        indicator = {"id": "helped_colleague", "value": "high", "evidence": []}
        if quote:
            indicator["evidence"] = [{"turn": "c1", "start": 0, "end": len(quote), "quote": quote}]
        criterion = {
            "id": "teamwork",
            "score": 2.0,
            "interval": [1.5, 2.5],
            "abstained": False,
            "reason": None,
            "indicators": [indicator],
        }
        # The same words, less plainly, for something else.
        again = indicator | {"id": "explained_clearly", "value": "yes"}
        other = criterion | {"id": "communication", "score": 1.0, "indicators": [again]}
        payload = {
            "schema": "aila.scores/1",
            "session_id": self.session_id,
            "rubric": {"id": "behavioural", "version": "1.0.0"},
            "calibrated": False,
            "provenance": f"sha256:{quote}",
            "criteria": [other, criterion],
        }
        with self.api.context.database.transaction() as session:
            revision = sessions.get(session, self.session_id).revision
            scores.store(session, self.session_id, payload, revision)
            sessions.mark_scored(session, self.session_id, revision)


def spoke(at_s: float, turn_id: str, question_id: str, text: str) -> CandidateSpoke:
    words = tuple(Word(w, at_s + i, at_s + i + 0.5, 0.4) for i, w in enumerate(text.split()))
    return CandidateSpoke(at_s, words[-1].end, turn_id, text, "answer", question_id, words)


@pytest.fixture
async def ended(api: Api) -> Ended:
    invite = api.invite()
    joined = (await api.join(invite, "voice")).json()
    session_id = joined["session_id"]
    with api.context.database.transaction() as session:
        sessions.mark_active(session, session_id)
        bank = sessions.get(session, session_id).bank_id
    log = EventLog(api.context.database, session_id)
    first, second = (question.id for question in api.context.banks.load(bank).questions[:2])
    log.append_all(
        [
            InterviewStarted(0.0, "voice", bank, "1.0.0", "sha256:x", "en"),
            UtteranceStarted(1.0, "a1", "question", "What did you do?", first),
            UtteranceEnded(2.0, "a1", interrupted=False),
            spoke(3.0, "c1", first, SPOKEN),
            AnswerCompleted(11.0, first, "turn_policy"),
            UtteranceStarted(12.0, "a2", "question", "And then?", second),
            UtteranceEnded(13.0, "a2", interrupted=False),
            spoke(14.0, "c2", second, WITHDRAWN),
            InterviewEnded(30.0, "completed"),
        ]
    )
    with api.context.database.transaction() as session:
        sessions.mark_ended(session, session_id, api.context.retention)
        media.session_dir(api.context.installation, session_id).mkdir(parents=True)
        media.recording_path(api.context.installation, session_id).write_bytes(b"sound")
        media.register_recording(session, api.context.installation, session_id, 30.0)
    found = Ended(api, invite, {"Authorization": f"Bearer {joined['session_token']}"}, session_id)
    found.score(SPOKEN)
    return found


async def test_nobody_amends_without_the_token(api: Api) -> None:
    for path in ("/api/candidate/amendments", "/api/candidate/feedback"):
        assert (await api.http.post(path, json={})).status_code == 401
    assert (await api.http.get("/api/candidate/strengths")).status_code == 401


async def test_a_misheard_word_put_right_counts_and_both_are_shown(ended: Ended) -> None:
    right = SPOKEN.replace("lick", "leak")
    answer = await ended.amend("correct", turn_id="c1", text=right)
    assert answer.status_code == 200, answer.text
    [turn] = [turn for turn in answer.json()["turns"] if turn["id"] == "c1"]
    assert turn["text"] == SPOKEN
    assert [c["verdict"] for c in turn["correction"]["changes"]] == ["counts"]
    detail = await ended.detail()
    assert detail["status"] == "ended"
    assert detail["scores"] is None, "scores of the answers before are not shown"
    assert right in {turn["text"] for turn in detail["transcript"]["turns"]}
    [amended] = detail["amendments"]
    assert amended["recognised"] == SPOKEN
    assert amended["correction"]["changes"][0]["start_s"] == 7.0
    ended.score(right)
    assert (await ended.detail())["scores"]["provenance"] == f"sha256:{right}"


async def test_what_does_not_count_is_shown_and_scored_no_other_way(ended: Ended) -> None:
    await ended.amend("correct", turn_id="c1", text=SPOKEN.replace("Ottoline", "nobody"))
    detail = await ended.detail()
    assert detail["status"] == "scored"
    assert SPOKEN in {turn["text"] for turn in detail["transcript"]["turns"]}
    assert detail["amendments"][0]["correction"]["changes"][0]["verdict"] == "changes_meaning"


async def test_a_withdrawn_answer_leaves_a_gap_without_a_word_of_it(ended: Ended) -> None:
    assert (await ended.amend("withdraw", turn_id="c2")).status_code == 200
    detail = await ended.detail()
    assert "marzipan" not in json.dumps(detail)
    assert [turn["id"] for turn in detail["transcript"]["turns"] if turn["withdrawn"]] == ["a2"]
    assert detail["amendments"] == [
        {
            "turn_id": "c2",
            "question_id": detail["amendments"][0]["question_id"],
            "start_s": 14.0,
            "withdrawn": True,
            "recognised": None,
            "correction": None,
            "addition": None,
        }
    ]
    assert detail["recording"] is None
    heard = await ended.api.http.get(f"/api/recruiter/sessions/{ended.session_id}/recording")
    assert heard.status_code == 409
    own = await ended.api.http.get("/api/candidate/answers", headers=ended.headers)
    assert WITHDRAWN in own.text


async def test_undoing_brings_the_answer_and_its_scores_back(ended: Ended) -> None:
    await ended.amend("withdraw", turn_id="c2")
    ended.score("less")
    answer = await ended.amend("undo", amendment_id="amendment-0001")
    assert answer.status_code == 200, answer.text
    assert ended.revision() == 2
    ended.score(SPOKEN)
    detail = await ended.detail()
    assert detail["scores"]["provenance"] == f"sha256:{SPOKEN}"
    assert detail["amendments"] == []
    assert (await ended.amend("undo", amendment_id="amendment-0001")).status_code == 409


async def test_an_added_sentence_is_shown_and_changes_no_score(ended: Ended) -> None:
    await ended.amend("add", turn_id="c1", text="It was in  May.")
    detail = await ended.detail()
    assert detail["amendments"][0]["addition"]["text"] == "It was in May."
    assert detail["scores"]["provenance"] == f"sha256:{SPOKEN}"
    assert "May" not in json.dumps(detail["transcript"])


async def test_a_second_sentence_is_refused_and_a_removed_one_leaves_none(ended: Ended) -> None:
    await ended.amend("add", turn_id="c1", text="It was in May.")
    second = await ended.amend("add", turn_id="c1", text="It was in June.")
    assert (second.status_code, second.json()["type"]) == (409, "urn:aila:problem:already-added")
    assert (await ended.detail())["amendments"][0]["addition"]["text"] == "It was in May."
    removed = await ended.amend("undo", amendment_id="amendment-0001")
    assert all(turn["addition"] is None for turn in removed.json()["turns"])
    again = await ended.amend("undo", amendment_id="amendment-0001")
    assert (again.status_code, again.json()["type"]) == (409, "urn:aila:problem:amended-meanwhile")
    assert (await ended.amend("add", turn_id="c1", text="It was in June.")).status_code == 200


async def test_one_sent_twice_counts_once(ended: Ended) -> None:
    body = {"id": "amendment-1234", "kind": "withdraw", "turn_id": "c2"}
    for _ in range(2):
        sent = await ended.api.http.post("/api/candidate/amendments", headers=ended.headers, json=body)
        assert sent.status_code == 200
    assert ended.revision() == 1


@pytest.mark.parametrize(
    ("kind", "more", "status"),
    [
        (
            "correct",
            {"turn_id": "c1", "text": "I led everybody through the crisis alone."},
            422,
        ),
        ("correct", {"turn_id": "c1", "text": SPOKEN.upper()}, 422),
        ("correct", {"turn_id": "a1", "text": "What?"}, 422),
        ("add", {"turn_id": "c9", "text": "More."}, 422),
        ("add", {"turn_id": "c1", "text": "x" * 401}, 422),
        ("add", {"turn_id": "c1", "text": "  "}, 422),
        ("undo", {"amendment_id": "no-such-one"}, 409),
        ("rewrite", {"turn_id": "c1", "text": "x"}, 422),
    ],
)
async def test_what_cannot_be_amended_is_refused_with_words(
    ended: Ended, kind: str, more: dict[str, str], status: int
) -> None:
    answer = await ended.amend(kind, **more)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert ended.revision() == 0


async def test_after_the_window_or_when_closed_answers_are_final(ended: Ended) -> None:
    assert (await ended.amend("close")).json()["amendable_until"] is None
    assert (await ended.amend("withdraw", turn_id="c2")).status_code == 409


async def test_the_window_closes_by_itself(ended: Ended) -> None:
    with ended.api.context.database.transaction() as session:
        found = sessions.get(session, ended.session_id)
        found.ended_at = now() - ended.api.context.amendment_window - timedelta(seconds=1)
    assert (await ended.amend("withdraw", turn_id="c2")).status_code == 409
    view = await ended.api.http.get("/api/candidate/answers", headers=ended.headers)
    assert view.json()["amendable_until"] is None


async def test_a_running_interview_and_typed_answers_are_not_corrected(api: Api) -> None:
    headers = await api.join_typed()
    body = {"id": "amendment-0001", "kind": "withdraw", "turn_id": "c1"}
    running = await api.http.post("/api/candidate/amendments", headers=headers, json=body)
    assert running.status_code == 409
    said = {"id": "message-0001", "text": "I typed this answer about the pump myself."}
    await api.http.post("/api/candidate/messages", json=said, headers=headers)
    left = {"id": "control-0001", "control": "leave"}
    await api.http.post("/api/candidate/controls", json=left, headers=headers)
    body = {"id": "amendment-0002", "kind": "correct", "turn_id": "c1", "text": "I typed that."}
    typed = await api.http.post("/api/candidate/amendments", headers=headers, json=body)
    assert typed.status_code == 422
    assert "typed" in typed.json()["detail"]


async def test_the_export_holds_both_versions_and_the_feedback(ended: Ended) -> None:
    await ended.amend("correct", turn_id="c1", text=SPOKEN.replace("lick", "leak"))
    feeling = {"understood": 4, "comment": "Kind, a little slow."}
    given = await ended.api.http.post("/api/candidate/feedback", headers=ended.headers, json=feeling)
    assert given.status_code == 201
    exported = await ended.api.http.get("/api/candidate/export", headers=ended.headers)
    archive = zipfile.ZipFile(io.BytesIO(exported.content))
    assert "leak" in archive.read("transcript.json").decode()
    assert SPOKEN in archive.read("as_said.json").decode()
    [amended] = json.loads(archive.read("amendments.json"))
    assert amended["correction"]["text"] == SPOKEN.replace("lick", "leak")
    assert json.loads(archive.read("interview.json"))["feedback"]["ratings"] == {"understood": 4}


async def test_feedback_reaches_product_teams_in_aggregates_only(ended: Ended, api: Api) -> None:
    async def give(headers: dict[str, str], rating: int, comment: str) -> None:
        sent = await api.http.post(
            "/api/candidate/feedback", headers=headers, json={"fair": rating, "comment": comment}
        )
        assert sent.status_code == 201, sent.text

    await give(ended.headers, 2, "Zebra")
    assert "Zebra" not in json.dumps(await ended.detail())
    for number in range(4):
        headers = await api.join_typed()
        left = {"id": "control-0001", "control": "leave"}
        await api.http.post("/api/candidate/controls", json=left, headers=headers)
        await give(headers, 3 + number % 2, f"Comment {9 - number}")
    await api.log_in("product")
    typed, spoken = (await api.http.get("/api/studio/feedback")).json()
    assert (typed["mode"], typed["n"], typed["comments"]) == ("text", 4, [])
    assert all(one["mean"] is None for one in typed["statements"])
    assert (spoken["mode"], spoken["n"]) == ("voice", 1)
    headers = await api.join_typed()
    left = {"id": "control-0001", "control": "leave"}
    early = await api.http.post("/api/candidate/feedback", headers=headers, json={"fair": 5})
    assert early.status_code == 409
    await api.http.post("/api/candidate/controls", json=left, headers=headers)
    await give(headers, 1, "")
    await give(headers, 5, "")
    typed = (await api.http.get("/api/studio/feedback")).json()[0]
    means = {one["statement"]: (one["n"], one["mean"]) for one in typed["statements"]}
    assert means["fair"] == (5, pytest.approx(3.8))
    assert means["again"] == (0, None)
    assert typed["comments"] == ["Comment 6", "Comment 7", "Comment 8", "Comment 9"]


async def test_status_and_strengths_are_shown_as_the_position_allows(ended: Ended) -> None:
    api, headers = ended.api, ended.headers

    async def own(path: str) -> dict:
        return (await api.http.get(f"/api/candidate/{path}", headers=headers)).json()

    await ended.detail()
    assert (await own("status"))["read_at"] is None
    assert (await own("status"))["decided"] is None
    assert await own("strengths") == {"available": "not_shown", "strengths": []}
    csrf = await api.log_in("recruiter")
    path = "/api/recruiter/positions/demo/shown-to-candidates"
    both = {"progress": True, "strengths": True}
    assert (await api.http.put(path, json=both, headers=csrf)).json() == both
    assert (await api.http.get(path)).json() == both
    status = await own("status")
    assert status["read_at"] is not None
    assert status["decided"] is False
    assert (await own("strengths"))["available"] == "not_yet"
    await ended.amend("close")
    view = await own("strengths")
    assert view["available"] == "yes"
    [strength] = view["strengths"]
    assert strength["quotes"] == [SPOKEN]
    assert (strength["criterion_id"], strength["behaviour_id"]) == ("teamwork", "helped_colleague")
    assert "2.0" not in json.dumps(view)
    decided = {"decision": "hold", "note": "Later."}
    await api.http.post(f"/api/recruiter/sessions/{ended.session_id}/decisions", json=decided, headers=csrf)
    assert (await own("status"))["decided"] is True
