"""The clinic handout service."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore
from sqlalchemy.engine import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from clinic_app import cli, models, patient, staff, web
from clinic_app.config import ROOT, Config, from_environment
from clinic_app.database import db, plain_type, prepare_engine
from clinic_app.extensions import csrf, migrate
from clinic_app.places import MIGRATIONS, TEMPLATES
from clinic_app.rendering.pool import Pool
from clinic_app.storage import Storage

__all__ = ["ROOT", "create_app"]

SESSION_LENGTH = timedelta(hours=12)
LARGEST_REQUEST = 12 * 1024 * 1024  # bytes; a logo of 10 MB and its form


def create_app(config: Config | None = None) -> Flask:
    """The service as a WSGI application. Wiring only: every rule lives elsewhere."""
    config = config or from_environment()
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.config.update(
        CLINIC=config,
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # an error in the log names no patient
        TESTING=config.testing,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session; an editor may stay open over lunch
        WTF_CSRF_SSL_STRICT=False,  # it reads the Referer, which our pages tell browsers not to send
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        PERMANENT_SESSION_LIFETIME=SESSION_LENGTH,
        SESSION_COOKIE_NAME="__Host-session" if config.https else "session",
        SESSION_COOKIE_SECURE=config.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),  # every static address carries a digest of its file
        **web.sign_in.settings(config),
    )
    if config.trusted_proxies:  # without any, an X-Forwarded-For is what a stranger made up
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=0)  # type: ignore[method-assign]
    db.init_app(app)
    with app.app_context():
        engine: Engine = db.engine
        prepare_engine(engine)
    migrate.init_app(
        app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True, render_item=plain_type
    )
    csrf.init_app(app)
    csrf.exempt(patient.blueprint)  # it has its own check, which needs no cookie
    # One for each application: it keeps what is registered on it, and with that the application.
    Security(app, SQLAlchemyUserDatastore(db, models.Account, RoleMixin), register_blueprint=True)
    app.extensions["storage"] = Storage(config.data / "files")
    app.extensions["render_pool"] = Pool(size=config.render_processes, timeout=config.render_timeout)
    web.init_app(app)
    app.register_blueprint(staff.blueprint)
    app.register_blueprint(patient.blueprint)
    cli.init_app(app)
    return app
