from __future__ import annotations

from flask import Blueprint, Flask
from sqlalchemy import text

from clinic_app.database import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show() -> tuple[dict[str, str], int]:
    """Whether requests can be served: the database answers and its tables are there."""
    db.session.execute(text("SELECT id FROM clinic LIMIT 1"))
    return {"status": "ready"}, 200


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
