#!/usr/bin/env bash
# The web client's tests, then everything under tests/; pytest's closing line comes last.
source "$(dirname "$0")/common.sh"

say "· web client: tests"
(cd web_client && npm test --silent -- --reporter=default </dev/null)
say "· pytest"
exec $VENV/bin/python -m pytest "$@" </dev/null
