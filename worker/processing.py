"""The steps after an interview, each of which may be run again without harm."""

import logging
import shutil
from functools import lru_cache

from language.parsing import parser
from question_bank.errors import BankError
from question_bank.library import BankLibrary
from records import consents, media, scores, sessions
from records.amendments import in_force, muted_spans
from records.database import Database
from records.errors import RecordsError
from records.event_log import EventLog
from records.installation import Installation
from records.projection import as_said, project
from records.recording import join_segments
from scoring.errors import ScoringError
from scoring.library import RubricLibrary
from scoring.scorer import Scorer

logger = logging.getLogger(__name__)


class Processing:
    """What happens to one finished interview; reads and writes the record and the media folder."""

    def __init__(self, installation: Installation, database: Database) -> None:
        self._installation, self._database = installation, database
        self._banks = BankLibrary(installation.banks_dir)
        self._rubrics = RubricLibrary(installation.rubrics_dir)
        self._scorer = lru_cache(maxsize=16)(self._load_scorer)

    def load_models(self) -> None:
        """Load the parser now, once, rather than in the first interview's time."""
        parser()

    def begin(self, session_id: str) -> int:
        """Note that the session is being processed; return the revision of its answers."""
        with self._database.transaction() as session:
            return sessions.mark_processing(session, session_id)

    def join_recording(self, session_id: str) -> str | None:
        """Join the recorded segments into one file; return why that failed, None if it did not.

        Without a segment there is nothing to join; without consent, nothing is kept.
        """
        try:
            self._join_recording(session_id)
        except Exception as error:
            return _reason("recording", session_id, error)
        return None

    def score(self, session_id: str) -> str | None:
        """Score the transcript with the session's pinned rubric; return why that failed, None if not."""
        try:
            self._score(session_id)
        except Exception as error:
            return _reason("scoring", session_id, error)
        return None

    def succeed(self, session_id: str, revision: int = 0) -> None:
        """Note that the session is scored, unless its answers were amended meanwhile."""
        with self._database.transaction() as session:
            sessions.mark_scored(session, session_id, revision)

    def fail(self, session_id: str, reason: str, revision: int = 0) -> None:
        """Note why the session could not be processed."""
        with self._database.transaction() as session:
            sessions.mark_failed(session, session_id, reason, revision)

    def _join_recording(self, session_id: str) -> None:
        with self._database.reading() as session:
            found = sessions.get(session, session_id)
            granted = consents.in_force(session, session_id).get("recording", False)
        segments = media.segments_dir(self._installation, session_id)
        if not granted:
            # The consent was taken back during the interview: what was recorded until then goes.
            if segments.exists():
                shutil.rmtree(segments)
            return
        # Read after the revision: what was amended in between is muted too early, never too late.
        events = EventLog(self._database, session_id).events()
        said = as_said(session_id, self._banks.load(found.bank_id, found.bank_version), events)
        muted = muted_spans(said.turns, in_force(events))
        target = media.recording_path(self._installation, session_id)
        duration_s = join_segments(segments, target, muted)
        if duration_s is None:
            return
        with self._database.transaction() as session:
            media.register_recording(session, self._installation, session_id, duration_s, found.revision)

    def _score(self, session_id: str) -> None:
        with self._database.reading() as session:
            found = sessions.get(session, session_id)
        bank = self._banks.load(found.bank_id, found.bank_version)
        transcript = project(session_id, bank, EventLog(self._database, session_id).events())
        scorer = self._scorer(found.rubric_id, found.rubric_version)
        result = scorer.score(transcript).model_dump(mode="json", by_alias=True)
        with self._database.transaction() as session:
            scores.store(session, session_id, result, found.revision)

    def _load_scorer(self, rubric_id: str, version: str) -> Scorer:
        return Scorer(self._rubrics.load(rubric_id, version))


_OWN_ERRORS = (RecordsError, BankError, ScoringError)
"""Errors whose messages are ours: they name files and versions, never what a candidate said."""


def _reason(step: str, session_id: str, error: Exception) -> str:
    detail = str(error) if isinstance(error, _OWN_ERRORS) else type(error).__name__
    logger.error("session %s: %s failed (%s)", session_id, step, type(error).__name__)
    return f"{step}: {detail}"
