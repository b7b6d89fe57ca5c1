"""``aila up``: the whole embedded stack in the foreground."""

import asyncio
import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from api.branding.brand import Brand, brand_of
from api.branding.errors import BrandError
from api.settings import ApiSettings
from cli import lan, livekit_server, local_certificate, ports
from cli.errors import AlreadyRunning, CliError, ServiceFailed
from cli.settings import CliSettings
from cli.stack import Ports, Stack, wait_for
from cli.supervisor import Supervisor
from records import accounts, demo, invitations
from records.database import Database
from records.errors import RecordsError
from records.installation import Installation

API_PORT = 8000
LIVEKIT_PORT = 7880
DEMO_CANDIDATE = "Demo Candidate"
DEMO_VALID = timedelta(days=7)
LOCK_PATIENCE_S = 8.0
ALL_READY_TIMEOUT_S = 60.0
LONGEST_SOCKET_PATH = 100


def up(
    port: Annotated[
        int | None, typer.Option(help="Port of pages and interface (8000, or a free one).")
    ] = None,
    livekit_port: Annotated[
        int | None, typer.Option(help="First of livekit-server's three ports (7880, or free ones).")
    ] = None,
    with_demo: Annotated[
        bool, typer.Option("--demo/--no-demo", help="Prepare a demo candidate's link.")
    ] = True,
    on_lan: Annotated[
        bool,
        typer.Option("--lan/--no-lan", help="Serve HTTPS on the local network, for phones; prints a code."),
    ] = False,
    data: Annotated[Path | None, typer.Option(help="Data folder (AILA_DATA, else .aila).")] = None,
) -> None:
    """Run all of Aila on this machine until Ctrl-C."""
    settings = CliSettings()
    try:
        installation = Installation.open(data)
        _require_short_paths(installation)
        _tell_of_brand(brand_of(installation.data_dir))
        with _only_one(installation) as lock:
            server = livekit_server.find_or_install(settings.livekit_server)
            if on_lan:
                settings = settings.model_copy(update={"host": settings.lan_address or lan.own_address()})
            stack = _make_stack(
                installation,
                server,
                settings,
                port or settings.port,
                livekit_port or settings.livekit_port,
                on_lan,
            )
            asyncio.run(_serve(stack, lock, with_demo))
    except (CliError, RecordsError, BrandError) as error:
        typer.echo(f"aila up: {error}", err=True)
        raise typer.Exit(1) from None


def _tell_of_brand(brand: Brand) -> None:
    for note in brand.colours.notes if brand.colours else ():
        typer.echo(f"the brand's colour: {note}")


def _make_stack(
    installation: Installation,
    server: Path,
    settings: CliSettings,
    api_port: int | None,
    livekit_port: int | None,
    on_lan: bool,
) -> Stack:
    chosen = Ports(
        api=ports.choose(api_port, API_PORT, what="the pages", host=settings.host),
        livekit=ports.choose(
            livekit_port, LIVEKIT_PORT, ports.LIVEKIT_PROTOCOLS, what="livekit-server", host="127.0.0.1"
        ),
        agent=ports.any_free(),
    )
    if api_port is None and chosen.api != API_PORT:
        typer.echo(f"port {API_PORT} is in use; pages are on {chosen.api}")
    if livekit_port is None and chosen.livekit != LIVEKIT_PORT:
        typer.echo(f"ports near {LIVEKIT_PORT} are in use; livekit-server is on {chosen.livekit}")
    if on_lan:
        certificate = local_certificate.for_address(installation, settings.host)
        return Stack(installation, server, chosen, settings.host, settings.host, None, certificate)
    public_url = ApiSettings().public_url
    return Stack(installation, server, chosen, settings.host, settings.livekit_node_ip, public_url)


