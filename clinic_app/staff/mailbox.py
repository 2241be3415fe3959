"""The demo's mailbox: what would have been sent, for staff of a demo clinic. Everywhere else there is no such page."""

from __future__ import annotations

from pathlib import Path

from flask import Response, abort, current_app, render_template

from clinic_app.emails import mailbox
from clinic_app.emails.mailbox import Letter
from clinic_app.emails.settings import MailFolder
from clinic_app.staff.blueprint import account, blueprint


@blueprint.get("/mailbox", endpoint="mailbox")
def show_mailbox() -> str:
    return render_template("staff/mailbox/list.html", letters=mailbox.letters(_folder()))


@blueprint.get("/mailbox/<name>")
def mailbox_letter(name: str) -> str:
    """One message: its text, with links that can be followed."""
    return render_template("staff/mailbox/show.html", letter=_letter(name))


@blueprint.get("/mailbox/<name>/page")
def mailbox_page(name: str) -> Response:
    """The message as it was written, shown by itself under a policy that lets it run and load nothing."""
    return Response(_letter(name).page, mimetype="text/html")


@blueprint.get("/mailbox/<name>/file.pdf")
def mailbox_file(name: str) -> Response:
    found = mailbox.attached(_folder(), name)
    if found is None:
        abort(404)
    return Response(found, mimetype="application/pdf")


def _folder() -> Path:
    mail = current_app.config["CLINIC"].mail
    if not isinstance(mail, MailFolder) or not account().clinic.is_demo:
        abort(404)
    return mail.path


def _letter(name: str) -> Letter:
    found = mailbox.letter(_folder(), name)
    if found is None:
        abort(404)
    return found
