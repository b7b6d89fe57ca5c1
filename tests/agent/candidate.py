"""A candidate who is a program: joins by the LiveKit SDK, speaks recorded or synthesised audio, listens.

It uses none of Aila's code, so that it meets the agent as a person's browser does.
"""

import asyncio
import contextlib
import json
import math
import subprocess
import time
import uuid
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from livekit import rtc

RATE_HZ = 16_000
FRAME_MS = 20
FRAME = RATE_HZ * FRAME_MS // 1000
NOISE_RMS = 10 ** (-60 / 20)
"""A quiet room: digital silence misleads acoustic models."""
SOUND_DBFS = -45.0


def espeak(text: str, voice: str = "en-gb", words_per_minute: int = 160) -> np.ndarray:
    """Return ``text`` spoken by espeak-ng, 16 kHz float32."""
    command = ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "--stdout", text]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    # espeak-ng cannot seek in a pipe, so the header's length is wrong: read from the samples' start.
    samples = np.frombuffer(wav[44:], dtype="<i2").astype(np.float32) / 32768.0
    return trimmed(resampled(samples, 22_050))


def resampled(samples: np.ndarray, from_hz: int) -> np.ndarray:
    resampler = rtc.AudioResampler(from_hz, RATE_HZ, quality=rtc.AudioResamplerQuality.HIGH)
    pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2")
    frames = resampler.push(rtc.AudioFrame(pcm.tobytes(), from_hz, 1, pcm.size)) + resampler.flush()
    joined = np.concatenate([np.frombuffer(bytes(frame.data), dtype="<i2") for frame in frames])
    return joined.astype(np.float32) / 32768.0


def trimmed(samples: np.ndarray, threshold: float = 0.01) -> np.ndarray:
    """Cut silence off both ends, so that the end of the audio is the end of the speech."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    return samples[loud[0] : loud[-1] + 1] if loud.size else samples


def recording(path: Path) -> np.ndarray:
    """Return a 16 kHz mono file's samples."""
    samples, rate_hz = soundfile.read(path, dtype="float32")
    return samples if rate_hz == RATE_HZ else resampled(samples, rate_hz)


@dataclass
class Sound:
    """A stretch in which the agent's track was audible; times of :func:`time.monotonic`."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass
class Candidate:
    """One bot in one room. Times are those of :func:`time.monotonic`."""

    url: str
    token: str
    seed: int = 7
    messages: list[dict[str, Any]] = field(default_factory=list)
    captions: list[dict[str, Any]] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)
    join_began_s: float = 0.0
    joined_s: float = 0.0
    room: rtc.Room = field(init=False)

    async def join(self, microphone: bool = True) -> None:
        """Connect, publish the microphone, start to listen."""
        self._queue: deque[np.ndarray] = deque()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._last_sound_s = 0.0
        self.room = rtc.Room()
        self.room.on("track_subscribed", self._subscribed)
        self.room.on("data_received", self._data)
        self.room.register_text_stream_handler("lk.transcription", self._caption)
        self.join_began_s = time.monotonic()
        await self.room.connect(self.url, self.token)
        self.joined_s = time.monotonic()
        if microphone:
            self._source = rtc.AudioSource(RATE_HZ, 1, queue_size_ms=60)
            track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
            options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
            await self.room.local_participant.publish_track(track, options)
            self._spawn(self._stream())

    async def leave(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.room.disconnect()

    # --- speaking --------------------------------------------------------------------------------

    async def say(self, samples: np.ndarray) -> float:
        """Speak ``samples``; return when the last of them leaves for the network."""
        self._idle.clear()
        for start in range(0, samples.size, FRAME):
            frame = samples[start : start + FRAME]
            self._queue.append(np.pad(frame, (0, FRAME - frame.size)))
        await self._idle.wait()
        return time.monotonic() + self._source.queued_duration

    def hush(self) -> None:
        """Stop in mid-word."""
        self._queue.clear()

    async def press(self, control: str, message_id: str | None = None) -> str:
        message_id = message_id or str(uuid.uuid4())
        payload = json.dumps({"control": control, "id": message_id})
        await self.room.local_participant.publish_data(payload, reliable=True, topic="aila.control")
        return message_id

    async def _stream(self) -> None:
        rng = np.random.default_rng(self.seed)
        while True:
            frame = rng.normal(0.0, NOISE_RMS, FRAME).astype(np.float32)
            if self._queue:
                frame = frame + self._queue.popleft()
            pcm = (np.clip(frame, -1, 1) * 32767).astype("<i2")
            await self._source.capture_frame(rtc.AudioFrame(pcm.tobytes(), RATE_HZ, 1, FRAME))
            if not self._queue:
                self._idle.set()

    # --- listening -------------------------------------------------------------------------------

    @property
    def progress(self) -> dict[str, Any] | None:
        """The latest progress message, None before the first."""
        return next((m for m in reversed(self.messages) if m["type"] == "progress"), None)

    @property
    def ended(self) -> bool:
        return any(message["type"] == "ended" for message in self.messages)

    def quiet_for_s(self) -> float:
        """Seconds since the agent was last heard; infinite before its first sound."""
        return time.monotonic() - self._last_sound_s if self._last_sound_s else math.inf

    async def until(self, condition: Any, within_s: float, what: str) -> None:
        """Wait until ``condition()`` holds.

        Raises
        ------
        TimeoutError
            With ``what`` was waited for.
        """
        deadline_s = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"waited {within_s} s for {what}; last progress: {self.progress}")
            await asyncio.sleep(0.02)

    async def until_asked(self, question_id: str | None = None, within_s: float = 90) -> dict[str, Any]:
        """Wait until the floor is the candidate's (for ``question_id`` if given); return the progress."""

        def asked() -> bool:
            now = self.progress
            if now is None or now["floor"] != "candidate":
                return False
            return question_id is None or now["question_id"] == question_id

        await self.until(asked, within_s, f"the floor for {question_id or 'any question'}")
        return self.progress or {}

    def _subscribed(
        self, track: rtc.Track, publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            self._spawn(self._listen(track))

    async def _listen(self, track: rtc.Track) -> None:
        stream = rtc.AudioStream(track, sample_rate=RATE_HZ, num_channels=1, frame_size_ms=20)
        current: Sound | None = None
        try:
            async for event in stream:
                samples = np.frombuffer(bytes(event.frame.data), dtype="<i2").astype(np.float32) / 32768.0
                now_s = time.monotonic()
                level = 10 * math.log10(float(np.mean(samples**2)) + 1e-12)
                if level > SOUND_DBFS:
                    self._last_sound_s = now_s
                    if current is None or now_s - current.end_s > 0.35:
                        current = Sound(now_s - FRAME_MS / 1000, now_s)
                        self.sounds.append(current)
                    current.end_s = now_s
        finally:
            with contextlib.suppress(Exception):
                await stream.aclose()

    def _data(self, packet: rtc.DataPacket) -> None:
        if packet.topic == "aila.cue":
            self.messages.append(json.loads(packet.data) | {"received_s": time.monotonic()})

    def _caption(self, reader: rtc.TextStreamReader, identity: str) -> None:
        self._spawn(self._read_caption(reader, identity))

    async def _read_caption(self, reader: rtc.TextStreamReader, identity: str) -> None:
        text = await reader.read_all()
        attributes = reader.info.attributes or {}
        self.captions.append(
            {
                "text": text,
                "identity": identity,
                "final": attributes.get("lk.transcription_final") == "true",
                "segment": attributes.get("lk.segment_id"),
                "track": attributes.get("lk.transcribed_track_id"),
                "received_s": time.monotonic(),
            }
        )

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
