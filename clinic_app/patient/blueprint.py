"""The patient's face: no accounts. An address and its secret open one programme and nothing else."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, request

blueprint = Blueprint("patient", __name__, url_prefix="/p")


@blueprint.before_request
def refuse_other_sites() -> None:
    """A form of another site is not ours. (There is no form token: a token would need a cookie for every stranger.)"""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        abort(403)
