"""Segments → one file that browsers play, every sample at its place in session time."""

import stat
from pathlib import Path

import av
import numpy as np
import pytest

from agent.recording import StereoRecorder
from records.recording import SAMPLE_RATE_HZ, join_segments

CANDIDATE_HZ, AILA_HZ = 440.0, 1250.0


def tone(hz: float, seconds: float) -> np.ndarray:
    return (
        9000 * np.sin(2 * np.pi * hz * np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ)
    ).astype("<i2")


def segment(
    folder: Path, start_ms: int, left: np.ndarray, right: np.ndarray | None = None, cut: int = 0
) -> None:
    """Write a segment; ``cut`` bytes are lost at its end, as after a crash."""
    folder.mkdir(exist_ok=True)
    both = np.stack([left, np.zeros_like(left) if right is None else right], axis=1).astype("<i2").tobytes()
    (folder / f"{start_ms:010d}.pcm").write_bytes(both[: len(both) - cut])


def decoded(path: Path) -> np.ndarray:
    """Return the file's samples, shape (rows, 2), in [-1, 1]."""
    with av.open(str(path)) as container:
        [stream] = container.streams.audio
        assert (stream.codec_context.name, stream.rate, stream.channels) == ("aac", SAMPLE_RATE_HZ, 2)
        frames = [frame.to_ndarray() for frame in container.decode(stream)]
    return np.concatenate(frames, axis=1).T


def loudness(samples: np.ndarray, start_s: float, end_s: float) -> list[float]:
    """Return the root mean square of both channels between two times, one decimal of a percent."""
    part = samples[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
    return [round(float(np.sqrt(np.mean(part[:, channel] ** 2))), 3) for channel in (0, 1)]


def pitch(samples: np.ndarray) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * SAMPLE_RATE_HZ / len(samples))


def test_the_candidate_is_left_and_aila_is_right_each_at_their_time(tmp_path: Path) -> None:
    quiet = np.zeros(SAMPLE_RATE_HZ, "<i2")
    segment(
        tmp_path / "s",
        0,
        np.concatenate([tone(CANDIDATE_HZ, 1), quiet]),
        np.concatenate([quiet, tone(AILA_HZ, 1)]),
    )
    segment(tmp_path / "s", 3500, tone(CANDIDATE_HZ, 1.5), tone(AILA_HZ, 1.5))
    target = tmp_path / "recording.m4a"
    assert join_segments(tmp_path / "s", target) == 5.0
    samples = decoded(target)
    assert abs(len(samples) / SAMPLE_RATE_HZ - 5.0) < 0.07  # the last AAC frame is filled up
    present = pytest.approx(9000 / 32768 / np.sqrt(2), rel=0.1)
    assert loudness(samples, 0.1, 0.9) == [present, pytest.approx(0, abs=0.01)]
    assert loudness(samples, 1.1, 1.9) == [pytest.approx(0, abs=0.01), present]
    assert loudness(samples, 2.1, 3.4) == [pytest.approx(0, abs=0.001)] * 2
    assert loudness(samples, 3.6, 4.9) == [present, present]
    late = samples[round(3.6 * SAMPLE_RATE_HZ) : round(4.6 * SAMPLE_RATE_HZ)]
    assert [pitch(late[:, 0]), pitch(late[:, 1])] == [CANDIDATE_HZ, AILA_HZ]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["recording.m4a", "s"]


def test_a_sound_is_within_a_frame_of_its_time(tmp_path: Path) -> None:
    segment(tmp_path / "s", 61_234, tone(CANDIDATE_HZ, 0.5))
    join_segments(tmp_path / "s", tmp_path / "r.m4a")
    loud = np.flatnonzero(np.abs(decoded(tmp_path / "r.m4a")[:, 0]) > 0.1)
    assert abs(loud[0] / SAMPLE_RATE_HZ - 61.234) < 0.032


