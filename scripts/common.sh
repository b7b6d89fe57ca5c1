# Sourced by the other scripts: where things are, and how steps are shown and skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
VENV=.venv
STAMPS=$VENV/stamps

say() { printf '%s\n' "$*"; }

fail() { printf 'aila: %s\n' "$*" >&2; exit 1; }

# step NAME INPUT-HASH COMMAND…: runs the command unless it succeeded before with the same inputs.
step() {
  local name=$1 hash=$2 started=$SECONDS
  shift 2
  mkdir -p "$STAMPS"
  if [ "$(cat "$STAMPS/$name" 2>/dev/null)" = "$hash" ]; then return; fi
  say "· $name …"
  "$@"
  printf '%s' "$hash" > "$STAMPS/$name"
  say "  $name done in $((SECONDS - started)) s"
}

# hash_of FILE…: one hash over the files' names and contents; folders count with all they hold.
hash_of() {
  find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 2>/dev/null \
    | LC_ALL=C sort -z | xargs -0 cat -- /dev/null | cksum | tr ' ' '-'
}
