"""The agent worker: ``python -m agent.main --data DIR``. LiveKit sends it one job per interview."""

import argparse
import asyncio
import logging
import os
import signal
from functools import partial
from pathlib import Path

from livekit.agents import AgentServer, JobProcess

from agent.job import entrypoint
from agent.ready_utterances import openings
from agent.settings import AgentSettings
from agent.speech.voice import VoiceClient
from question_bank.library import BankLibrary
from records.database import Database
from records.installation import Installation

AGENT_NAME = "aila"


def prepare_process(data_dir: str, process: JobProcess) -> None:
    """Tell a job's process where the installation is; what takes time is done before a candidate comes."""
    process.userdata["data_dir"] = data_dir
    installation = Installation.open(Path(data_dir))
    BankLibrary(installation.banks_dir).list()
    database = Database(installation.database_url)
    database.ping()
    database.close()


def load(interviews: int, server: AgentServer) -> float:
    """Return the share of this worker's places that are taken, in [0, 1].

    livekit-server passes a worker over from 0.7 on, whatever the worker's own threshold: so a full worker
    reports 0.7 and a free one less.
    """
    return min(1.0, 0.7 * len(server.active_jobs) / interviews)


def make_server(installation: Installation, settings: AgentSettings) -> AgentServer:
    """Return a worker for ``installation``, registered under the name :data:`AGENT_NAME`."""
    server = AgentServer(
        ws_url=settings.livekit_url,
        api_key=installation.livekit_key,
        api_secret=installation.livekit_secret,
        host="127.0.0.1",
        port=settings.agent_port,
        num_idle_processes=1,
        preload_modules=["agent.preload"],
        initialize_process_timeout=60.0,
        load_threshold=0.7,
        load_fnc=partial(load, settings.agent_interviews),
        setup_fnc=partial(prepare_process, str(installation.data_dir)),
        drain_timeout=2,
    )
    server.rtc_session(entrypoint, agent_name=AGENT_NAME)
    return server


async def prepare_openings(installation: Installation) -> None:
    """Have the opening of every bank ready to be said before the first candidate comes."""
    voice = VoiceClient(installation.run_dir / "voice.sock", installation.cache_dir / "voice")
    library = BankLibrary(installation.banks_dir)
    for summary in library.list():
        for text in openings(library.load(summary.id, summary.version)):
            await voice.prepare(text)


async def main(data_dir: Path | None) -> None:
    # The framework would load 244 MB of a turn detector of its own, which Aila does not use.
    os.environ.setdefault("LIVEKIT_AGENTS_PRELOAD_LOCAL_INFERENCE", "0")
    settings = AgentSettings()
    installation = Installation.open(data_dir)
    server = make_server(installation, settings)
    loop = asyncio.get_running_loop()
    running = asyncio.create_task(server.run())
    preparing = asyncio.create_task(prepare_openings(installation))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        running.result()
    preparing.cancel()
    await server.aclose()


if __name__ == "__main__":
    logging.basicConfig(level=os.environ.get("AILA_LOG_LEVEL", "INFO"))
    parser = argparse.ArgumentParser(description="Aila's agent worker")
    parser.add_argument("--data", type=Path, default=None)
    asyncio.run(main(parser.parse_args().data))
