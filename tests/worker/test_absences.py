"""When the watchdog sends an agent into a room, on a clock of the test's own."""

from livekit.protocol.models import ParticipantInfo

from worker.watchdog import Absences, agent_missing


def person(
    identity: str, kind: ParticipantInfo.Kind, state: ParticipantInfo.State = ParticipantInfo.State.ACTIVE
) -> ParticipantInfo:
    return ParticipantInfo(identity=identity, kind=kind, state=state)


CANDIDATE = person("candidate-s1", ParticipantInfo.Kind.STANDARD)
AGENT = person("agent-x", ParticipantInfo.Kind.AGENT)


def test_a_candidate_alone_misses_the_agent():
    assert agent_missing([CANDIDATE])
    assert not agent_missing([CANDIDATE, AGENT])


def test_a_room_without_a_candidate_misses_nobody():
    assert not agent_missing([])
    assert not agent_missing([person("guest", ParticipantInfo.Kind.STANDARD)])


def test_an_agent_that_has_left_does_not_count():
    gone = person("agent-x", ParticipantInfo.Kind.AGENT, ParticipantInfo.State.DISCONNECTED)
    assert agent_missing([CANDIDATE, gone])


def test_an_agent_is_sent_only_after_three_seconds_without_one():
    absences = Absences(absence_s=3, patience_s=10)
    assert [absences.due("room", True, now_s) for now_s in (100.0, 101.5, 102.9, 103.0)] == [
        False,
        False,
        False,
        True,
    ]


def test_a_sent_agent_gets_time_to_appear_before_another_is_sent():
    absences = Absences(absence_s=3, patience_s=10)
    absences.due("room", True, 50.0)
    assert absences.due("room", True, 53.0)
    assert not absences.due("room", True, 62.5)
    assert absences.due("room", True, 63.0)


def test_an_agent_that_appears_ends_the_absence():
    absences = Absences(absence_s=3, patience_s=10)
    absences.due("room", True, 20.0)
    absences.due("room", False, 22.0)
    assert not absences.due("room", True, 24.0)
    assert absences.due("room", True, 27.0)


def test_rooms_are_told_apart_and_forgotten():
    absences = Absences(absence_s=3, patience_s=10)
    absences.due("first", True, 10.0)
    absences.due("second", True, 12.0)
    absences.forget_all_but({"second"})
    assert not absences.due("first", True, 14.0)
    assert absences.due("second", True, 15.0)
