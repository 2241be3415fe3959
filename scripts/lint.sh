#!/usr/bin/env bash
# Style, templates and types. `make format` mends what can be mended by machine.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

ruff check .
ruff format --check .
djlint --quiet --lint templates pdf_templates
djlint --quiet --check templates
mypy
