"""A voice interviewer as the framework's documentation leads one to write it: what Aila is compared with.

Local voice detection decides on turns, ``StreamAdapter`` over faster-whisper hears, Piper speaks, the
questions are a list. Run as ``python -m bench._naive_agent URL KEY SECRET``.
"""

import asyncio
import logging
import sys
import uuid
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from livekit import rtc
from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    Agent,
    AgentServer,
    AgentSession,
    APIConnectOptions,
    JobContext,
    JobProcess,
    StopResponse,
    inference,
    llm,
    room_io,
    stt,
    tts,
)
from livekit.agents.types import NOT_GIVEN, NotGivenOr
from livekit.agents.utils import AudioBuffer
from piper import PiperVoice

from agent.speech.voice_process import voice_paths
from agent.speech.whisper_engine import shipped_model_path
from question_bank.library import BankLibrary

NAME = "naive"


class WhisperSTT(stt.STT):
    """faster-whisper with its defaults, one call a stretch of speech."""

    def __init__(self, model: WhisperModel) -> None:
        super().__init__(capabilities=stt.STTCapabilities(streaming=False, interim_results=False))
        self._whisper = model

    async def _recognize_impl(
        self,
        buffer: AudioBuffer,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        frame = rtc.combine_audio_frames(buffer)
        text = await asyncio.to_thread(self._transcribe, frame)
        return stt.SpeechEvent(
            type=stt.SpeechEventType.FINAL_TRANSCRIPT,
            alternatives=[stt.SpeechData(text=text, language="en")],  # type: ignore[arg-type]
        )

    def _transcribe(self, frame: rtc.AudioFrame) -> str:
        resampler = rtc.AudioResampler(frame.sample_rate, 16_000)
        frames = resampler.push(frame) + resampler.flush()
        pcm = b"".join(bytes(f.data) for f in frames)
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0
        segments, _ = self._whisper.transcribe(samples, language="en", beam_size=1)
        return " ".join(segment.text.strip() for segment in segments)


class PiperTTS(tts.TTS):
    def __init__(self, voice: PiperVoice) -> None:
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=False),
            sample_rate=voice.config.sample_rate,
            num_channels=1,
        )
        self.voice = voice

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        return _PiperStream(tts=self, input_text=text, conn_options=conn_options)


class _PiperStream(tts.ChunkedStream):
    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        voice = self._tts.voice  # type: ignore[attr-defined]
        output_emitter.initialize(
            request_id=str(uuid.uuid4()),
            sample_rate=voice.config.sample_rate,
            num_channels=1,
            mime_type="audio/pcm",
        )
        pieces = iter(voice.synthesize(self._input_text))
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            output_emitter.push(piece.audio_int16_bytes)
        output_emitter.flush()


class Interviewer(Agent):
    """Asks the next question whenever the framework says that the candidate's turn is over."""

    def __init__(self) -> None:
        super().__init__(instructions="Ask the questions of a list.", llm=None)
        bank = BankLibrary().load("behavioural")
        self._questions = [question.text for question in bank.questions] * 8

    async def on_enter(self) -> None:
        self.session.say(f"Hello, I am your interviewer. {self._questions.pop(0)}")

    async def on_user_turn_completed(self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage) -> None:
        if self._questions:
            self.session.say(f"Thank you. {self._questions.pop(0)}")
        raise StopResponse


def prepare(process: JobProcess) -> None:
    model, config = voice_paths(None)
    process.userdata["voice"] = PiperVoice.load(model, config)
    process.userdata["whisper"] = WhisperModel(
        str(shipped_model_path()), device="cpu", compute_type="int8", cpu_threads=2
    )


async def entrypoint(context: JobContext) -> None:
    vad = inference.VAD()
    session: AgentSession[Any] = AgentSession(
        stt=stt.StreamAdapter(stt=WhisperSTT(context.proc.userdata["whisper"]), vad=vad),
        vad=vad,
        tts=PiperTTS(context.proc.userdata["voice"]),
        turn_handling={"turn_detection": "vad", "interruption": {"mode": "vad"}},
    )
    await session.start(
        agent=Interviewer(), room=context.room, room_options=room_io.RoomOptions(text_input=False)
    )


async def main(url: str, key: str, secret: str) -> None:
    server = AgentServer(
        ws_url=url,
        api_key=key,
        api_secret=secret,
        host="127.0.0.1",
        port=0,
        num_idle_processes=1,
        initialize_process_timeout=60.0,
        load_fnc=lambda server: 0.0,
        setup_fnc=prepare,
        drain_timeout=2,
    )
    server.rtc_session(entrypoint, agent_name=NAME)
    await server.run()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(main(*sys.argv[1:4]))
