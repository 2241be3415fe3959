"""The demo's mailbox can be read by staff of the demo clinic, and by nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clinic_app.database import db
from clinic_app.emails import mailbox
from clinic_app.emails.handout_mail import compose
from clinic_app.emails.settings import MailFolder
from clinic_app.models import Account
from clinic_app.web.headers import MAIL_POLICY
from tests.a_mail import URL, handout_mail
from tests.cast import Cast, sign_in
from tests.mail_servers import SENDER

PATHS = ("/staff/mailbox", "/staff/mailbox/{name}", "/staff/mailbox/{name}/page", "/staff/mailbox/{name}/file.pdf")


@pytest.fixture
def demo(app: Flask, cast: Cast) -> str:
    """Harbour is a demo with one message in its mailbox; the name of that message."""
    config = app.config["CLINIC"]
    folder = config.data / "mailbox"
    app.config["CLINIC"] = replace(config, mail=MailFolder(folder, SENDER))
    mailbox.put(compose(handout_mail(pdf=b"%PDF-1.7 made")), folder, lambda: None)
    with app.app_context():
        db.session.get_one(Account, cast.clinician).clinic.is_demo = True
        db.session.commit()
    (letter,) = mailbox.letters(folder)
    return letter.name


def test_staff_of_the_demo_read_it(app: Flask, demo: str) -> None:
    clara = sign_in(app.test_client(), "Clara")
    listed = clara.get("/staff/mailbox")
    assert "Your exercises from Harbour Physiotherapy" in listed.text
    assert "ada@post.example" in listed.text
    shown = clara.get(f"/staff/mailbox/{demo}")
    assert f'href="{URL}"' in shown.text
    assert "Hello Ada," in shown.text
    assert clara.get(f"/staff/mailbox/{demo}/file.pdf").data == b"%PDF-1.7 made"


def test_the_message_itself_runs_and_loads_nothing(app: Flask, demo: str) -> None:
    app.test_client_class = FlaskClient  # ours refuses a page with inline styles, which messages must have
    answer = sign_in(app.test_client(), "Clara").get(f"/staff/mailbox/{demo}/page")
    assert answer.headers["Content-Security-Policy"] == MAIL_POLICY
    assert MAIL_POLICY.startswith("sandbox ")
    for allowed in ("allow-scripts", "allow-same-origin", "allow-forms", "script-src", "img-src"):
        assert allowed not in MAIL_POLICY
    assert "default-src 'none'" in MAIL_POLICY
    assert "<h1" in answer.text


def test_another_clinic_has_no_mailbox(app: Flask, demo: str) -> None:
    nora = sign_in(app.test_client(), "Nora")
    for path in PATHS:
        assert nora.get(path.format(name=demo)).status_code == 404, path


def test_without_the_folder_there_is_no_mailbox(app: Flask, demo: str) -> None:
    clara = sign_in(app.test_client(), "Clara")
    app.config["CLINIC"] = replace(app.config["CLINIC"], mail=None)
    for path in PATHS:
        assert clara.get(path.format(name=demo)).status_code == 404, path


def test_no_such_message(app: Flask, demo: str) -> None:
    clara = sign_in(app.test_client(), "Clara")
    for name in ("0" * 24, "..", "x"):
        for path in PATHS[1:]:
            assert clara.get(path.format(name=name)).status_code == 404, path
    missing = clara.get(f"/staff/mailbox/{'0' * 24}/page")
    assert "'self'" in missing.headers["Content-Security-Policy"], "the page that says so is one of ours"


def test_an_empty_mailbox_says_so(app: Flask, demo: str) -> None:
    config = app.config["CLINIC"]
    app.config["CLINIC"] = replace(config, mail=MailFolder(config.data / "empty", SENDER))
    assert "No e-mail yet" in sign_in(app.test_client(), "Clara").get("/staff/mailbox").text
