"""How well Aila's lips follow her voice, and what her face costs: ``python -m bench.avatar``.

Her real voice (Piper) speaks on ``/avatar-sheet`` in Chromium; the mouth is read at every frame. Beside it,
in the same run, stands the usual naive mouth: the mean of an analyser's smoothed spectrum. Needs the built
client. Opening is counted from the first loud sample on the track that is being played.
"""

import itertools
import json
import shutil
import statistics
import tempfile
import wave
from pathlib import Path
from typing import Any

import numpy as np
from piper import PiperVoice
from playwright.sync_api import Browser, Page, sync_playwright

from agent.speech.voice_process import voice_paths
from bench._served_client import DIST, served_client

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench-results" / "avatar.json"
TEXT = (
    "Hello, and welcome. I am Aila. Please tell me about a time when you helped a colleague. "
    "Take your time. What did you do? And what came of it? Thank you. "
    "Before we go on: everything you say is written down. Perhaps you could give me an example. Good. "
    "Now, imagine a busy morning. Both phones ring. People wait. Which do you answer first, and why? "
    "Many people find this hard. Feel free to think. Shall we move on? Okay. Very well, let us begin."
)
PAUSE_S = 0.45
"""Silence between the sentences, as in her speech."""
OPEN = 0.1
"""A mouth open this far is seen to be open."""
CLOSED = 0.05
SETTLES_S = 0.15
SIZES = {"laptop": (1280, 800, 1), "phone": (390, 844, 3)}
SLOW_DOWNS = (1, 4, 6)
MAIN_THREAD = {
    "all": "TaskDuration",
    "script": "ScriptDuration",
    "style": "RecalcStyleDuration",
    "layout": "LayoutDuration",
}
FLAGS = ("--autoplay-policy=no-user-gesture-required", "--no-sandbox")


def speak(path: Path) -> None:
    """Have the text said into a WAV file, with pauses."""
    voice = PiperVoice.load(*voice_paths(None))
    pause = np.zeros(int(PAUSE_S * voice.config.sample_rate), dtype=np.int16)
    pieces = [pause]
    for sentence in voice.synthesize(TEXT):
        pieces += [sentence.audio_int16_array, pause]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(voice.config.sample_rate)
        file.writeframes(np.concatenate(pieces).tobytes())


def lips(times_s: np.ndarray, mouth: np.ndarray, speech: list[tuple[float, float]]) -> dict[str, Any]:
    """Return how late a mouth opens and closes (milliseconds), and how often it is open in silence."""
    opening, closing, silent = [], [], []
    for number, (start, end) in enumerate(speech):
        following = speech[number + 1][0] if number + 1 < len(speech) else end + PAUSE_S
        after = (times_s >= start) & (times_s < end) & (mouth > OPEN)
        opening.append((times_s[after][0] - start) * 1000 if after.any() else float("nan"))
        shut = (times_s >= end) & (times_s < following) & (mouth < CLOSED)
        closing.append((times_s[shut][0] - end) * 1000 if shut.any() else float("nan"))
        silent.append(mouth[(times_s >= end + SETTLES_S) & (times_s < following)])
    quiet = np.concatenate(silent)
    return {
        "onsets": len(speech),
        "never_opened": int(np.isnan(opening).sum()),
        "opening_ms": _spread(opening),
        "never_closed": int(np.isnan(closing).sum()),
        "closing_ms": _spread(closing),
        "open_in_silence": round(float((quiet > OPEN).mean()), 3),
    }


def _spread(values: list[float]) -> dict[str, float]:
    known = [v for v in values if not np.isnan(v)]
    if not known:
        return {}
    return {
        "p50": round(float(np.percentile(known, 50)), 1),
        "p95": round(float(np.percentile(known, 95)), 1),
    }


def _open(browser: Browser, url: str, size: tuple[int, int, int]) -> Page:
    width, height, scale = size
    page = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale
    ).new_page()
    page.add_init_script(path=ROOT / "bench" / "_avatar_page.js")
    page.goto(f"{url}/avatar-sheet")
    page.locator("[data-mouth]").wait_for()
    # Only she herself: the sheet below stands still and would only slow the page's start.
    page.add_style_tag(content=".avatar-sheet > figure { display: none }")
    return page


