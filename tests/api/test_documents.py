"""The document of the interface names every address, and the committed OpenAPI file is the api's own."""

import json
import re
from pathlib import Path

import pytest

from tests.api.conftest import Api

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_address_is_in_the_document(api: Api):
    document = (REPOSITORY / "docs" / "api.md").read_text()
    addresses = {re.sub(r"\{\w+\}", "{id}", path) for path in api.app.openapi()["paths"]}
    assert sorted(address for address in addresses if address not in document) == []


def test_the_committed_openapi_file_is_current(api: Api):
    committed = json.loads((REPOSITORY / "web_client" / "openapi.json").read_text())
    assert committed == json.loads(json.dumps(api.app.openapi())), "run python scripts/write_openapi.py"


@pytest.mark.parametrize("word", ["reject", "fail the candidate"])
def test_nothing_in_the_interface_turns_anybody_away(api: Api, word: str):
    values = [
        value
        for schema in api.app.openapi()["components"]["schemas"].values()
        for field in schema.get("properties", {}).values()
        for value in field.get("enum", ())
    ]
    assert word not in values
