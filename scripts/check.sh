#!/usr/bin/env bash
# Formatting, types, import rules, and the web client's own types and lint.
source "$(dirname "$0")/common.sh"

say "· ruff"
$VENV/bin/ruff check --quiet .
$VENV/bin/ruff format --check --quiet .
say "· mypy"
$VENV/bin/mypy --no-error-summary agent api $(compgen -G "bench/*.py" || true) cli language question_bank records scoring worker scripts
say "· import rules"
imports=$($VENV/bin/lint-imports --no-cache) || fail "$imports"
say "· generated files"
PYTHONPATH=. $VENV/bin/python scripts/write_openapi.py --check
PYTHONPATH=. $VENV/bin/python scripts/write_configuration.py --check
PYTHONPATH=. $VENV/bin/python scripts/write_schemas.py --check
PYTHONPATH=. $VENV/bin/python scripts/write_example_vectors.py --check
say "· web client: types, lint"
(cd web_client && npm run --silent check)
