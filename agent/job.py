"""One LiveKit job: joins the room of one interview and gives the driver ears, a mouth and a stage."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
from livekit import api, rtc
from livekit.agents import JobContext
from pydantic import ValidationError

from agent.cues import CONTROL_TOPIC, ControlAckMessage, ControlMessage
from agent.interview.controls import says_done, spoken_control, sums_up
from agent.interview.interview import Interview
from agent.interview.llm_writer import writer_from_settings
from agent.interview_driver import InterviewDriver
from agent.listening import Listener
from agent.ready_utterances import in_order_of_use
from agent.recording import SAMPLE_RATE_HZ, StereoRecorder
from agent.recovered_speech import recorded_after, unheard_since_s, words_in
from agent.session_clock import SessionClock
from agent.settings import AgentSettings
from agent.speaking import Speaker, resample
from agent.speech.recogniser import RecogniserClient
from agent.speech.vad import FRAME_SAMPLES, WebRtcVoiceActivityDetector
from agent.speech.voice import VoiceClient
from agent.stage import RoomStage
from agent.stretch import Utterance
from agent.video_avatar import VideoAvatar
from question_bank.bank import Bank
from question_bank.library import BankLibrary
from records import consents, sessions
from records.agent_presence import alive
from records.database import Database
from records.errors import SequenceConflict
from records.event_log import EventLog
from records.events import Event
from records.installation import Installation
from records.media import segments_dir
from records.settings import RecordsSettings
from records.video_avatar_settings import VideoAvatarSettings

logger = logging.getLogger(__name__)
RECORD_EVERY_S = 0.25


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the record holds of a session when a job begins."""

    started_at: datetime
    bank: Bank
    recorded: bool
    log: EventLog
    events: list[Event]


