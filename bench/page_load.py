"""How soon a candidate sees the page of an invitation: ``python -m bench.page_load [--runs N] [--json]``.

The embedded stack is started; Chromium opens the demo invitation with an empty cache, over a throttled
network and with a slowed-down processor. The largest contentful paint (LCP, W3C) counts from the beginning of
the navigation. In the same run: without throttling, and without compression, so that ratios hold on a busy
machine.
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench-results" / "page_load.json"
LIMIT_MS = 2_500
RUNS = 5
SETTLES_MS = 2_000
PHONE = {"width": 390, "height": 844}
_WATCH = """
window.paints = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.paints.push([entry.startTime, entry.element?.textContent?.slice(0, 60) ?? '']);
  }
}).observe({ type: 'largest-contentful-paint', buffered: true });
"""


@dataclass(frozen=True)
class Condition:
    """A network and a processor."""

    name: str
    round_trip_ms: float = 0
    down_mbit_s: float = 0
    """0: not throttled."""
    up_mbit_s: float = 0
    cpu_slow_down: float = 1
    compressed: bool = True
    language: str = "en-GB"


CONDITIONS = (
    Condition("not throttled"),
    Condition("4G, 4x CPU", 170, 9, 9, 4),  # WebPageTest's 4G
    Condition("4G, 4x CPU, German", 170, 9, 9, 4, language="de-DE"),
    Condition("4G, 4x CPU, nothing compressed", 170, 9, 9, 4, compressed=False),
    Condition("slow 4G, 4x CPU", 150, 1.6, 0.75, 4),  # Lighthouse's
)


@contextmanager
def invitation(folder: Path) -> Iterator[str]:
    """Yield the link of a demo invitation on a freshly started stack."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "up", "--data", str(folder)],
        cwd=ROOT,
        env={**os.environ, "AILA_JOIN_LIMIT": "1000/minute"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        printed = ""
        for line in process.stdout or ():
            printed += line
            if "Ctrl-C stops everything" in line:
                break
        link = re.search(r"http\S+/i/\S+", printed)
        if link is None:
            raise SystemExit(f"aila up printed no invitation:\n{printed}")
        yield link[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def measure(browser: Browser, link: str, condition: Condition) -> dict[str, Any]:
    """Open the page once; return its LCP and first contentful paint (ms), and what was transferred (KB)."""
    context = browser.new_context(viewport=PHONE, locale=condition.language)  # type: ignore[arg-type]
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": condition.round_trip_ms,
            "downloadThroughput": condition.down_mbit_s * 125_000 or -1,
            "uploadThroughput": condition.up_mbit_s * 125_000 or -1,
        },
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": condition.cpu_slow_down})
    if not condition.compressed:
        devtools.send("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": "identity"}})
    received: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.add_init_script(_WATCH)
    page.goto(link)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_timeout(SETTLES_MS)
    lcp_ms, what = page.evaluate("window.paints.at(-1)")
    fcp_ms = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return {"lcp_ms": lcp_ms, "fcp_ms": fcp_ms, "kb": sum(received) / 1024, "what": what}


def summary(condition: Condition, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the medians of a condition's runs."""
    lcp = [run["lcp_ms"] for run in runs]
    return {
        **asdict(condition),
        "lcp_ms": round(statistics.median(lcp)),
        "lcp_worst_ms": round(max(lcp)),
        "fcp_ms": round(statistics.median(run["fcp_ms"] for run in runs)),
        "transferred_kb": round(statistics.median(run["kb"] for run in runs)),
        "largest": runs[-1]["what"],
    }


def main() -> None:
    """Measure all conditions in turns, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each condition is measured")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium is installed: run `make setup-test`")
    with (
        tempfile.TemporaryDirectory() as folder,
        invitation(Path(folder) / "data") as link,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        measure(browser, link, CONDITIONS[0])  # the stack's own first time
        found: dict[str, list[dict[str, Any]]] = {condition.name: [] for condition in CONDITIONS}
        for _ in range(arguments.runs):
            for condition in CONDITIONS:
                found[condition.name].append(measure(browser, link, condition))
        browser.close()
    rows = [summary(condition, found[condition.name]) for condition in CONDITIONS]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps({"limit_ms": LIMIT_MS, "runs": arguments.runs, "rows": rows}, indent=1) + "\n"
    )
    if arguments.json:
        print(json.dumps(rows))
    else:
        _print(rows)


def _print(rows: list[dict[str, Any]]) -> None:
    base = rows[0]["lcp_ms"]
    print(f"{'':<32}{'LCP p50':>10}{'worst':>10}{'FCP':>10}{'ratio':>8}{'KB':>7}   limit {LIMIT_MS} ms")
    for row in rows:
        print(
            f"{row['name']:<32}{row['lcp_ms']:>7} ms{row['lcp_worst_ms']:>7} ms{row['fcp_ms']:>7} ms"
            f"{row['lcp_ms'] / base:>8.1f}{row['transferred_kb']:>7}"
        )


if __name__ == "__main__":
    main()
