from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.models import Protocol
from clinic_app.staff import summaries
from clinic_app.staff.blueprint import account, blueprint


@blueprint.get("/protocols", endpoint="protocols")
def list_protocols() -> str:
    query = (
        select(Protocol).where(Protocol.clinic_id == account().clinic_id).order_by(Protocol.state.desc(), Protocol.id)
    )
    return render_template(
        "staff/protocols/list.html",
        protocols=list(db.session.scalars(query)),
        tiles={tile.slug: tile for tile in summaries.protocol_tiles(account())},
    )
