"""Who may see a programme on this phone: a signed cookie for one address alone, asked at every request."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from clinic_app.database import utc_now
from clinic_app.models import PatientAddress
from clinic_app.services import addresses

KEPT = timedelta(days=30)  # a phone is opened once and then used for weeks; revoking the address ends it at once


def begin(response: Response, address: PatientAddress) -> None:
    """Let this browser see the programme of `address` from now on."""
    config = current_app.config["CLINIC"]
    response.set_cookie(
        _cookie_name(address.public_id),
        _signer().dumps(address.public_id),
        max_age=KEPT,
        path="/",
        secure=config.https,
        httponly=True,
        samesite="Lax",
    )


def end(response: Response, public_id: str) -> None:
    config = current_app.config["CLINIC"]
    response.delete_cookie(_cookie_name(public_id), path="/", secure=config.https, httponly=True, samesite="Lax")


def is_open(public_id: str) -> bool:
    """Whether this browser opened the address within the last 30 days."""
    try:
        opened: object = _signer().loads(
            request.cookies.get(_cookie_name(public_id), ""), max_age=int(KEPT.total_seconds())
        )
    except BadData:
        return False
    return opened == public_id


def address(public_id: str) -> PatientAddress:
    """The opened address of this request.

    A stranger is sent to the page that asks for the secret (a script gets 401); an address that was revoked or has
    run out answers with a page that says whom to call.
    """
    found = addresses.find(public_id) if is_open(public_id) else None
    if found is None:
        if request.method == "GET":
            abort(redirect(url_for("patient.landing", public_id=public_id), 303))
        abort(401)
    if not addresses.usable(found, utc_now()):
        abort(closed(found))
    return found


def closed(found: PatientAddress) -> Response:
    """The page of an address that leads nowhere any more. Only for whoever knows its secret."""
    state = "revoked" if found.revoked_at else "expired"
    return answer(render_template("patient/closed.html", state=state, clinic=found.programme.account.clinic), 410)


def answer(*parts: object) -> Response:
    response: Response = make_response(*parts)
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["CLINIC"].secret_key, salt="patient-page")


def _cookie_name(public_id: str) -> str:
    name = f"p-{public_id[:16]}" if public_id.isascii() and public_id.isalnum() else "p-"
    return f"__Host-{name}" if current_app.config["CLINIC"].https else name
