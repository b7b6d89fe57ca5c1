"""Runs the worker: ``python -m worker.main --data DIR``.

Prints ``ready`` when it takes work, and stops at SIGTERM or Ctrl-C after the running step.
"""

import argparse
import asyncio
import contextlib
import logging
import signal
from collections.abc import Sequence
from pathlib import Path

from livekit import api as livekit

from records import sessions
from records.database import Database
from records.errors import InstallationError
from records.installation import Installation
from worker.chores import keep_doing
from worker.endings import Endings
from worker.heartbeat import keep_beating
from worker.processing import Processing
from worker.retention import erase_due
from worker.settings import WorkerSettings
from worker.sweep import Pending, Sweep, keep_sweeping
from worker.watchdog import WaitingSession, Watchdog, keep_watching
from worker.workflows import Workflows


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m worker.main", description="Aila's durable workflows.")
    parser.add_argument(
        "--data", type=Path, default=None, help="data folder (default: AILA_DATA, else .aila)"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("dbos", "httpx", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        installation = Installation.open(arguments.data)
    except InstallationError as error:
        raise SystemExit(f"worker: {error}") from None
    settings = WorkerSettings()
    database = Database(installation.database_url)
    database.migrate()
    processing = Processing(installation, database)
    processing.load_models()
    workflows = Workflows(processing, installation.dbos_database_url, settings)
    workflows.start()
    try:
        asyncio.run(_serve(installation, database, workflows, settings))
    finally:
        workflows.stop()
        database.close()


async def _serve(
    installation: Installation, database: Database, workflows: Workflows, settings: WorkerSettings
) -> None:
    endings = Endings(database)
    sweep = Sweep(workflows, lambda: _pending(database, endings), settings)
    async with livekit.LiveKitAPI(
        settings.livekit_url, installation.livekit_key, installation.livekit_secret
    ) as client:
        watchdog = Watchdog(
            client, lambda: asyncio.to_thread(_waiting, database), settings, installation.run_dir
        )
        loops = [
            keep_sweeping(sweep, settings.sweep_s),
            keep_watching(watchdog, settings.watchdog_s),
            keep_doing(
                [
                    lambda: endings.end_abandoned(settings.abandon_after_s),
                    lambda: erase_due(database, installation),
                ]
            ),
            keep_beating(installation.run_dir),
        ]
        tasks = [asyncio.create_task(loop) for loop in loops]
        print("ready", flush=True)
        try:
            await _told_to_stop()
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with contextlib.suppress(asyncio.CancelledError):
                    await task


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def _pending(database: Database, endings: Endings) -> list[Pending]:
    endings.note_recorded()
    with database.reading() as session:
        return [Pending(found.id, found.revision) for found in sessions.pending_processing(session)]


def _waiting(database: Database) -> Sequence[WaitingSession]:
    with database.reading() as session:
        return [WaitingSession(s.id, s.room_name) for s in sessions.active_voice_sessions(session)]


if __name__ == "__main__":
    main()
