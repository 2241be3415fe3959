"""The demo's mailbox, for somebody who is signed in: Harbour is a demo while its screens are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Flask

from clinic_app.database import db
from clinic_app.emails import mailbox
from clinic_app.emails.handout_mail import compose
from clinic_app.emails.settings import MailFolder
from clinic_app.models import Account
from tests.a_mail import CHANGES, handout_mail
from tests.browser.person import Person
from tests.cast import Cast
from tests.mail_servers import SENDER


def mailbox_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    config = app.config["CLINIC"]
    folder = config.data / "mailbox"
    app.config["CLINIC"] = replace(config, mail=MailFolder(folder, SENDER))
    _is_demo(app, cast, to=True)
    person.go("/staff/mailbox")
    yield "mailbox, empty"
    mailbox.put(compose(handout_mail(edition=2, changes=CHANGES, pdf=b"%PDF-1.7")), folder, lambda: None)
    (letter,) = mailbox.letters(folder)
    for name, address in (("mailbox", "/staff/mailbox"), ("mailbox, a message", f"/staff/mailbox/{letter.name}")):
        person.go(address)
        yield name
    # The mail itself, outside the sandbox that its frame stands in: no script runs there, axe-core's neither.
    # A reader of mail puts it into a landmark of its own.
    mail = person.tab.context.request.get(f"/staff/mailbox/{letter.name}/page").text()
    person.go("about:blank")
    person.tab.set_content(mail)
    person.tab.evaluate("document.body.innerHTML = `<main>${document.body.innerHTML}</main>`")
    yield "the patient's e-mail"
    _is_demo(app, cast, to=False)
    app.config["CLINIC"] = config


def _is_demo(app: Flask, cast: Cast, *, to: bool) -> None:
    with app.app_context():
        db.session.get_one(Account, cast.clinician).clinic.is_demo = to
        db.session.commit()
