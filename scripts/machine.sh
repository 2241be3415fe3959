#!/usr/bin/env bash
# What the machine must have: machine.sh run|test. Root: missing Debian packages are installed.
# Anyone else: one line says what to install. All is present: says nothing, takes a fraction of a second.
set -euo pipefail

level=$1
packages=() # Debian's names of what is missing

shared_library() { # by loading it, as WeasyPrint will: its file may stand anywhere
    python3 -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null
}

# Debian's python3 has `venv` but not the pip inside it until python3-venv is installed.
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3 python3-venv)
command -v npm >/dev/null || packages+=(npm)
shared_library libpango-1.0.so.0 || packages+=(libpango-1.0-0)
shared_library libpangoft2-1.0.so.0 || packages+=(libpangoft2-1.0-0)
shared_library libharfbuzz-subset.so.0 || packages+=(libharfbuzz-subset0)

if [ "$level" = test ]; then
    command -v git >/dev/null || packages+=(git)
    command -v chromium >/dev/null || packages+=(chromium)
    command -v redis-server >/dev/null || packages+=(redis-server)
    if [ -z "${TEST_POSTGRES_URL:-}" ]; then
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || packages+=(postgresql)
    fi
fi

if [ ${#packages[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "Missing on this machine. Please install it, then try again:  sudo apt-get install --no-install-recommends ${packages[*]}" >&2
        exit 1
    fi
    echo "Installing from Debian: ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt_get=(apt-get -o DPkg::Lock::Timeout=300 -qq)
    "${apt_get[@]}" update
    "${apt_get[@]}" install -y --no-install-recommends "${packages[@]}" >/dev/null
fi

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed, and python3 is $(python3 --version 2>&1)." >&2
    exit 1
fi
