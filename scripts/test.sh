#!/usr/bin/env bash
# Installs what tests need; then style, types and every test, on SQLite and PostgreSQL, in a real Chromium.
# Arguments go to pytest: scripts/test.sh -k dosage
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/environment.sh test
scripts/assets.sh
scripts/lint.sh
# Long files with few tests must not come last, when one process would wait for the other: no reordering.
# One PostgreSQL server for all test processes; it stops with this command, however that ends.
exec .venv/bin/python -m tests.postgres_server .venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder "$@"
