"""Captions of both sides as LiveKit text streams on ``lk.transcription``."""

from livekit import rtc

TOPIC = "lk.transcription"
SEGMENT = "lk.segment_id"
FINAL = "lk.transcription_final"
TRACK = "lk.transcribed_track_id"


class Captions:
    """Publishes what is said; a later text of the same segment replaces the earlier one."""

    def __init__(self, participant: rtc.LocalParticipant, only_to: tuple[str, ...] = ()) -> None:
        self._participant, self._only_to = participant, list(only_to)

    async def publish(
        self, text: str, segment_id: str, final: bool, speaker_identity: str, track_id: str | None
    ) -> None:
        attributes = {SEGMENT: segment_id, FINAL: "true" if final else "false"}
        if track_id is not None:
            attributes[TRACK] = track_id
        writer = await self._participant.stream_text(
            topic=TOPIC,
            attributes=attributes,
            sender_identity=speaker_identity,
            destination_identities=self._only_to or None,
        )
        await writer.write(text)
        await writer.aclose()
