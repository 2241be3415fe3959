"""The Flask extensions, made once and bound to the application in `create_app`."""

from __future__ import annotations

from flask_migrate import Migrate
from flask_security import Security
from flask_wtf.csrf import CSRFProtect

migrate = Migrate()
security = Security()
csrf = CSRFProtect()