@pytest.mark.parametrize("cut", [1, 2, 3, 5])
def test_a_last_segment_cut_in_mid_sample_keeps_its_whole_rows(tmp_path: Path, cut: int) -> None:
    segment(tmp_path / "s", 0, tone(CANDIDATE_HZ, 1))
    segment(tmp_path / "s", 1000, tone(CANDIDATE_HZ, 0.5), tone(AILA_HZ, 0.5), cut=cut)
    lost_rows = -(-cut // 4)
    joined_s = join_segments(tmp_path / "s", tmp_path / "r.m4a")
    assert joined_s == 1.5 - lost_rows / SAMPLE_RATE_HZ
    part = decoded(tmp_path / "r.m4a")[round(1.05 * SAMPLE_RATE_HZ) : round(1.45 * SAMPLE_RATE_HZ)]
    assert pitch(part[:, 1]) == pytest.approx(AILA_HZ, abs=3)


def test_where_segments_overlap_the_later_one_counts(tmp_path: Path) -> None:
    segment(tmp_path / "s", 0, tone(CANDIDATE_HZ, 3))
    segment(tmp_path / "s", 1000, tone(AILA_HZ, 0.5))
    segment(tmp_path / "s", 1000 + 500, tone(CANDIDATE_HZ, 0))
    segment(tmp_path / "s", 2000, tone(CANDIDATE_HZ, 1))
    assert join_segments(tmp_path / "s", tmp_path / "r.m4a") == 3.0
    samples = decoded(tmp_path / "r.m4a")
    assert pitch(samples[SAMPLE_RATE_HZ + 800 : SAMPLE_RATE_HZ + 7200, 0]) == pytest.approx(AILA_HZ, abs=3)
    assert loudness(samples, 1.6, 1.9) == [pytest.approx(0, abs=0.01)] * 2
    assert pitch(samples[2 * SAMPLE_RATE_HZ + 800 :, 0]) == pytest.approx(CANDIDATE_HZ, abs=3)


def test_odd_lengths_and_strange_files_do_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    segment(folder, 0, tone(CANDIDATE_HZ, 0.5)[:7])
    segment(folder, 40, tone(CANDIDATE_HZ, 0.5)[:1])
    for name, content in {
        "0000000050.pcm": b"",
        "0000000060.pcm": b"abc",
        "²³.pcm": b"abcd",
        "notes.txt": b"abcd",
    }.items():
        (folder / name).write_bytes(content)
    assert join_segments(folder, tmp_path / "r.m4a") == (40 * 16 + 1) / SAMPLE_RATE_HZ


@pytest.mark.parametrize("files", [None, {}, {"0000000000.pcm": b""}, {"0000000000.pcm": b"abc"}])
def test_nothing_recorded_is_no_recording(tmp_path: Path, files: dict[str, bytes] | None) -> None:
    folder = tmp_path / "s"
    if files is not None:
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    assert join_segments(folder, tmp_path / "r.m4a") is None
    assert not (tmp_path / "r.m4a").exists()


def test_joining_again_replaces_the_file_and_a_failure_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, target = tmp_path / "s", tmp_path / "r.m4a"
    segment(folder, 0, tone(CANDIDATE_HZ, 0.5))
    assert join_segments(folder, target) == 0.5
    segment(folder, 500, tone(CANDIDATE_HZ, 0.25))
    assert join_segments(folder, target) == 0.75
    whole = target.read_bytes()
    monkeypatch.setattr(np, "memmap", lambda *_a, **_k: (_ for _ in ()).throw(OSError("no such disk")))
    with pytest.raises(OSError, match="no such disk"):
        join_segments(folder, target)
    assert target.read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.m4a", "s"]


def test_what_the_agent_writes_is_what_is_joined(tmp_path: Path) -> None:
    first = StereoRecorder(tmp_path / "s", 0.0)
    first.candidate(tone(CANDIDATE_HZ, 1), end_s=1.5)
    first.aila(tone(AILA_HZ, 1), start_s=1.0)
    first.write(3.0)  # and then the process is killed: nothing is closed
    again = StereoRecorder(tmp_path / "s", 4.0)
    again.candidate(tone(CANDIDATE_HZ, 0.5), end_s=5.0)
    again.close(5.25)
    assert join_segments(tmp_path / "s", tmp_path / "r.m4a") == 5.25
    samples = decoded(tmp_path / "r.m4a")
    present = pytest.approx(9000 / 32768 / np.sqrt(2), rel=0.1)
    silent = pytest.approx(0, abs=0.01)
    assert loudness(samples, 0.6, 0.9) == [present, silent]
    assert loudness(samples, 1.1, 1.4) == [present, present]
    assert loudness(samples, 2.1, 4.4) == [silent, silent]
    assert loudness(samples, 4.6, 4.9) == [present, silent]
