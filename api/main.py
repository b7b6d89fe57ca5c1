"""Runs the api: ``python -m api.main --data DIR --host 127.0.0.1 --port N``."""

import argparse
import signal
import sys
from pathlib import Path

import uvicorn

from api.app import create_app
from api.branding.errors import BrandError
from api.settings import ApiSettings
from records.errors import InstallationError
from records.installation import Installation

KEEP_ALIVE_S = 5
SHUTDOWN_GRACE_S = 5
MAX_CONNECTIONS = 1_000


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m api.main", description="Aila's HTTP interface.")
    parser.add_argument(
        "--data", type=Path, default=None, help="data folder (default: AILA_DATA, else .aila)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--tls-chain", type=Path, default=None, help="serve HTTPS with this certificate")
    parser.add_argument("--tls-key", type=Path, default=None, help="the certificate's key")
    arguments = parser.parse_args()
    settings = ApiSettings()
    try:
        installation = Installation.open(arguments.data)
    except InstallationError as error:
        raise SystemExit(f"api: {error}") from None
    try:
        app = create_app(installation, settings)
    except (BrandError, InstallationError) as error:
        raise SystemExit(f"api: {error}") from None
    # uvicorn shuts down first and raises the signal again afterwards: a clean stop is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        app,
        host=arguments.host,
        port=arguments.port,
        ssl_certfile=arguments.tls_chain,
        ssl_keyfile=arguments.tls_key,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=settings.trusted_proxies is not None,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=SHUTDOWN_GRACE_S,
        limit_concurrency=MAX_CONNECTIONS,
        h11_max_incomplete_event_size=16_384,
    )


if __name__ == "__main__":
    main()
