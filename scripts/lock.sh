#!/usr/bin/env bash
# Writes the locks anew: exact versions and hashes, no address of any registry.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/environment.sh test
[ -x .cache/uv/bin/uv ] || python3 -m venv .cache/uv
.cache/uv/bin/python -m pip install -qq --disable-pip-version-check uv==0.13.9
for level in run test; do
    .cache/uv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
        --python-version 3.11 "requirements/$level.in" --output-file "requirements/$level.txt"
done
npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --no-update-notifier --loglevel=error
.venv/bin/python -m pytest -q tests/guards/test_repository.py
