"""Candidates' links: signed here, for one interview, for a time."""

import base64
import dataclasses
from datetime import timedelta

import pytest
from itsdangerous import URLSafeSerializer

from records import invitations, sessions
from records.errors import (
    InvitationError,
    InvitationExpired,
    InvitationForged,
    InvitationRevoked,
    NameRejected,
)
from records.tables import Invitation, now
from tests.records.conftest import Records
from tests.records.interviews import PINS


@pytest.fixture
def token(records: Records) -> str:
    """A link's token to the demo position, for Ada Lind."""
    with records.database.transaction() as session:
        return invitations.create(
            session, records.installation, "demo", "Ada Lind", timedelta(hours=2), "short"
        )[1]


def read(records: Records, token: str) -> Invitation:
    with records.database.reading() as session:
        return invitations.read_token(session, records.installation, token)


def test_a_token_leads_to_its_invitation_and_tells_nothing_else(records: Records, token: str) -> None:
    found = read(records, token)
    assert (found.candidate_name, found.position_id, found.bank_id) == ("Ada Lind", "demo", "short")
    assert invitations.token_of(records.installation, found) == token
    assert base64.urlsafe_b64decode(token.split(".")[0] + "==") == f'"{found.id}"'.encode()


def test_a_token_that_was_changed_anywhere_is_forged(records: Records, token: str) -> None:
    changed = [token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :] for i in range(len(token))]
    # The last character of a signature carries bits that count for nothing.
    for wrong in [*changed[:-1], token[:-2], token + "A" * 4, token.lower(), token.replace(".", "")]:
        with pytest.raises(InvitationForged, match="not complete or was changed"):
            read(records, wrong)


@pytest.mark.parametrize("nonsense", ["", ".", "..", "ä🙂", "\0", "x" * 100_000, "null", "W10.W10"])
def test_nonsense_is_forged(records: Records, nonsense: str) -> None:
    with pytest.raises(InvitationForged):
        read(records, nonsense)


def test_another_installation_or_purpose_cannot_sign_for_this_one(records: Records, token: str) -> None:
    invitation = read(records, token)
    other = dataclasses.replace(records.installation, invitation_secret="s" * 64)
    secret = records.installation.invitation_secret
    for forged in (
        invitations.token_of(other, invitation),
        URLSafeSerializer(secret, salt="aila.candidate/1").dumps(invitation.id),
        URLSafeSerializer(secret).dumps(invitation.id),
    ):
        with pytest.raises(InvitationForged):
            read(records, forged)


@pytest.mark.parametrize("content", ["unknown", 17, None, ["x"], {"id": "x"}, "' OR '1'='1", "\0"])
def test_what_is_signed_but_names_no_invitation_is_refused(records: Records, content: object) -> None:
    signed = URLSafeSerializer(records.installation.invitation_secret, salt="aila.invitation/1").dumps(
        content
    )
    with pytest.raises(InvitationForged, match="no invitation here"):
        read(records, signed)


def test_an_invitation_ends_with_its_time(records: Records, token: str) -> None:
    with records.database.transaction() as session:
        invitation = invitations.read_token(session, records.installation, token)
        invitation.expires_at = now() - timedelta(seconds=1)
        day = f"{invitation.expires_at:%d %B %Y}"
    with pytest.raises(InvitationExpired, match=f"expired on {day}") as caught:
        read(records, token)
    assert (caught.value.status_code, isinstance(caught.value, InvitationError)) == (410, True)


def test_an_invitation_can_be_withdrawn(records: Records, token: str) -> None:
    with records.database.transaction() as session:
        invitations.revoke(session, invitations.read_token(session, records.installation, token).id)
        invitations.revoke(session, "unknown")
    with pytest.raises(InvitationRevoked, match="withdrawn"):
        read(records, token)


def test_a_link_used_again_leads_to_the_same_interview(records: Records, token: str) -> None:
    joined = []
    for _ in range(3):
        with records.database.transaction() as session:
            invitation = invitations.read_token(session, records.installation, token)
            found, resumed = sessions.create_or_get(session, invitation, "voice", PINS)
            joined.append((found.id, resumed))
    assert [resumed for _, resumed in joined] == [False, True, True]
    assert len({session_id for session_id, _ in joined}) == 1


@pytest.mark.parametrize("name", ["", "  ", "n" * 121])
def test_a_candidates_name_fits(records: Records, name: str) -> None:
    with pytest.raises(NameRejected, match="1 to 120"), records.database.transaction() as session:
        invitations.create(session, records.installation, "demo", name, timedelta(days=1))
