"""Protocols: the list, the editor, one's own copy, and what may be started from."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from clinic_app.database import db, utc_now
from clinic_app.dosage.session import minutes
from clinic_app.errors import Conflict, NotFound, NotReady
from clinic_app.models import Exercise, Programme, Protocol
from clinic_app.models.protocol import ProtocolState
from clinic_app.services import ours, protocol_content, protocol_doses, protocols
from clinic_app.services.protocol_content import Content
from clinic_app.staff import protocol_editor, summaries
from clinic_app.staff.blueprint import account, blueprint
from clinic_app.staff.forms.protocol import ProtocolForm
from clinic_app.web.fragments import is_fragment

SAID = {
    ProtocolState.PUBLISHED: "It is published: programmes can start from it.",
    ProtocolState.DRAFT: "It is a draft again. Nobody starts a programme from it meanwhile.",
    ProtocolState.ARCHIVED: "It is archived. Programmes that began with it stay as they are.",
}
PROTECTED = "This protocol is protected, and stays as it is. Saving makes your own copy of what stands here."


@blueprint.get("/protocols", endpoint="protocols")
def list_protocols() -> str:
    text = request.args.get("q", "").strip()[: protocol_content.LONGEST_NAME]
    archived = "archived" in request.args
    found = protocols.find(account(), text, archived=archived)
    template = "staff/protocols/rows.html" if is_fragment() else "staff/protocols/list.html"
    return render_template(
        template,
        protocols=found,
        uses=protocols.uses(account()),
        minutes={each.id: minutes([line.dosage for line in each.exercises]) for each in found},
        pictures={each.id: _pictures(each) for each in found},
        may_change={each.id: protocols.may_change(account(), each) for each in found},
        q=text,
        archived=archived,
    )


@blueprint.get("/protocols/new", endpoint="new_protocol_from_programme")
def new_protocol() -> str:
    """An empty editor, or what the programme of `?programme=` would be as a protocol. Nothing is stored yet."""
    content = protocol_editor.empty(account())
    sentences: tuple[str, ...] = ()
    if "programme" in request.args:
        programme = ours.fetch(Programme, request.args.get("programme", 0, type=int), account())
        content, sentences = protocol_content.from_programme(programme, account().clinic.today(utc_now()))
    return _editor(protocol_editor.first_form(account(), content), None, taken_over=sentences)


@blueprint.post("/protocols")
def create_protocol() -> ResponseReturnValue:
    return _sent(None)


@blueprint.get("/protocols/<int:protocol_id>", endpoint="protocol")
def edit_protocol(protocol_id: int) -> str:
    protocol = ours.fetch(Protocol, protocol_id, account())
    content = protocol_content.content_of(protocol)
    if not protocols.may_change(account(), protocol):
        readings = [protocol_doses.read(line.exercise, "", line.dosage) for line in content.lines]
        return render_template(
            "staff/protocols/show.html", protocol=protocol, content=content, readings=readings, **_about(protocol)
        )
    return _editor(protocol_editor.first_form(account(), content, protocol), protocol)


@blueprint.post("/protocols/<int:protocol_id>")
def save_protocol(protocol_id: int) -> ResponseReturnValue:
    return _sent(ours.fetch(Protocol, protocol_id, account(), lock=True))


@blueprint.post("/protocols/<int:protocol_id>/copies")
def copy_protocol(protocol_id: int) -> ResponseReturnValue:
    """Make one's own copy, which is a draft and not protected."""
    protocol = ours.fetch(Protocol, protocol_id, account())
    made = _created(lambda: protocols.copy(account(), protocol, _key()))
    flash("This is your own copy. The other protocol stays as it is.", "success")
    return redirect(url_for("staff.protocol", protocol_id=made), 303)


@blueprint.post("/protocols/<int:protocol_id>/state")
def set_protocol_state(protocol_id: int) -> ResponseReturnValue:
    protocol = ours.fetch(Protocol, protocol_id, account(), lock=True)
    wanted = request.form.get("state", "")
    if wanted not in set(ProtocolState):
        raise NotFound("There is no such state.")
    _set_state(protocol, ProtocolState(wanted), before="")
    return redirect(url_for("staff.protocol", protocol_id=protocol_id), 303)


@blueprint.get("/protocols/found")
def found_for_protocol() -> str:
    """The list below the editor's search box, as one types."""
    if not is_fragment():
        raise NotFound("This is a part of a page.")
    saves_to = request.args.get("to", 0, type=int)
    action = url_for("staff.save_protocol", protocol_id=saves_to) if saves_to else url_for("staff.create_protocol")
    return render_template("staff/protocols/found.html", action=action, **protocol_editor.found(account()))


