"""Everything that is stored about one interview, for the person whose it is."""

import json
import zipfile
from typing import Any

from api.context import Context
from api.own_answers_view import own_answers_view
from records import (
    camera,
    consents,
    decisions,
    feedback,
    human_reviews,
    media,
    panel_ratings,
    scores,
    sessions,
)
from records.event_log import EventLog
from records.events import encode
from records.projection import as_said, project
from records.tables import Invitation, MediaFile

README = """This is everything that Aila has stored about your interview.

interview.json   invitation, times, what you agreed to, scores with their evidence, decisions, your wishes,
                 and what people rated who compared their judgement with the scores
transcript.json  the transcript as it counts, with what you amended (aila.transcript/1)
as_said.json     the transcript as it was recognised, before you amended anything (aila.transcript/1)
amendments.json  what you corrected, added and withdrew
events.json      every step of the interview in the order in which it was stored
group_data.json  your voluntary answers about groups, if you gave any; they lie apart from all this
files/           the sound recording, if you allowed one, and documents that recruiters added
camera/          what your camera recorded, if you switched it on
"""


def write_export(archive: zipfile.ZipFile, context: Context, session_id: str) -> None:
    """Write the interview into ``archive``.

    Raises
    ------
    NotFound
        If there is no such session.
    """
    interview, files = _stored(context, session_id)
    events = EventLog(context.database, session_id).events()
    bank = context.banks.load(interview["bank"]["id"], interview["bank"]["version"])
    transcript, said = project(session_id, bank, events), as_said(session_id, bank, events)
    amended = own_answers_view(context, session_id).model_dump(mode="json")["turns"]
    archive.writestr("README.txt", README)
    archive.writestr("interview.json", _json(interview))
    archive.writestr("transcript.json", transcript.model_dump_json(by_alias=True, indent=1))
    archive.writestr("as_said.json", said.model_dump_json(by_alias=True, indent=1))
    archive.writestr("amendments.json", _json([turn for turn in amended if _is_amended(turn)]))
    archive.writestr("events.json", _json([encode(event) for event in events]))
    for file in files:
        path = media.absolute_path(context.installation, file)
        if path.is_file():
            archive.write(path, f"files/{path.name}", zipfile.ZIP_STORED)
    with context.database.reading() as session:
        takes = camera.takes_of(session, session_id)
    for path in (camera.path_of(context.installation, take) for take in takes):
        if path.is_file():
            archive.write(path, f"camera/{path.name}", zipfile.ZIP_STORED)


def _is_amended(turn: dict[str, Any]) -> bool:
    return any(turn[kind] is not None for kind in ("correction", "addition", "withdrawn_by"))


def _stored(context: Context, session_id: str) -> tuple[dict[str, Any], list[MediaFile]]:
    with context.database.reading() as session:
        found = sessions.get(session, session_id)
        invitation = session.get_one(Invitation, found.invitation_id)
        review = human_reviews.of_session(session, session_id)
        given = feedback.of_session(session, session_id)
        files = media.of_session(session, session_id)
        interview = {
            "reference": session_id,
            "name": invitation.candidate_name,
            "invited_at": invitation.created_at,
            "position": found.position_id,
            "mode": found.mode,
            "status": found.status,
            "started_at": found.started_at,
            "ended_at": found.ended_at,
            "delete_after": found.delete_after,
            "bank": {"id": found.bank_id, "version": found.bank_version},
            "rubric": {"id": found.rubric_id, "version": found.rubric_version},
            "consents": [
                {
                    "id": c.consent_id,
                    "granted": c.granted,
                    "text_version": c.text_version,
                    "text_language": c.text_language,
                    "at": c.given_at,
                }
                for c in consents.history(session, session_id)
            ],
            "scores": scores.newest(session, session_id),
            "panel_ratings": [
                {"criterion": r.criterion, "behaviour": r.behaviour, "level": r.level, "note": r.note}
                for r in panel_ratings.of_session(session, session_id)
            ],
            "decisions": [
                {"decision": d.decision, "why": d.note, "at": d.decided_at}
                for d in decisions.history(session, session_id)
            ],
            "human_review": {"asked_at": review.asked_at, "note": review.note} if review else None,
            "feedback": {"at": given.given_at, "ratings": given.ratings, "comment": given.comment}
            if given
            else None,
        }
    return interview, files


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=lambda moment: moment.isoformat())
