"""When the watchdog sends an agent into a room, on a clock of the test's own."""

import pytest
from livekit.protocol.models import ParticipantInfo

from worker.watchdog import Absences, presence_in


def person(
    identity: str, kind: ParticipantInfo.Kind, state: ParticipantInfo.State = ParticipantInfo.State.ACTIVE
) -> ParticipantInfo:
    return ParticipantInfo(identity=identity, kind=kind, state=state)


CANDIDATE = person("candidate-s1", ParticipantInfo.Kind.STANDARD)
AGENT = person("agent-x", ParticipantInfo.Kind.AGENT)


GONE = person("agent-x", ParticipantInfo.Kind.AGENT, ParticipantInfo.State.DISCONNECTED)
HER_VIDEO = ParticipantInfo(
    identity="face", kind=ParticipantInfo.Kind.AGENT, attributes={"lk.publish_on_behalf": "agent-1"}
)
GUEST = person("guest", ParticipantInfo.Kind.STANDARD)


@pytest.mark.parametrize(
    ("participants", "presence"),
    [
        ([CANDIDATE], "candidate alone"),
        ([CANDIDATE, AGENT], "agent"),
        ([CANDIDATE, GONE], "candidate alone"),
        ([AGENT], "agent"),
        ([CANDIDATE, HER_VIDEO], "candidate alone"),
        ([GUEST], "nobody"),
        ([], "nobody"),
    ],
)
def test_who_is_in_a_room(participants: list[ParticipantInfo], presence: str):
    assert presence_in(participants) == presence


def absences() -> Absences:
    return Absences(absence_s=3, arrival_s=8, patience_s=10)


def test_an_agent_that_is_gone_is_replaced_after_three_seconds():
    seen = absences()
    seen.due("room", "agent", 99.0)
    asked = [seen.due("room", "candidate alone", now_s) for now_s in (100.0, 101.5, 102.9, 103.0)]
    assert asked == [False, False, False, True]


def test_an_agent_that_has_never_been_there_may_still_be_on_its_way():
    seen = absences()
    asked = [seen.due("room", "candidate alone", now_s) for now_s in (40.0, 43.5, 47.9, 48.0)]
    assert asked == [False, False, False, True]


def test_a_sent_agent_gets_time_to_appear_before_another_is_sent():
    seen = absences()
    seen.due("room", "candidate alone", 50.0)
    assert seen.due("room", "candidate alone", 58.0)
    assert not seen.due("room", "candidate alone", 67.5)
    assert seen.due("room", "candidate alone", 68.0)


def test_an_agent_that_appears_ends_the_absence():
    seen = absences()
    seen.due("room", "candidate alone", 20.0)
    seen.due("room", "agent", 22.0)
    assert not seen.due("room", "candidate alone", 24.0)
    assert seen.due("room", "candidate alone", 27.0)


def test_a_candidate_who_leaves_ends_the_absence():
    seen = absences()
    seen.due("room", "candidate alone", 20.0)
    seen.due("room", "nobody", 25.0)
    assert not seen.due("room", "candidate alone", 29.0)


def test_rooms_are_told_apart_and_forgotten():
    seen = absences()
    seen.due("first", "candidate alone", 10.0)
    seen.due("second", "candidate alone", 12.0)
    seen.forget_all_but({"second"})
    assert not seen.due("first", "candidate alone", 19.0)
    assert seen.due("second", "candidate alone", 20.0)