async def _serve(stack: Stack, lock: int, with_demo: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    links = await asyncio.to_thread(_prepare, stack, with_demo)
    supervisor = Supervisor(stack.installation.logs_dir, typer.echo, keep_open=(lock,))
    await supervisor.open()
    state = stack.installation.run_dir / "up.json"
    try:
        starting = asyncio.create_task(_start_all(supervisor, stack))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not stopping.done():
            starting.result()
            _write_state(state, stack)
            for line in links:
                typer.echo(line)
            await supervisor.wait_failed_or(stopping)
            if not stopping.done():
                raise supervisor.failed.result()
        starting.cancel()
        typer.echo("stopping")
    finally:
        state.unlink(missing_ok=True)
        await supervisor.stop()
    typer.echo("stopped")


async def _start_all(supervisor: Supervisor, stack: Stack) -> None:
    services = stack.services()
    began_s = time.monotonic()
    for service in services:
        supervisor.start(service)

    async def announce(name: str) -> None:
        await supervisor.wait_ready(name)
        typer.echo(f"  {name:<10} ready after {time.monotonic() - began_s:.1f} s")

    typer.echo(f"starting {', '.join(service.name for service in services)}")
    await asyncio.gather(*(announce(service.name) for service in services))
    everything = stack.api_answers("/readyz")
    asked = stack.certificate is not None or stack.host in ("127.0.0.1", "0.0.0.0")
    if asked and not await wait_for(everything, ALL_READY_TIMEOUT_S):
        raise ServiceFailed(
            f"not everything is ready: see {stack.url}/readyz and {stack.installation.logs_dir}"
        )


def _prepare(stack: Stack, with_demo: bool) -> list[str]:
    """Bring the database up to date; return the lines to print when everything runs."""
    installation = stack.installation
    candidate_url: str | None = None
    database = Database(installation.database_url)
    try:
        database.migrate()
        with database.transaction() as session:
            password = accounts.ensure_first_admin(session)
            lines = ["", "Aila is running.", ""]
            if with_demo:
                demo.ensure_demo(session)
                _, token = invitations.create(
                    session, installation, demo.DEMO_POSITION, DEMO_CANDIDATE, DEMO_VALID
                )
                candidate_url = f"{stack.url}/i/{token}"
                lines.append(f"  candidate  {candidate_url}")
    finally:
        database.close()
    lines += [f"  recruiter  {stack.url}/recruiter", f"  studio     {stack.url}/studio", ""]
    if password is not None:
        lines += [
            f"  log in as  admin  with the password  {password}",
            "  (shown only this once; `aila user password admin` sets another)",
            "",
        ]
    if stack.certificate is not None:
        lines += lan.phone_lines(stack.url, f"{stack.url}/local-authority.crt", candidate_url)
    lines.append(
        f"Data in {installation.data_dir}, logs in {installation.logs_dir}. Ctrl-C stops everything."
    )
    return lines


def _write_state(path: Path, stack: Stack) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"pid": os.getpid(), "url": stack.url, "livekit_url": stack.livekit_url}))
    draft.replace(path)


@contextlib.contextmanager
def _only_one(installation: Installation) -> Iterator[int]:
    """Hold the data folder's lock; its descriptor is handed to the leash, which keeps it to the end."""
    path = installation.run_dir / "up.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take_lock(descriptor, installation)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def _take_lock(descriptor: int, installation: Installation) -> None:
    deadline_s = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode() or "unknown"
            # A killed supervisor's processes need a moment to end; one that lives keeps its folder.
            if (holder.isdigit() and _alive(int(holder))) or time.monotonic() > deadline_s:
                raise AlreadyRunning(
                    f"Aila already runs on {installation.data_dir} (process {holder}); stop that one, "
                    "or name another folder with --data"
                ) from None
            time.sleep(0.2)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _require_short_paths(installation: Installation) -> None:
    longest = str(installation.run_dir / "recogniser.sock")
    if len(os.fsencode(longest)) > LONGEST_SOCKET_PATH:
        raise CliError(
            f"the data folder's path is too long for sockets ({longest}); name a shorter one with --data"
        )
