#!/usr/bin/env bash
# Style, templates and types. Every check is run, so that one run shows all there is to mend;
# `make format` mends what a machine can.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
PATH="$PWD/.venv/bin:$PATH"

failed=()
check() {
    "$@" || failed+=("$*")
}

check ruff check --quiet .
check ruff format --quiet --check .
# Rules only: the formatter moves spaces between inline elements, and those spaces are printed.
check djlint --quiet --lint templates
check djlint --quiet --lint --ignore H020,H021 pdf_templates # measured widths stand in styles there, and empty cells keep their place
check mypy

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}" >&2
    exit 1
fi
