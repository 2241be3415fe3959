"""Protocols: reusable programmes without a patient, shared in the clinic; the protected ones stay as they are."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from clinic_app.database import db, utc_now
from clinic_app.dosage.codec import to_data
from clinic_app.errors import NotAllowed, NotReady
from clinic_app.models import Account, Exercise, Programme, Protocol, ProtocolExercise
from clinic_app.models.protocol import ProtocolState
from clinic_app.services import audit, versions
from clinic_app.services.protocol_content import LONGEST_NAME, WORDS, Content, content_of, gaps


def find(account: Account, text: str = "", *, archived: bool = False) -> list[Protocol]:
    """The clinic's protocols whose name or title holds every word of `text`; published ones first, then by name."""
    query = (
        select(Protocol)
        .where(Protocol.clinic_id == account.clinic_id)
        .options(
            selectinload(Protocol.account),
            selectinload(Protocol.exercises).joinedload(ProtocolExercise.exercise).selectinload(Exercise.illustrations),
        )
    )
    words = text.casefold().split()
    found = [
        each
        for each in db.session.scalars(query)
        if (archived or each.state != ProtocolState.ARCHIVED)
        and all(word in f"{each.name} {each.patient_title}".casefold() for word in words)
    ]
    states = {ProtocolState.PUBLISHED: 0, ProtocolState.DRAFT: 1}
    return sorted(found, key=lambda each: (states.get(ProtocolState(each.state), 2), each.name.casefold(), each.id))


def uses(account: Account) -> dict[int, int]:
    """How many programmes were started from each protocol; one that was never used is left out."""
    query = (
        select(Programme.protocol_id, func.count())
        .where(Programme.clinic_id == account.clinic_id, Programme.protocol_id.is_not(None))
        .group_by(Programme.protocol_id)
    )
    return {protocol_id: count for protocol_id, count in db.session.execute(query) if protocol_id is not None}


def may_change(account: Account, protocol: Protocol) -> bool:
    """Everybody uses a protected protocol; only those who keep the catalogue change it."""
    return account.keeps_catalogue or not protocol.is_protected


def create(account: Account, content: Content, key: str) -> Protocol:
    """A new draft. `key` comes from the form: a second click finds the protocol that the first one made.

    The same form sent again with other content makes another protocol, so that nothing typed is lost.
    """
    slug = _slug(content, key)
    query = select(Protocol).where(Protocol.clinic_id == account.clinic_id, Protocol.slug == slug)
    earlier = db.session.scalars(query).one_or_none()
    if earlier:
        return earlier
    protocol = Protocol(
        clinic_id=account.clinic_id,
        slug=slug,
        state=ProtocolState.DRAFT,
        account_id=account.id,
        exercises=list(_rows(content)),
        **_columns(content),
    )
    db.session.add(protocol)
    db.session.flush()
    audit.record(account, "protocol.create", protocol.id)
    return protocol


def copy(account: Account, protocol: Protocol, key: str) -> Protocol:
    """A draft of one's own that says the same; nothing in it is protected."""
    content = content_of(protocol)
    return create(account, replace(content, name=f"Copy of {content.name}"[:LONGEST_NAME]), key)


def save(account: Account, protocol: Protocol, version: int, content: Content) -> bool:
    """Make the protocol say `content`; returns whether anything changed. Programmes started from it stay as they are.

    Raises:
        NotAllowed: if it is protected and this person does not keep the catalogue.
        NotReady: with every gap, if it is published and would no longer be complete.
        Conflict: if somebody saved since `version` was shown.
    """
    _may(account, protocol)
    if content == content_of(protocol):
        return False  # also a second click of the same button, whose version is old by now
    if protocol.state == ProtocolState.PUBLISHED:
        _complete(account, content)
    _count(protocol, version, **_columns(content))
    protocol.exercises.clear()
    db.session.flush()  # the places of the old rows must be free before the new ones take them
    protocol.exercises.extend(_rows(content))
    audit.record(account, "protocol.save", protocol.id, f"version {protocol.version}")
    return True


def set_state(account: Account, protocol: Protocol, state: ProtocolState) -> bool:
    """Publish it, take it back to a draft, or archive it; returns whether that changed anything.

    Raises:
        NotAllowed: if it is protected and this person does not keep the catalogue.
        NotReady: with every gap, if it is to be published and something is missing.
    """
    _may(account, protocol)
    if protocol.state == state:
        return False
    if state == ProtocolState.PUBLISHED:
        _complete(account, content_of(protocol))
    _count(protocol, protocol.version, state=state)
    audit.record(account, f"protocol.{state}", protocol.id)
    return True


def set_protected(account: Account, protocol: Protocol, *, protected: bool) -> bool:
    """Protect the master, or let every clinician change it; returns whether that changed anything.

    Raises:
        NotAllowed: if this person does not keep the catalogue.
    """
    if not account.keeps_catalogue:
        raise NotAllowed("Only editors and managers protect a protocol.")
    if protocol.is_protected == protected:
        return False
    _count(protocol, protocol.version, is_protected=protected)
    audit.record(account, "protocol.protect" if protected else "protocol.unprotect", protocol.id)
    return True


def _complete(account: Account, content: Content) -> None:
    missing = gaps(account, content)
    if missing:
        raise NotReady(missing)


def _may(account: Account, protocol: Protocol) -> None:
    if not may_change(account, protocol):
        raise NotAllowed("This protocol is protected. Make your own copy, and change that.")


def _count(protocol: Protocol, version: int, **values: object) -> None:
    conflict = "Somebody else saved this protocol while you were changing it."
    versions.save(protocol, version, conflict, saved_at=utc_now(), **values)


def _columns(content: Content) -> dict[str, str | int]:
    return {name: getattr(content, name) for name in WORDS}


def _rows(content: Content) -> Iterator[ProtocolExercise]:
    for position, line in enumerate(content.lines, 1):
        yield ProtocolExercise(exercise=line.exercise, position=position, group=line.group, dosage=line.dosage)


def _slug(content: Content, key: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", content.name.casefold()).strip("-")[:50] or "protocol"
    lines = [(line.exercise.id, line.group, to_data(line.dosage)) for line in content.lines]
    said = json.dumps([key, _columns(content), lines], sort_keys=True)
    return f"{words}-{hashlib.sha256(said.encode()).hexdigest()[:24]}"
