"""Writes the OpenAPI document that the web client's types are generated from; needs no server."""

import argparse
import json
import tempfile
from pathlib import Path

from api.app import create_app
from records.installation import Installation

TARGET = Path(__file__).resolve().parent.parent / "web_client" / "openapi.json"


def openapi_text() -> str:
    """Return the document as it is committed: sorted keys, two spaces."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Installation.open(Path(folder)))
        return json.dumps(app.openapi(), indent=2, sort_keys=True) + "\n"


def main() -> None:
    """Write the document, or with ``--check`` fail if the committed one is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the file is stale")
    check = parser.parse_args().check
    text = openapi_text()
    if not check:
        TARGET.write_text(text, encoding="utf-8")
        return
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{TARGET.name} is stale: run python scripts/write_openapi.py")


if __name__ == "__main__":
    main()
