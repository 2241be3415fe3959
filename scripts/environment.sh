#!/usr/bin/env bash
# Makes .venv from the hash-pinned lock: environment.sh run|test. Nothing to do: a fraction of a second.
set -euo pipefail
cd "$(dirname "$0")/.."

level=$1
scripts/machine.sh "$level"
mkdir -p .cache
exec 9>.cache/environment.lock # `make run` and `make test` may be started side by side
flock 9

# The folder is rebuilt when it was moved or its Python went away: its programs hold absolute paths.
here=$(.venv/bin/python -c 'import sys; print(sys.prefix)' 2>/dev/null || true)
if [ "$here" != "$PWD/.venv" ]; then
    echo "Making .venv"
    python3 -m venv --clear .venv
fi

stamp=.venv/installed-$level
wanted=$(cat requirements/run.txt "requirements/$level.txt" | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    echo "Installing requirements/$level.txt"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "requirements/$level.txt"
    echo "$wanted" >"$stamp"
fi
