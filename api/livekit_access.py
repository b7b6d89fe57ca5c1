"""The candidate's way into the call: tokens, the dispatch of Aila's agent, and closing a room."""

import json
import secrets
from datetime import timedelta

from livekit import api as livekit

from records.installation import Installation

AGENT_NAME = "aila"
TOKEN_LIFETIME = timedelta(hours=6)
CHECK_LIFETIME = timedelta(minutes=2)
CHECK_EMPTY_S = 5
EMPTY_TIMEOUT_S = 300
DEPARTURE_TIMEOUT_S = 600
"""A candidate whose network drops keeps the room for this long (LiveKit's default is 20 s)."""


def candidate_identity(session_id: str) -> str:
    """Return the candidate's identity in the room."""
    return f"candidate-{session_id}"


def room_token(installation: Installation, session_id: str, room_name: str, candidate_name: str) -> str:
    """Return the token with which the candidate joins the room of the session.

    The token names Aila's agent: LiveKit dispatches it when the room is created, and only then, so
    the same or another token of a later join brings no second agent. The candidate may publish
    a microphone and data, and nothing else.
    """
    dispatch = livekit.RoomAgentDispatch(
        agent_name=AGENT_NAME, metadata=json.dumps({"session_id": session_id})
    )
    grants = livekit.VideoGrants(
        room_join=True,
        room=room_name,
        can_publish=True,
        can_publish_sources=["microphone"],
        can_publish_data=True,
        can_subscribe=True,
        can_update_own_metadata=False,
    )
    return (
        livekit.AccessToken(installation.livekit_key, installation.livekit_secret)
        .with_identity(candidate_identity(session_id))
        .with_name(candidate_name)
        .with_grants(grants)
        .with_ttl(TOKEN_LIFETIME)
        .with_room_config(
            livekit.RoomConfiguration(
                empty_timeout=EMPTY_TIMEOUT_S,
                departure_timeout=DEPARTURE_TIMEOUT_S,
                max_participants=4,
                agents=[dispatch],
            )
        )
        .to_jwt()
    )


def check_token(installation: Installation) -> str:
    """Return a token for an empty room of its own, in which a browser tries whether calls get through.

    No agent is sent there, nobody else gets in, and it is gone as soon as the browser leaves.
    """
    name = f"aila-check-{secrets.token_hex(8)}"
    grants = livekit.VideoGrants(
        room_join=True,
        room=name,
        can_publish=True,
        can_publish_sources=["microphone"],
        can_publish_data=False,
        can_subscribe=False,
    )
    return (
        livekit.AccessToken(installation.livekit_key, installation.livekit_secret)
        .with_identity("check")
        .with_grants(grants)
        .with_ttl(CHECK_LIFETIME)
        .with_room_config(
            livekit.RoomConfiguration(
                empty_timeout=CHECK_EMPTY_S, departure_timeout=CHECK_EMPTY_S, max_participants=1
            )
        )
        .to_jwt()
    )


async def delete_room(installation: Installation, livekit_url: str, room_name: str) -> None:
    """Close a room, and with it the agent's job; a room that does not exist is no error."""
    async with livekit.LiveKitAPI(
        livekit_url, installation.livekit_key, installation.livekit_secret
    ) as client:
        try:
            await client.room.delete_room(livekit.DeleteRoomRequest(room=room_name))
        except livekit.TwirpError as error:
            if error.code != livekit.TwirpErrorCode.NOT_FOUND:
                raise
