"""Which browser the tests drive, and how it is started."""

from __future__ import annotations

import shutil

# Tests run as root in containers, where Chromium's own sandbox cannot start; only our own pages are opened.
# The rest keeps Chromium from asking its maker's hosts for anything.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """The path of Chromium. Raises RuntimeError when there is none: a browser test is never skipped silently."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    raise RuntimeError("No Chromium on this machine: apt-get install chromium.")
