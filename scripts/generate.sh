#!/usr/bin/env bash
# Writes the files that are generated from the code and committed.
source "$(dirname "$0")/common.sh"
PYTHONPATH=. $VENV/bin/python scripts/write_openapi.py
PYTHONPATH=. $VENV/bin/python scripts/write_configuration.py
PYTHONPATH=. $VENV/bin/python scripts/write_schemas.py
PYTHONPATH=. $VENV/bin/python scripts/write_example_vectors.py
PYTHONPATH=. $VENV/bin/python scripts/write_third_party.py
(cd web_client && npm run --silent types)
