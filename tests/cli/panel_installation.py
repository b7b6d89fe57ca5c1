"""An installation with scored interviews, for tests of the panel."""

import random
from datetime import timedelta
from pathlib import Path

from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records import demo, invitations, scores, sessions
from records.database import Database
from records.event_log import EventLog
from records.events import CandidateSpoke, Event, UtteranceStarted
from records.installation import Installation
from records.sessions import Pins
from scoring.library import RubricLibrary
from scoring.result import CriterionResult, RubricReference, Scores
from scoring.rubric import Rubric
from scoring.scorer import SCORER_VERSION

BANK = BankLibrary(None).load("demo", "1.0.0")
RUBRIC = RubricLibrary(None).load("behavioural")
ANSWER = "Last year I, Ada Lind, wrote a checklist =1+1 with a colleague, and Ada's team shipped on time."


def asked_criteria(bank: Bank = BANK) -> list[str]:
    """Return the criteria that the bank's questions target."""
    return sorted({name for question in bank.questions for name in question.criteria})


class PanelInstallation:
    """A data folder with interviews; the stored scores are drawn, so that no model has to be loaded."""

    def __init__(self, folder: Path, rubric: Rubric = RUBRIC) -> None:
        self.folder, self.rubric = folder, rubric
        self.installation = Installation.open(folder)
        self.database = Database(self.installation.database_url)
        self.database.migrate()
        with self.database.transaction() as session:
            demo.ensure_demo(session)
        self._draw = random.Random(7)
        self.drawn: dict[str, dict[str, float]] = {}
        """Session id → criterion → stored score."""

    def add(self, count: int, name: str = "Ada Lind") -> list[str]:
        """Add scored interviews of the demo position and return their ids."""
        return [self._add(name) for _ in range(count)]

    def _add(self, name: str) -> str:
        pins = Pins(BANK.id, BANK.version, "sha256:0", self.rubric.id, self.rubric.version)
        with self.database.transaction() as session:
            made = invitations.create(session, self.installation, demo.DEMO_POSITION, name, timedelta(days=5))
            session_id = sessions.create_or_get(session, made[0], "text", pins)[0].id
        events: list[Event] = []
        for number, question in enumerate(BANK.questions):
            at_s = 20.0 * number
            events.append(UtteranceStarted(at_s, f"a{number}", "question", question.text, question.id))
            events.append(CandidateSpoke(at_s + 5, at_s + 15, f"c{number}", ANSWER, "answer", question.id))
        EventLog(self.database, session_id).append_all(events)
        with self.database.transaction() as session:
            sessions.mark_ended(session, session_id, timedelta(days=90))
            scores.store(session, session_id, self.drawn_scores(session_id))
            sessions.mark_scored(session, session_id)
        return session_id

    def drawn_scores(self, session_id: str) -> dict:
        """Return scores as the scorer states them, drawn instead of found."""
        criteria = []
        self.drawn[session_id] = {}
        for name in asked_criteria():
            score = round(self._draw.uniform(0.2, 2.8), 2)
            self.drawn[session_id][name] = score
            interval = (round(max(0.0, score - 0.5), 2), round(min(3.0, score + 0.5), 2))
            criteria.append(
                CriterionResult(id=name, score=score, interval=interval, abstained=False, reason=None)
            )
        return Scores(
            session_id=session_id,
            rubric=RubricReference(id=self.rubric.id, version=self.rubric.version),
            calibrated=False,
            provenance=f"sha256:{session_id}",
            criteria=tuple(criteria),
            scorer_version=SCORER_VERSION,
        ).model_dump(mode="json", by_alias=True)
