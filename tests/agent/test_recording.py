"""The recording: each side at its own time, what was cut silent, what is written safe against a crash."""

from pathlib import Path

import numpy as np
import pytest

from agent.recording import StereoRecorder

RATE_HZ = 16_000


def tone(value: int, seconds: float) -> np.ndarray:
    return np.full(round(seconds * RATE_HZ), value, dtype="<i2")


def recorded(folder: Path) -> np.ndarray:
    [path] = folder.iterdir()
    return np.frombuffer(path.read_bytes(), dtype="<i2").reshape(-1, 2)


def spoken(samples: np.ndarray) -> tuple[float, float]:
    """Return from when to when (s) something is heard."""
    loud = np.flatnonzero(samples)
    return loud[0] / RATE_HZ, (loud[-1] + 1) / RATE_HZ


def test_both_sides_stand_where_they_were_heard(tmp_path: Path) -> None:
    recorder = StereoRecorder(tmp_path / "media", 12.5)
    recorder.candidate(tone(1000, 0.5), end_s=13.5)
    recorder.aila(tone(-2000, 1.0), start_s=14.0)
    recorder.close(16.0)
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["0000012500.pcm"]
    found = recorded(tmp_path / "media")
    assert found.shape == (round(3.5 * RATE_HZ), 2)
    assert spoken(found[:, 0]) == pytest.approx((0.5, 1.0), abs=0.001)
    assert spoken(found[:, 1]) == pytest.approx((1.5, 2.5), abs=0.001)
    assert set(found[:, 0]) == {0, 1000} and set(found[:, 1]) == {0, -2000}


def test_frames_that_come_a_little_late_leave_no_gap(tmp_path: Path) -> None:
    recorder = StereoRecorder(tmp_path / "media", 0.0)
    late_s = [0.0, 0.03, 0.01, 0.05, 0.0]
    for number, late in enumerate(late_s, start=1):
        recorder.candidate(tone(700, 0.1), end_s=1.0 + number * 0.1 + late)
    recorder.close(2.0)
    begin_s, end_s = spoken(recorded(tmp_path / "media")[:, 0])
    assert end_s - begin_s == pytest.approx(0.5, abs=0.001)


def test_what_aila_was_stopped_from_saying_is_not_in_the_recording(tmp_path: Path) -> None:
    recorder = StereoRecorder(tmp_path / "media", 0.0)
    recorder.aila(tone(3000, 2.0), start_s=1.0)
    recorder.cut_aila(at_s=1.25)
    recorder.aila(tone(4000, 0.5), start_s=3.0)
    recorder.close(4.0)
    found = recorded(tmp_path / "media")[:, 1]
    assert spoken(np.where(found == 3000, found, 0)) == pytest.approx((1.0, 1.25), abs=0.001)
    assert spoken(np.where(found == 4000, found, 0)) == pytest.approx((3.0, 3.5), abs=0.001)


def test_what_is_older_than_a_second_and_a_half_is_on_disk_already(tmp_path: Path) -> None:
    recorder = StereoRecorder(tmp_path / "media", 0.0)
    for number in range(1, 501):
        recorder.candidate(tone(500, 0.02), end_s=number * 0.02)
        recorder.write(number * 0.02)
        if number % 50 == 0 and number >= 100:
            on_disk_s = len(recorded(tmp_path / "media")) / RATE_HZ
            assert on_disk_s >= number * 0.02 - 1.5
    assert (recorded(tmp_path / "media")[:, 0] == 500).all()
    recorder.close(10.0)


def test_a_second_process_writes_a_file_of_its_own(tmp_path: Path) -> None:
    for start_s, value in ((0.0, 100), (7.25, 200)):
        recorder = StereoRecorder(tmp_path / "media", start_s)
        recorder.candidate(tone(value, 0.5), end_s=start_s + 1.0)
        recorder.close(start_s + 1.0)
    assert sorted(path.name for path in (tmp_path / "media").iterdir()) == [
        "0000000000.pcm",
        "0000007250.pcm",
    ]


def test_an_hour_of_recording_needs_no_more_memory_than_its_first_seconds(tmp_path: Path) -> None:
    recorder = StereoRecorder(tmp_path / "media", 0.0)
    sizes = set()
    for second in range(1, 61):
        recorder.candidate(tone(5, 1.0), end_s=float(second * 60))
        recorder.write(second * 60.0)
        sizes.add(recorder._buffer.nbytes)
    assert max(sizes) < 60 * RATE_HZ * 2 * 4 * 1.1
    recorder.close(3600.0)
    assert len(recorded(tmp_path / "media")) == 3600 * RATE_HZ