class InterviewJob:
    """Everything that one interview needs while it runs in this process."""

    def __init__(self, context: JobContext, installation: Installation, session_id: str) -> None:
        self._room = context.room
        self._context = context
        self._installation = installation
        self._session_id = session_id
        self._identity = f"candidate-{session_id}"
        self._settings = AgentSettings()
        self._database = Database(installation.database_url)
        self._recogniser = RecogniserClient(installation.run_dir / "recogniser.sock")
        self._voice = VoiceClient(installation.run_dir / "voice.sock", installation.cache_dir / "voice")
        self._recorder: StereoRecorder | None = None
        self._listener: Listener | None = None
        self._avatar: VideoAvatar | None = None
        self._following: asyncio.Task[None] | None = None
        # A page that is reloaded leaves and comes at once, and leaving takes as long as its last words.
        self._coming_and_going = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._controls_seen: set[str] = set()
        self._segments = 0

    def read(self) -> "_Opened":
        """Mark the session as running and return what is known of it; blocks."""
        with self._database.transaction() as session:
            sessions.mark_active(session, self._session_id)
            found = sessions.get(session, self._session_id)
            recorded = consents.in_force(session, self._session_id).get("recording", False)
            started_at, pinned = found.started_at or found.created_at, (found.bank_id, found.bank_version)
        bank = BankLibrary(self._installation.banks_dir).load(*pinned)
        log = EventLog(self._database, self._session_id)
        return _Opened(started_at, bank, recorded, log, log.events())

    async def run(self, opened: "_Opened") -> None:
        """Run the interview to its end, or until another process has taken it over."""
        clock = SessionClock(opened.started_at)
        self._now_s = clock.now_s
        bank, log = opened.bank, opened.log
        interview = Interview(bank, opened.events)
        if interview.state.ended is not None:
            return
        unheard: tuple[float, np.ndarray] | None = None
        if opened.recorded:
            folder = segments_dir(self._installation, self._session_id)
            if interview.state.open_answer is not None:
                since_s = unheard_since_s(opened.events)
                unheard = await asyncio.to_thread(recorded_after, folder, since_s)
            self._recorder = StereoRecorder(folder, clock.now_s())
            self._spawn(self._write_recording())
        preparing = self._spawn(self._prepare(bank))
        track = await self._publish_voice()
        avatar = VideoAvatarSettings()
        # What the candidate says is nobody's but theirs: a provider's avatar in the room gets no captions.
        only_to = () if avatar.video_avatar is None else (self._identity,)
        self._stage = RoomStage(self._room, track.sid, only_to)
        if avatar.video_avatar is not None:
            self._spawn(self._show_video(avatar))
        self._spawn(self._stage.show_life())
        self._driver = InterviewDriver(
            interview,
            log,
            clock.now_s,
            self._speaker,
            self._stage,
            writer_from_settings(),
            self._settings.barge_in_s,
        )
        try:
            await self._driver.begin()
            self._follow_room()
            if unheard is not None:
                self._spawn(self._hear_again(*unheard))
            await self._driver.run()
            await asyncio.to_thread(self._mark_ended)
        except SequenceConflict:
            logger.info("another process has taken this interview over")
        finally:
            preparing.cancel()
            await self._close()

    async def _hear_again(self, start_s: float, samples: np.ndarray) -> None:
        """Make words of what was said while the agent before died."""
        for utterance in await words_in(self._recogniser, start_s, samples):
            await self._candidate_said(utterance)

    def _mark_ended(self) -> None:
        with self._database.transaction() as session:
            sessions.mark_ended(session, self._session_id, timedelta(days=RecordsSettings().retention_days))

    async def _prepare(self, bank: Bank) -> None:
        """Have everything that the bank holds ready to be said, in the order of its use."""
        texts = in_order_of_use(bank)
        self._voice.keep(texts)
        for text in texts:
            await self._voice.prepare(text)

    async def _publish_voice(self) -> rtc.LocalTrackPublication:
        source = rtc.AudioSource(self._voice.sample_rate_hz, 1, queue_size_ms=160)
        track = rtc.LocalAudioTrack.create_audio_track("aila-voice", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        self._speaker = Speaker(self._voice, source, self._now_s, self._record_aila, self._cut_aila)
        return await self._room.local_participant.publish_track(track, options)

    async def _show_video(self, settings: VideoAvatarSettings) -> None:
        """Show Aila as video while the plug-in can; without it her face is drawn in the browser."""
        try:
            rate_hz = self._voice.sample_rate_hz
            self._avatar = await VideoAvatar.start(settings, self._installation, self._room, rate_hz)
            await self._avatar.run(self._installation, self._room)
        except Exception as error:
            # Each plug-in has errors of its own, and none may end an interview.
            logger.warning("there is no video avatar: %s", type(error).__name__)
        finally:
            self._avatar = None

    # --- the room ----------------------------------------------------------------------------------

    def _follow_room(self) -> None:
        room = self._room
        room.on("track_subscribed", self._track_subscribed)
        room.on("participant_disconnected", self._participant_disconnected)
        room.on("data_received", self._data_received)
        participant = room.remote_participants.get(self._identity)
        if participant is not None:
            for publication in participant.track_publications.values():
                if publication.track is not None:
                    self._track_subscribed(publication.track, publication, participant)

    def _track_subscribed(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        if participant.identity == self._identity and track.kind == rtc.TrackKind.KIND_AUDIO:
            self._spawn(self._start_listening(track))

    def _participant_disconnected(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._identity:
            self._spawn(self._candidate_left())

    async def _start_listening(self, track: rtc.Track) -> None:
        async with self._coming_and_going:
            await self._stop_listening()
            listener = Listener(
                self._recogniser,
                WebRtcVoiceActivityDetector(),
                self._candidate_said,
                self._candidate_is_saying,
                _ends_at_once,
                says_done,
            )
            self._listener = listener
            listener.delivering.add_done_callback(self._failed_if_error)
            self._following = asyncio.create_task(self._listen(track, listener))
            await self._driver.candidate_connected(listener)

    async def _listen(self, track: rtc.Track, listener: Listener) -> None:
        stream = rtc.AudioStream(track, sample_rate=SAMPLE_RATE_HZ, num_channels=1, frame_size_ms=20)
        try:
            async for event in stream:
                pcm = bytes(event.frame.data)
                now_s = self._now_s()
                for offset in range(0, len(pcm) - FRAME_SAMPLES * 2 + 1, FRAME_SAMPLES * 2):
                    frame = pcm[offset : offset + FRAME_SAMPLES * 2]
                    listener.frame(frame, now_s)
                    if self._recorder is not None and not self._driver.practising:
                        self._recorder.candidate(np.frombuffer(frame, dtype="<i2"), now_s)
        finally:
            await stream.aclose()

    async def _stop_listening(self) -> None:
        if self._following is not None:
            self._following.cancel()
            self._following = None
        if self._listener is not None:
            listener, self._listener = self._listener, None
            await listener.flush()
            await listener.aclose()

    async def _candidate_left(self) -> None:
        async with self._coming_and_going:
            await self._driver.candidate_disconnected()
            await self._stop_listening()

    async def _candidate_said(self, utterance: Utterance) -> None:
        await self._driver.heard(utterance)
        await self._stage.candidate_says(utterance.text, f"c{self._segments}", True, self._identity)
        self._segments += 1

    async def _candidate_is_saying(self, text: str) -> None:
        await self._stage.candidate_says(text, f"c{self._segments}", False, self._identity)

    def _data_received(self, packet: rtc.DataPacket) -> None:
        if packet.topic != CONTROL_TOPIC or packet.participant is None:
            return
        if packet.participant.identity == self._identity:
            self._spawn(self._control(packet.data))

    async def _control(self, payload: bytes) -> None:
        try:
            message = ControlMessage.model_validate_json(payload)
        except ValidationError:
            logger.warning("a control message was not understood")
            return
        if message.id not in self._controls_seen:
            self._controls_seen.add(message.id)
            await self._driver.pressed(message.control, message.id)
        await self._stage.show(ControlAckMessage(id=message.id))

    # --- recording -----------------------------------------------------------------------------------

    def _record_aila(self, frame: bytes, heard_at_s: float) -> None:
        if self._recorder is not None:
            samples = resample(frame, self._voice.sample_rate_hz, SAMPLE_RATE_HZ)
            self._recorder.aila(samples, heard_at_s)
        if self._avatar is not None:
            self._avatar.hear(frame)

    def _cut_aila(self, at_s: float) -> None:
        if self._recorder is not None:
            self._recorder.cut_aila(at_s)
        if self._avatar is not None:
            self._avatar.cut()

    async def _write_recording(self) -> None:
        while self._recorder is not None:
            self._recorder.write(self._now_s())
            await asyncio.sleep(RECORD_EVERY_S)

    # --- housekeeping ----------------------------------------------------------------------------------

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(self._failed_if_error)
        return task

    def _failed_if_error(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            return
        if isinstance(task.exception(), SequenceConflict):
            self._context.shutdown("another process has taken this interview over")
            return
        logger.error("a part of the interview failed", exc_info=task.exception())

    async def _close(self) -> None:
        with contextlib.suppress(Exception):
            await self._stop_listening()
        for task in list(self._tasks):
            task.cancel()
        if self._recorder is not None:
            self._recorder.close(self._now_s())
            self._recorder = None
        await self._recogniser.aclose()
        self._database.close()


def _ends_at_once(text: str) -> bool:
    """Whether the candidate plainly wants Aila to go on: no pause has to tell."""
    return says_done(text) or sums_up(text) or spoken_control(text) is not None


async def entrypoint(context: JobContext) -> None:
    """Run the interview that the job's metadata names."""
    metadata = json.loads(context.job.metadata or "{}")
    installation = Installation.open(Path(context.proc.userdata["data_dir"]))
    job = InterviewJob(context, installation, str(metadata["session_id"]))
    opened, _ = await asyncio.gather(asyncio.to_thread(job.read), context.connect())
    with alive(installation.run_dir, context.room.local_participant.identity):
        await job.run(opened)
        await _withdraw_dispatch(context, installation)
        context.shutdown("the interview has ended")


async def _withdraw_dispatch(context: JobContext, installation: Installation) -> None:
    """Tell livekit-server that the job is done: an agent that simply leaves counts as failed."""
    key, secret = installation.livekit_key, installation.livekit_secret
    try:
        async with api.LiveKitAPI(AgentSettings().livekit_url, key, secret) as client:
            await client.agent_dispatch.delete_dispatch(context.job.dispatch_id, context.room.name)
    except (api.TwirpError, aiohttp.ClientError, TimeoutError) as error:
        logger.warning("the dispatch could not be withdrawn: %s", type(error).__name__)
