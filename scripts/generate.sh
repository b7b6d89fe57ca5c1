#!/usr/bin/env bash
# Writes the files that are generated from the code and committed.
source "$(dirname "$0")/common.sh"
$VENV/bin/python scripts/write_openapi.py
$VENV/bin/python scripts/write_configuration.py
$VENV/bin/python scripts/write_third_party.py
(cd web_client && npm run --silent types)
