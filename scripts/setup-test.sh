#!/usr/bin/env bash
# Sets up what only the tests need: development packages, Chromium, PostgreSQL, a second voice, ffmpeg.
source "$(dirname "$0")/common.sh"

install_dev() {
  $VENV/bin/python -m pip install ${CI:+--quiet} --require-hashes --no-compile -r requirements/dev.lock
}

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

missing_tools() {
  has_chromium || echo chromium
  has_postgres || echo postgresql
  command -v espeak-ng >/dev/null || echo espeak-ng
  command -v ffmpeg >/dev/null || echo ffmpeg
}

install_tools() {
  local missing=$1
  command -v apt-get >/dev/null || fail "the tests need: $missing; install them and run this again"
  local as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo -n"
  say "· installing $missing …"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >/dev/null ||
    fail "apt-get update failed; install $missing yourself and run this again"
  # shellcheck disable=SC2086 — one word a package
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing \
    </dev/null >/dev/null || fail "apt-get could not install: $missing"
}

step development-packages "$(hash_of requirements/dev.lock)" install_dev
missing=$(missing_tools | tr '\n' ' ')
if [ -n "${missing// /}" ]; then install_tools "$missing"; fi
