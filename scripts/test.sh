#!/usr/bin/env bash
# The web client's tests, then everything under tests/. With arguments: pytest with these alone.
source "$(dirname "$0")/common.sh"
PYTEST="$VENV/bin/python -m pytest"

if [ $# -gt 0 ]; then exec $PYTEST "$@" </dev/null; fi

say "· web client: tests"
(cd web_client && npm test --silent -- --reporter=default </dev/null)
# Interviews take the time they take, and are not to be disturbed by tests that use all of the machine.
IN_REAL_TIME=(tests/e2e tests/agent tests/cli/test_up.py)
say "· pytest, side by side"
$PYTEST -n 2 --dist loadfile tests "${IN_REAL_TIME[@]/#/--ignore=}" --ignore=tests/browsers </dev/null
say "· pytest, in real time"
exec $PYTEST "${IN_REAL_TIME[@]}" </dev/null
