"""The end of a measurement: its figures printed, and stored under ``bench-results``."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RESULTS = Path("bench-results")


def publish(name: str, report: Mapping[str, Any], **unprinted: Any) -> None:
    """Print ``report`` line by line, and write it as ``name``.json together with what is not printed."""
    width = max(map(len, report))
    for key, value in report.items():
        print(f"{key:{width}} {value}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps({**report, **unprinted}, indent=1))
