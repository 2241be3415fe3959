"""What a WSGI server runs: `gunicorn wsgi:application`."""

from clinic_app import create_app

application = create_app()
