"""What a WSGI server runs: `gunicorn wsgi:application`."""

import sys

from clinic_app import create_app
from clinic_app.emails.settings import SettingsError

BOOT_FAILED = 3  # gunicorn stops at it; at any other number it would start the process again and again

try:
    application = create_app()
except SettingsError as error:
    sys.stderr.write(f"Not started: {error}\n")
    raise SystemExit(BOOT_FAILED) from None
