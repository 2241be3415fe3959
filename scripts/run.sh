#!/usr/bin/env bash
# Sets everything up, then serves on http://127.0.0.1:$PORT until Ctrl-C. Data lives under $CLINIC_DATA.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/environment.sh run
scripts/assets.sh

export FLASK_APP=wsgi PORT="${PORT:-8000}" CLINIC_DATA="${CLINIC_DATA:-instance}"
# Without a mail server the demo keeps its e-mail in a folder, which staff read under /staff/mailbox.
[ -n "${CLINIC_SMTP_HOST:-}" ] || export CLINIC_MAILBOX="${CLINIC_MAILBOX:-yes}"
.venv/bin/flask db upgrade --directory migrations
.venv/bin/flask catalogue index
.venv/bin/flask demo prepare
echo "Serving on http://127.0.0.1:$PORT (Ctrl-C stops)"
# exec: the server takes the place of this script, so that every signal reaches it.
exec .venv/bin/gunicorn --config gunicorn.conf.py wsgi:application