def measure_lips(browser: Browser, url: str, wav: Path) -> dict[str, Any]:
    """Play the speech once; return the figures of Aila's mouth and of the naive one."""
    page = _open(browser, url, SIZES["laptop"])
    page.get_by_label("Speak a sound file").set_input_files(wav)
    page.wait_for_function("window.avatarWatch.ended", timeout=180_000)
    rows = np.array(page.evaluate("window.avatarWatch.rows"))
    speech = [(a / 1000, b / 1000) for a, b in page.evaluate("window.avatarWatch.speech")]
    page.context.close()
    times_s = rows[:, 0] / 1000
    return {
        "aila": lips(times_s, rows[:, 1], speech),
        "naive": lips(times_s, rows[:, 2], speech),
        "frames_per_s": round(len(rows) / float(times_s[-1] - times_s[0]), 1),
    }


def measure_frames(browser: Browser, url: str, wav: Path, size: str, slow_down: int) -> dict[str, Any]:
    """Let her speak for eight seconds; return frames a second and the main thread's CPU time a frame."""
    page = _open(browser, url, SIZES[size])
    devtools = page.context.new_cdp_session(page)
    # The main thread's own CPU time: what others take from the machine does not count.
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.get_by_label("Speak a sound file").set_input_files(wav)
    page.wait_for_function("window.avatarWatch.rows.length > 60")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slow_down})
    page.wait_for_timeout(1_000)
    page.evaluate("window.avatarWatch.frame_ms.length = 0")
    before = _main_thread_s(devtools)
    page.wait_for_timeout(8_000)
    after = _main_thread_s(devtools)
    frames = page.evaluate("window.avatarWatch.frame_ms")
    page.context.close()
    gaps = [b[0] - a[0] for a, b in itertools.pairwise(frames)]
    return {
        "frames_per_s": round(1000 * len(gaps) / sum(gaps), 1),
        "gap_p95_ms": round(float(np.percentile(gaps, 95)), 1),
        "script_p50_ms": round(statistics.median(f[1] for f in frames), 2),
        "main_thread_ms_a_frame": {
            name: round(1000 * (after[name] - before[name]) / len(frames), 2) for name in MAIN_THREAD
        },
    }


def _main_thread_s(devtools: Any) -> dict[str, float]:
    metrics = {m["name"]: float(m["value"]) for m in devtools.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[metric] for name, metric in MAIN_THREAD.items()}


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium is installed: run `make setup-test`")
    if not (DIST / "index.html").is_file():
        raise SystemExit("the web client is not built: run `npm run build` in web_client/")
    with tempfile.TemporaryDirectory() as folder, served_client() as url, sync_playwright() as playwright:
        wav = Path(folder) / "aila.wav"
        speak(wav)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        result: dict[str, Any] = {"lips": measure_lips(browser, url, wav), "frames": {}}
        for size in SIZES:
            for slow_down in SLOW_DOWNS:
                result["frames"][f"{size}, {slow_down}x"] = measure_frames(browser, url, wav, size, slow_down)
        browser.close()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    _print(result)


def _print(result: dict[str, Any]) -> None:
    print(f"lips, {result['lips']['aila']['onsets']} onsets, {result['lips']['frames_per_s']} frames/s")
    print(f"  {'mouth':<8}{'opens p50':>10}{'p95':>7}{'closes p50':>12}{'p95':>7}{'open in silence':>17}")
    for name in ("aila", "naive"):
        row = result["lips"][name]
        opening, closing = row["opening_ms"], row["closing_ms"]
        print(
            f"  {name:<8}{opening.get('p50', '-'):>7} ms{opening.get('p95', '-'):>7}"
            f"{closing.get('p50', '-'):>9} ms{closing.get('p95', '-'):>7}{row['open_in_silence']:>16.1%}"
            f"   never opened {row['never_opened']}, never closed {row['never_closed']}"
        )
    print(f"frames\n  {'':<14}{'frames/s':>9}{'gap p95':>10}{'script p50':>12}{'main thread a frame':>22}")
    for name, row in result["frames"].items():
        main = row["main_thread_ms_a_frame"]
        print(
            f"  {name:<14}{row['frames_per_s']:>9}{row['gap_p95_ms']:>7} ms{row['script_p50_ms']:>9} ms"
            f"{main['all']:>12} ms (script {main['script']}, style {main['style']}, layout {main['layout']})"
        )


if __name__ == "__main__":
    main()
