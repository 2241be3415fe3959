#!/usr/bin/env bash
# Front-end files and fonts, from package-lock.json into git-ignored folders. Nothing to do: a fraction of a second.
set -euo pipefail
cd "$(dirname "$0")/.."

exec 9>.cache/assets.lock # `make run` and `make test` may be started side by side
flock 9

stamp=.cache/assets-from
wanted=$(cat package-lock.json scripts/assets.sh scripts/assets.py scripts/print_fonts.py | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && [ -d clinic_app/static/vendor ] && [ -d clinic_app/rendering/fonts ] && [ -d node_modules ]; then
    exit
fi

echo "Installing the front-end files and fonts"
npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
.venv/bin/python scripts/assets.py
.venv/bin/python scripts/print_fonts.py >/dev/null
echo "$wanted" >"$stamp"
