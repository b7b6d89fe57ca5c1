"""docs/schemas: current, valid, and true of real documents."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from agent.cues import (
    AilaMessage,
    AliveMessage,
    ControlAckMessage,
    ControlMessage,
    CueMessage,
    EndedMessage,
    ProgressMessage,
)
from question_bank.library import SHIPPED_BANKS, BankLibrary
from records.events import CandidateSpoke, Event, UtteranceEnded, UtteranceStarted, Word, encode
from records.projection import project
from scoring.library import SHIPPED_RUBRICS, RubricLibrary
from scoring.scorer import Scorer
from scripts import write_schemas
from tests.records.test_event_log import EVERY_KIND

MESSAGES = (
    CueMessage(name="nod", at_s=12.5),
    ProgressMessage(
        phase="questions",
        question_id="helped_colleague",
        question_text="Tell me about a time when you helped somebody.",
        question_number=1,
        question_count=3,
        minutes_left=4,
        floor="candidate",
        paused=False,
    ),
    ProgressMessage(
        phase="waiting",
        question_id=None,
        question_text=None,
        question_number=0,
        question_count=3,
        minutes_left=5,
        floor="nobody",
        paused=True,
    ),
    EndedMessage(reason="candidate_left"),
    ControlAckMessage(id="press-0001"),
    AliveMessage(),
)
INTERVIEW: tuple[Event, ...] = (
    UtteranceStarted(1.0, "a1", "question", "Tell me about helping somebody.", "helped_colleague"),
    UtteranceEnded(3.0, "a1", interrupted=False),
    CandidateSpoke(
        4.0,
        30.0,
        "c1",
        "Last spring a colleague of mine fell behind with a release, and our customer was waiting. "
        "I sat down with her for two evenings, wrote the checklist with her, took over her two open cases, "
        "and explained the tool step by step. In the end she shipped on time, and we kept the customer. "
        "Afterwards I added the checklist to our handbook, so that nobody has to begin from nothing again.",
        "answer",
        "helped_colleague",
        (Word("I", 4.0, 4.125, 0.75),),
    ),
)


def schema(name: str) -> Draft202012Validator:
    found = json.loads((write_schemas.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def transcript() -> dict[str, Any]:
    bank = BankLibrary().load("demo", "1.0.0")
    return json.loads(project("s1", bank, INTERVIEW).model_dump_json(by_alias=True))


@pytest.mark.parametrize("name", write_schemas.FORMATS)
def test_each_schema_is_current_and_valid(name: str) -> None:
    committed = write_schemas.FOLDER / f"{name}.json"
    assert committed.read_text(encoding="utf-8") == write_schemas.schema_text(name)
    assert schema(name).schema["title"].startswith("aila.")


def test_no_schema_is_there_that_is_not_written() -> None:
    assert {path.stem for path in write_schemas.FOLDER.iterdir()} == set(write_schemas.FORMATS)


@pytest.mark.parametrize(
    "path", [*SHIPPED_BANKS.glob("*.yaml"), *SHIPPED_RUBRICS.glob("*.yaml")], ids=lambda p: p.stem
)
def test_the_banks_and_rubrics_that_ship_follow_theirs(path: Path) -> None:
    content = YAML(typ="safe", pure=True).load(path)
    validator = schema("bank" if path.parent == SHIPPED_BANKS else "rubric")
    assert [error.message for error in validator.iter_errors(content)] == []
    assert not validator.is_valid(content | {"unknown": 1})
    assert not validator.is_valid({key: value for key, value in content.items() if key != "version"})


def test_every_event_follows_its_schema() -> None:
    validator = schema("events")
    for event in EVERY_KIND:
        validator.validate(json.loads(json.dumps(encode(event))))
        assert not validator.is_valid(encode(event) | {"type": "unheard_of"})
        assert not validator.is_valid(encode(event) | {"at_s": "soon"})
    validator.validate(encode(EVERY_KIND[0]) | {"a_field_to_come": 1})


def test_every_message_on_the_data_topics_follows_its_schema() -> None:
    assert {type(message) for message in MESSAGES} == set(get_args(AilaMessage))
    cues, controls = schema("cues"), schema("controls")
    for message in MESSAGES:
        content = json.loads(message.model_dump_json())
        cues.validate(content)
        assert not cues.is_valid({key: value for key, value in content.items() if key != "type"})
    control = json.loads(ControlMessage(control="moment", id="press-0002").model_dump_json())
    controls.validate(control)
    for wrong in ({"id": "short"}, {"control": "dance"}, {"colour": "red"}):
        assert not controls.is_valid(control | wrong)


def test_a_transcript_follows_its_schema_and_faults_do_not() -> None:
    validator, content = schema("transcript"), transcript()
    validator.validate(content)
    first = content["turns"][0]
    for wrong in (
        {key: value for key, value in content.items() if key != "schema"},
        content | {"schema": "aila.transcript/2"},
        content | {"unknown": 1},
        content | {"turns": [first | {"kind": "sermon"}]},
        content | {"turns": [first | {"start": -1}]},
        content | {"turns": [{key: value for key, value in first.items() if key != "text"}]},
    ):
        assert not validator.is_valid(wrong)
    minimal = {"id": "t1", "speaker": "candidate", "kind": "answer", "text": "Yes.", "start": 1}
    validator.validate(content | {"turns": [minimal]})


@pytest.mark.models
def test_scores_follow_their_schema() -> None:
    validator = schema("scores")
    bank = BankLibrary().load("demo", "1.0.0")
    scored = Scorer(RubricLibrary().load("behavioural")).score(project("s1", bank, INTERVIEW))
    content = json.loads(scored.model_dump_json(by_alias=True))
    validator.validate(content)
    assert {criterion["abstained"] for criterion in content["criteria"]} == {True, False}
    for wrong in ({"schema": "aila.scores/2"}, {"calibrated": "no"}, {"criteria": [{"id": "teamwork"}]}):
        assert not validator.is_valid(content | wrong)
    validator.validate(content | {"a_field_to_come": {"x": 1}})
