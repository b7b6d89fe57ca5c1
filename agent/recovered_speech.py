"""What a candidate said while the agent before died: it is in the recording, and no words were made of it.

Only where the candidate agreed to be recorded; otherwise no sound is ever kept.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from agent.listening import Listener
from agent.recording import SAMPLE_RATE_HZ
from agent.speech.recogniser import SpeechRecogniser
from agent.speech.vad import FRAME_SAMPLES, WebRtcVoiceActivityDetector
from agent.stretch import Utterance
from records.events import CandidateSpoke, Event, UtteranceEnded, UtteranceStarted

LONGEST_S = 60.0
BEFORE_S = 0.3
"""The end of the last words is known to about that."""


def unheard_since_s(events: Iterable[Event]) -> float:
    """Return up to when, in session seconds, everything said has become words."""
    heard_s = 0.0
    for event in events:
        if isinstance(event, CandidateSpoke):
            heard_s = max(heard_s, event.end_s)
        elif isinstance(event, UtteranceStarted | UtteranceEnded):
            # What is said over her words is not an answer that could be lost.
            heard_s = max(heard_s, event.at_s)
    return heard_s


def recorded_after(folder: Path, since_s: float) -> tuple[float, np.ndarray]:
    """Return start and 16-bit samples of the candidate's side of the newest file, from ``since_s`` on."""
    files = sorted(folder.glob("*.pcm"))
    if not files:
        return since_s, np.zeros(0, dtype="<i2")
    start_s = int(files[-1].stem) / 1000
    content = files[-1].read_bytes()
    candidate = np.frombuffer(content[: len(content) // 4 * 4], dtype="<i2").reshape(-1, 2)[:, 0]
    end_s = start_s + candidate.size / SAMPLE_RATE_HZ
    from_s = max(start_s, since_s - BEFORE_S, end_s - LONGEST_S)
    return from_s, candidate[max(0, round((from_s - start_s) * SAMPLE_RATE_HZ)) :]


async def words_in(recogniser: SpeechRecogniser, start_s: float, samples: np.ndarray) -> list[Utterance]:
    """Return what was said in 16-bit ``samples`` that began at ``start_s``."""
    found: list[Utterance] = []

    async def take(utterance: Utterance) -> None:
        found.append(utterance)

    async def ignore(text: str) -> None:
        pass

    listener = Listener(recogniser, WebRtcVoiceActivityDetector(), take, ignore)
    try:
        for offset in range(0, samples.size - FRAME_SAMPLES + 1, FRAME_SAMPLES):
            frame = samples[offset : offset + FRAME_SAMPLES].tobytes()
            listener.frame(frame, start_s + (offset + FRAME_SAMPLES) / SAMPLE_RATE_HZ)
        await listener.flush()
    finally:
        await listener.aclose()
    return found