@blueprint.get("/protocols/reading")
def dose_reading() -> str:
    """What the dose that is being typed for `exercise_id` means."""
    typed = next((value for name, value in request.args.items() if name.endswith("-dose")), None)
    if not is_fragment() or typed is None:
        raise NotFound("This is a part of a page.")
    exercise = ours.fetch(Exercise, request.args.get("exercise_id", 0, type=int), account())
    return render_template("staff/protocols/reading.html", reading=protocol_doses.read(exercise, typed))


def _sent(protocol: Protocol | None) -> ResponseReturnValue:
    """Carry out the button of the editor that was pressed."""
    form, words = protocol_editor.pressed(account())
    if protocol and not protocols.may_change(account(), protocol):  # somebody protected it meanwhile
        return _editor(form, None, unsaved=True, taken_over=(PROTECTED,)), 409
    looking = "look" in request.form or (request.form.get("action") == "enter" and request.form.get("find", "").strip())
    if words or looking:
        return _part(form, protocol, words) if is_fragment() else _editor(form, protocol, words, unsaved=True)
    content = protocol_editor.read(account(), form, protocol)
    if content is None:
        return _editor(form, protocol, unsaved=True), 422
    try:
        saved = _save(protocol, content, form)
    except Conflict:
        db.session.rollback()
        return _conflict(protocol, content, form), 409
    except NotReady as error:
        db.session.rollback()
        return _editor(form, protocol, unsaved=True, gaps=error.gaps), 422
    if request.form.get("action") == "publish":
        _set_state(ours.fetch(Protocol, saved, account(), lock=True), ProtocolState.PUBLISHED, before="Saved. ")
    else:
        flash("Saved.", "success")
    return redirect(url_for("staff.protocol", protocol_id=saved), 303)


def _save(protocol: Protocol | None, content: Content, form: ProtocolForm) -> int:
    if protocol is None:
        return _created(lambda: _protect(protocols.create(account(), content, form.key.data or _key()), form))
    version = request.form.get("version", 0, type=int)
    protocols.save(account(), protocol, version, content)
    key = _protect(protocol, form).id
    db.session.commit()
    return key


def _protect(protocol: Protocol, form: ProtocolForm) -> Protocol:
    if "is_protected" in form:
        protocols.set_protected(account(), protocol, protected=bool(form.is_protected.data))
    return protocol


def _created(make: Any) -> int:
    """Make a protocol once; when the other half of a double click was quicker, find what it made."""
    try:
        key: int = make().id
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        key = make().id
        db.session.commit()
    return key


def _set_state(protocol: Protocol, state: ProtocolState, before: str) -> None:
    try:
        changed = protocols.set_state(account(), protocol, state)
    except NotReady as error:
        db.session.rollback()
        flash(f"{before}It is not published: {str(error).rstrip('.').lower()}, named below.", "warning")
        return
    db.session.commit()
    flash(f"{before}{SAID[state]}" if changed else "Saved.", "success")


def _editor(form: ProtocolForm, protocol: Protocol | None, words: str = "", **more: Any) -> str:
    defaults: dict[str, Any] = {"unsaved": False, "gaps": (), "taken_over": (), "conflict": ()}
    if protocol and protocol.state == ProtocolState.DRAFT and "gaps" not in more:
        defaults["to_publish"] = protocol_content.gaps(account(), protocol_content.content_of(protocol))
    return render_template(
        "staff/protocols/edit.html",
        **(defaults | more | protocol_editor.context(account(), form, protocol, words)),
        **(_about(protocol) if protocol else {}),
    )


def _part(form: ProtocolForm, protocol: Protocol | None, words: str) -> str:
    return render_template("staff/protocols/lines.html", **protocol_editor.context(account(), form, protocol, words))


def _conflict(protocol: Protocol | None, content: Content, form: ProtocolForm) -> str:
    if protocol is None:
        raise AssertionError("a protocol that is new has no other version")
    theirs = ours.fetch(Protocol, protocol.id, account())
    form.version.data = str(theirs.version)
    form.version.raw_data = None
    both = protocol_content.differences(content, protocol_content.content_of(theirs))
    return _editor(form, theirs, unsaved=True, conflict=both, gaps=())


def _about(protocol: Protocol) -> dict[str, Any]:
    return {"used": protocols.uses(account()).get(protocol.id, 0), "copy_key": secrets.token_hex(12)}


def _pictures(protocol: Protocol) -> list[str]:
    return [summaries.picture_url(each.exercise) for each in protocol.exercises if each.exercise.drawn][:2]


def _key() -> str:
    return request.form.get("key", "") or secrets.token_hex(12)
