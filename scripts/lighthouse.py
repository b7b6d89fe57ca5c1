"""Lighthouse's marks for the pages of a running Aila: ``python scripts/lighthouse.py LINK [LINK …]``.

Lighthouse is fetched from npm, so neither the tests nor the benches run it. It simulates a phone on slow 4G
with a processor four times slower. Exit status 1 if accessibility is below 95 on any page.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LIGHTHOUSE = "lighthouse@12.8.2"
ACCESSIBLE = 0.95
CATEGORIES = ("accessibility", "best-practices", "performance")
TIMEOUT_S = 240


def marks(link: str, chromium: str) -> dict[str, Any]:
    """Return Lighthouse's report on one page."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                "npx",
                "--yes",
                LIGHTHOUSE,
                link,
                f"--only-categories={','.join(CATEGORIES)}",
                "--chrome-flags=--headless=new --no-sandbox",
                "--output=json",
                f"--output-path={report}",
                "--quiet",
            ],
            env={**os.environ, "CHROME_PATH": chromium},
            check=True,
            timeout=TIMEOUT_S,
        )
        return dict(json.loads(report.read_text()))


def main() -> None:
    """Print the marks of each page."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None or len(sys.argv) < 2:
        raise SystemExit("usage: scripts/lighthouse.py LINK [LINK …], with Chromium installed")
    failed = False
    for link in sys.argv[1:]:
        report = marks(link, chromium)
        scores = {name: report["categories"][name]["score"] for name in CATEGORIES}
        lcp = report["audits"]["largest-contentful-paint"]["displayValue"]
        # The link is a key: its end is not printed.
        print(f"{link[:40]}…  " + "  ".join(f"{n} {s:.0%}" for n, s in scores.items()) + f"  LCP {lcp}")
        for ref in report["categories"]["accessibility"]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if audit["score"] == 0:
                print(f"    {audit['title']}")
        failed |= scores["accessibility"] < ACCESSIBLE
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
