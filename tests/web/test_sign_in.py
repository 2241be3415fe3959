"""Signing in: nothing is told to strangers, and nobody is sent to another site."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from tinyhtml5 import parse

from clinic_app import create_app
from clinic_app.database import db
from clinic_app.models import Account
from tests.cast import PASSWORD, Cast, email, sign_in
from tests.pages import HTML
from tests.settings import config

REFUSED = "That e-mail and password do not match."


def words(page: str) -> str:
    """What a person reads on the page."""
    main = next(parse(page).iter(f"{HTML}main"))
    return " ".join("".join(main.itertext()).split())


def test_a_wrong_password_and_an_unknown_person_look_the_same(app: Flask, cast: Cast) -> None:
    wrong = app.test_client().post("/sign-in", data={"email": email("Clara"), "password": "not the password at all"})
    unknown = app.test_client().post("/sign-in", data={"email": "nobody@clinic.example", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code
    assert REFUSED in wrong.text
    assert words(wrong.text) == words(unknown.text)
    what_differs = r"[a-z]+@clinic\.example|(?<=csrf_token\" value=\")[^\"]+"
    pages = [re.sub(what_differs, "", answer.text) for answer in (wrong, unknown)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("address", "password"),
    [("", ""), (email("Clara"), ""), ("", PASSWORD), ("not an address", PASSWORD), (email("Clara"), PASSWORD + " ")],
)
def test_anything_else_is_refused_in_the_same_words(app: Flask, cast: Cast, address: str, password: str) -> None:
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": address, "password": password})
    assert REFUSED in answer.text
    assert password not in answer.text or not password, "the password came back in the page"
    assert client.get("/staff/today").status_code == 303


def test_an_inactive_account_is_refused_in_the_same_words(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(Account, cast.clinician).active = False
        db.session.commit()
    client = app.test_client()
    answer = client.post("/sign-in", data={"email": email("Clara"), "password": PASSWORD})
    assert REFUSED in answer.text
    assert client.get("/staff/today").status_code == 303


def test_an_account_that_becomes_inactive_is_out_at_once(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    assert clara.get("/staff/today").status_code == 200
    with app.app_context():
        db.session.get_one(Account, cast.clinician).active = False
        db.session.commit()
    assert clara.get("/staff/today").status_code == 303


def test_sessions_end_when_their_mark_changes(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    with app.app_context():
        db.session.get_one(Account, cast.clinician).fs_uniquifier = "another mark"
        db.session.commit()
    assert clara.get("/staff/today").status_code == 303


def test_the_wanted_page_comes_after_the_sign_in(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    wanted = f"/staff/patients/{cast.patient}"
    door = client.get(wanted)
    assert door.status_code == 303
    page = client.get(door.location)
    action = next(parse(page.text).iter(f"{HTML}form")).get("action") or ""
    answer = client.post(action, data={"email": email("Clara"), "password": PASSWORD})
    assert answer.location.endswith(wanted)
    assert "Ada Example" in client.get(answer.location).text


def test_a_search_is_wanted_with_its_words(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    page = client.get("/staff/patients?q=Ada&x=1", follow_redirects=True)
    action = next(parse(page.text).iter(f"{HTML}form")).get("action") or ""
    answer = client.post(action, data={"email": email("Clara"), "password": PASSWORD})
    assert answer.location.endswith("/staff/patients?q=Ada&x=1")


def test_a_form_that_was_sent_by_a_stranger_is_not_sent_again(app: Flask, cast: Cast) -> None:
    answer = app.test_client().post("/staff/patients", data={"name": "Mallory"})
    assert answer.status_code == 303
    assert "next" not in answer.location


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "https:evil.example",
        "http:///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "\x00//evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "//evil.example%2f..",
    ],
)
@pytest.mark.parametrize("place", ["address", "form"])
def test_nobody_is_sent_to_another_site(app: Flask, cast: Cast, elsewhere: str, place: str) -> None:
    client = app.test_client()
    form = {"email": email("Clara"), "password": PASSWORD}
    if place == "form":
        answer = client.post("/sign-in", data={**form, "next": elsewhere})
    else:
        answer = client.post("/sign-in", query_string={"next": elsewhere}, data=form)
    if answer.status_code == 200:
        return  # refused to sign in with such an address: nobody goes anywhere
    # As a browser reads it: a backslash is a slash, tabs and line breaks are nothing.
    location = answer.location.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "").strip()
    target = urlsplit(urljoin("http://localhost/sign-in", location))
    assert (target.scheme, target.netloc) == ("http", "localhost"), answer.location


def test_somebody_signed_in_is_not_sent_away_either(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    answer = clara.get("/sign-in?next=//evil.example")
    assert "evil" not in answer.headers.get("Location", "")


def cookies(client: FlaskClient, **form: str) -> dict[str, str]:
    answer = client.post(
        "/sign-in", data={"email": email("Clara"), "password": PASSWORD, **form}, base_url="https://localhost"
    )
    return {line.partition("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(app: Flask, cast: Cast) -> None:
    cookie = cookies(app.test_client())["session"]
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie, "over plain http the browser would never send it back"


def test_over_https_the_cookie_belongs_to_this_host_alone(app: Flask, cast: Cast, tmp_path: Path) -> None:
    served = create_app(replace(config(tmp_path, app.config["SQLALCHEMY_DATABASE_URI"]), https=True))
    served.config["WTF_CSRF_ENABLED"] = False
    try:
        found = cookies(served.test_client(), remember="y")
    finally:
        served.extensions["render_pool"].close()
        with served.app_context():
            db.engine.dispose()
    session = found["__Host-session"]
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in session
    assert "Domain" not in session
    for flag in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert flag in found["remember_token"]


def test_the_cookie_holds_no_name(app: Flask, cast: Cast) -> None:
    clara = sign_in(app.test_client(), "Clara")
    cookie = clara.get_cookie("session")
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert cookie
    assert signer
    held = str(signer.loads(cookie.value))
    for private in ("Clara", "clara@", "Ada"):
        assert private not in held


def test_a_new_session_begins_at_the_sign_in(app: Flask, cast: Cast) -> None:
    """A cookie that somebody set before the sign-in is worth nothing after it."""
    client = app.test_client()
    client.get("/sign-in")
    planted = client.get_cookie("session")
    sign_in(client, "Clara")
    stranger = app.test_client()
    if planted:
        stranger.set_cookie("session", planted.value)
    assert stranger.get("/staff/today").status_code == 303
