"""webrtcvad, smoothed: on people, on a room's noise, on a meeting in which hardly anybody speaks."""

import numpy as np
import pytest

from agent.speech.vad import FRAME_SAMPLES, WebRtcVoiceActivityDetector
from tests.agent.clips import clip, noise

FRAMES_PER_S = 50


def speaking(samples: np.ndarray) -> np.ndarray:
    """Return for each 20 ms whether speech is going on."""
    vad = WebRtcVoiceActivityDetector()
    whole = range(0, samples.size - FRAME_SAMPLES + 1, FRAME_SAMPLES)
    return np.array([vad.speaking(samples[n : n + FRAME_SAMPLES].tobytes()) for n in whole])


def quiet(seconds: float) -> np.ndarray:
    return noise(seconds, seed=11)


@pytest.mark.parametrize("dbfs", [-90.0, -60.0, -45.0, -35.0])
def test_steady_noise_is_no_speech(dbfs: float) -> None:
    assert not speaking(noise(20.0, dbfs))[2 * FRAMES_PER_S :].any()


def test_a_person_is_heard_for_as_long_as_he_speaks_and_not_after() -> None:
    found = speaking(np.concatenate([quiet(2.0), clip("ls_1998-15444-0001"), quiet(2.0)]))
    assert not found[: 2 * FRAMES_PER_S].any()
    during = found[2 * FRAMES_PER_S : -2 * FRAMES_PER_S]
    assert during.mean() > 0.8
    assert not found[-FRAMES_PER_S:].any()


def test_a_person_in_a_noisy_room_is_heard() -> None:
    assert speaking(clip("mfa_cold_corpus")).mean() > 0.4


def test_speech_begins_within_a_fifth_of_a_second_of_a_voice() -> None:
    loud = clip("gov_jfk")[round(0.5 * 16_000) :]
    found = speaking(np.concatenate([quiet(1.0), loud]))
    first = int(np.argmax(found))
    assert FRAMES_PER_S <= first <= FRAMES_PER_S + 10


def test_a_meeting_in_which_hardly_anything_is_said_is_hardly_speech() -> None:
    found = speaking(clip("ami_trn02_full"))
    in_turn = slice(round(20.5 * FRAMES_PER_S), round(21.8 * FRAMES_PER_S))
    assert found[in_turn].any()
    found[in_turn] = False
    assert found.mean() < 0.08


def test_the_latest_frame_is_voiced_only_where_speech_is_sound() -> None:
    vad = WebRtcVoiceActivityDetector()
    samples = np.concatenate([clip("gov_jfk")[:32_000], quiet(0.5)])
    states = []
    for start in range(0, samples.size - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        going_on = vad.speaking(samples[start : start + FRAME_SAMPLES].tobytes())
        states.append((going_on, vad.voiced))
    assert (True, False) in states, "speech goes on through a gap between voiced frames"
    assert states[-1] == (False, False)
