#!/usr/bin/env bash
# Runs every benchmark of bench/; the figures go to the terminal and, as JSON, to bench-results/.
source "$(dirname "$0")/common.sh"
mkdir -p bench-results
shopt -s nullglob
for file in bench/*.py; do
  name=$(basename "$file" .py)
  case $name in __init__ | _*) continue ;; esac
  grep -q '__main__' "$file" || continue
  say "· $name"
  $VENV/bin/python -m "bench.$name" </dev/null
done
