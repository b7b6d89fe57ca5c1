"""A file whose age tells that the worker lives; the api's readiness looks at it."""

import asyncio
import json
import os
from pathlib import Path

HEARTBEAT_S = 2.0
FILE_NAME = "worker.heartbeat"


def beat(path: Path) -> None:
    """Write the heartbeat, whole or not at all."""
    temporary = path.with_suffix(".heartbeat-new")
    temporary.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")
    temporary.replace(path)


async def keep_beating(run_dir: Path) -> None:
    """Write the heartbeat every two seconds, and remove it when cancelled."""
    path = run_dir / FILE_NAME
    try:
        while True:
            await asyncio.to_thread(beat, path)
            await asyncio.sleep(HEARTBEAT_S)
    finally:
        path.unlink(missing_ok=True)
