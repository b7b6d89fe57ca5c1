#!/usr/bin/env bash
# Candidates' pages in other browsers than Chromium; a browser that is not installed is skipped, and said so.
# Debian and Ubuntu: apt-get install firefox-esr (or firefox) webkit2gtk-driver xvfb
source "$(dirname "$0")/common.sh"

install_drivers() {
  $VENV/bin/python -m pip install ${CI:+--quiet} --require-hashes --no-compile -r requirements/browsers.lock
}

step browser-drivers "$(hash_of requirements/browsers.lock)" install_drivers
exec $VENV/bin/python -m pytest tests/browsers -rs "$@" </dev/null
