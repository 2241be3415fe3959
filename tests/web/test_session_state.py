from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast, sign_in


def test_it_says_who_is_signed_in_and_to_a_stranger_nobody(app: Flask, cast: Cast) -> None:
    stranger, clara = app.test_client(), sign_in(app.test_client(), "Clara")
    assert stranger.get("/session").get_json()["account"] is None
    assert clara.get("/session").get_json()["account"] == cast.clinician


def test_its_token_opens_a_form_and_no_other_site_may_read_it(app: Flask, cast: Cast) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    clara = sign_in(app.test_client(), "Clara")
    app.config["WTF_CSRF_ENABLED"] = True
    typed = {"name": "Grace Hopper", "reference": "H-099"}
    assert clara.post("/staff/patients", data=typed).status_code == 400
    answer = clara.get("/session")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers
    token = answer.get_json()["token"]
    assert clara.post("/staff/patients", data={**typed, "csrf_token": token}).status_code == 303


def test_a_part_of_a_page_asked_for_by_a_stranger_is_refused_without_leading_away(app: Flask, cast: Cast) -> None:
    answer = app.test_client().get("/staff/today", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "You were signed out" in answer.text


@pytest.mark.parametrize(
    ("address", "headers"),
    [("/session", {}), ("/staff/exercises/1/moving.svg", {"Sec-Fetch-Dest": "image"})],
    ids=["who is signed in", "a picture"],
)
def test_what_an_open_page_asks_for_leaves_the_session_of_a_sign_in_page_alone(
    app: Flask, cast: Cast, address: str, headers: dict[str, str]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().get(address, headers=headers, follow_redirects=True)
    assert "Set-Cookie" not in answer.headers
