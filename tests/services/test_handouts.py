"""Issuing: together or not at all, once for a double click, never changed afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic_app.database import db
from clinic_app.dosage import Hold, Range, Side
from clinic_app.errors import Conflict, NotAllowed, NotReady, RenderFailed
from clinic_app.models import Account, AuditEvent, Exercise, Handout, Patient, Programme, Protocol
from clinic_app.models.handout import HandoutState
from clinic_app.rendering import snapshot
from clinic_app.rendering.content import ChangeKind
from clinic_app.rendering.job import File, Job
from clinic_app.services import addresses, handouts, printing, programme_edits, programmes
from tests.cast import Cast
from tests.issuing import Issued

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


@pytest.fixture
def clinician(app: Flask, cast: Cast) -> Iterator[Account]:
    with app.app_context():
        account = db.session.get(Account, cast.clinician)
        assert account
        yield account


@pytest.fixture
def programme(clinician: Account, cast: Cast) -> Programme:
    patient = db.session.get_one(Patient, cast.patient)
    protocol = db.session.scalars(select(Protocol).filter_by(slug="low-back-six", clinic_id=clinician.clinic_id)).one()
    started = programmes.start(clinician, patient, protocol, NOW)
    db.session.commit()
    return started


def issued(clinician: Account, programme: Programme, key: str = "first click") -> Handout:
    handout = handouts.issue(clinician, handouts.prepare(clinician, programme, NOW), key, NOW)
    db.session.commit()
    return handout


def give_hold(clinician: Account, programme: Programme, seconds: int) -> None:
    row = programme.exercises[0]
    edit = programme_edits.RowEdit(row.id, replace(row.dosage, hold=Hold(Range.of(seconds))), row.note)
    programme_edits.save(
        clinician,
        programme,
        version=programme.version,
        title=programme.title,
        review_on=programme.review_on,
        edits=[edit],
    )
    db.session.commit()


def test_an_edition_freezes_snapshot_and_pages(clinician: Account, programme: Programme) -> None:
    handout = issued(clinician, programme)
    said = snapshot.from_json(handout.snapshot)
    assert handout.edition == 1
    assert [exercise.slug for exercise in said.exercises] == [
        "knee-to-chest",
        "pelvic-tilt",
        "cat-cow",
        "childs-pose",
        "bird-dog",
        "bridge",
    ]
    assert said.patient.name == "Ada Example"
    assert said.not_better_by == date(2027, 1, 4)
    assert handouts.pdf(handout).startswith(b"%PDF-")
    assert snapshot.digest(said) == handout.snapshot_digest
    event = db.session.scalars(select(AuditEvent).filter_by(action="handout.issue", object_id=handout.id)).one()
    assert event.account_id == clinician.id


def test_the_snapshot_holds_no_secret(clinician: Account, programme: Programme) -> None:
    address = addresses.printed(programme)
    handout = issued(clinician, programme)
    rows = db.session.execute(text("SELECT public_id, secret_digest, code_digest FROM patient_address")).all()
    stored = json.dumps([list(row) for row in rows]) + handout.snapshot
    secret = address.url.partition("#")[2]
    assert len(secret) == 32
    assert secret not in stored
    assert address.code.replace("-", "") not in stored


def test_issuing_twice_with_one_key_makes_one_edition(clinician: Account, programme: Programme) -> None:
    prepared = handouts.prepare(clinician, programme, NOW)
    first = handouts.issue(clinician, prepared, "same click", NOW)
    db.session.commit()
    second = handouts.issue(clinician, prepared, "same click", NOW)
    assert second.id == first.id
    assert len(db.session.scalars(select(Handout)).unique().all()) == 1


def test_nothing_new_is_not_issued_again(clinician: Account, programme: Programme) -> None:
    issued(clinician, programme)
    with pytest.raises(NotAllowed, match="Nothing has changed since edition 1"):
        handouts.prepare(clinician, programme, NOW)


def test_a_save_between_pages_and_row_stops_the_issue(clinician: Account, programme: Programme) -> None:
    prepared = handouts.prepare(clinician, programme, NOW)
    give_hold(clinician, programme, 15)
    with pytest.raises(Conflict):
        handouts.issue(clinician, prepared, "late", NOW)
    db.session.rollback()
    assert db.session.scalars(select(Handout)).first() is None


def test_the_second_edition_says_what_changed(clinician: Account, programme: Programme) -> None:
    first = issued(clinician, programme)
    give_hold(clinician, programme, 10)
    programme_edits.set_removed(clinician, programme, programme.exercises[5].id, removed=True)
    db.session.commit()
    second = issued(clinician, programme, "second")
    said = snapshot.from_json(second.snapshot)
    assert (said.edition, said.replaces) == (2, 1)
    assert [(change.kind, change.exercise) for change in said.changes] == [
        (ChangeKind.CHANGED, "knee-to-chest"),
        (ChangeKind.STOPPED, "bridge"),
    ]
    assert "10 seconds" in said.changes[0].now
    assert first.state == HandoutState.REPLACED
    assert second.state == HandoutState.CURRENT


def test_an_edition_outlives_every_later_edit(clinician: Account, programme: Programme) -> None:
    handout = issued(clinician, programme)
    frozen, pages = handout.snapshot, handouts.pdf(handout)
    programme.patient.name = "Somebody Else"
    clinician.clinic.branding.name = "Another Name"
    exercise = db.session.scalars(select(Exercise).filter_by(slug="bridge", clinic_id=clinician.clinic_id)).one()
    exercise.name = "Renamed"
    db.session.commit()
    db.session.expire_all()
    again = db.session.get_one(Handout, handout.id)
    assert again.snapshot == frozen
    assert handouts.pdf(again) == pages


@pytest.mark.parametrize("statement", ["UPDATE handout SET snapshot = '{}'", "DELETE FROM handout"])
def test_the_database_refuses_to_change_an_edition(clinician: Account, programme: Programme, statement: str) -> None:
    issued(clinician, programme)
    with pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_same_snapshot_gives_the_same_bytes(clinician: Account, programme: Programme) -> None:
    handout = issued(clinician, programme)
    first = handouts.pdf(handout)
    said = snapshot.from_json(handout.snapshot)
    names = [picture.file for exercise in said.exercises for picture in exercise.pictures]
    files = {name: File(printing.store().get(name), "image/svg+xml") for name in names}
    again = printing.pool().render(Job(said, files, addresses.printed(programme), handout.layout))
    assert again.pdf == first


def test_a_missing_side_keeps_it_from_being_issued(clinician: Account, programme: Programme) -> None:
    row = programme.exercises[0]
    row.dosage = replace(row.dosage, side=None)
    db.session.commit()
    with pytest.raises(NotReady) as refused:
        handouts.prepare(clinician, programme, NOW)
    assert [gap.what for gap in refused.value.gaps] == ["Knee to chest: choose a side."]
    assert refused.value.gaps[0].where == "exercises-0-side"


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_the_pictures_show_the_prescribed_side(clinician: Account, programme: Programme, side: Side) -> None:
    for row in programme.exercises:
        if row.exercise.has_sides:
            row.dosage = replace(row.dosage, side=side, reps=Range.of(6))
    db.session.commit()
    said = snapshot.from_json(issued(clinician, programme).snapshot)
    shown = {picture.side_shown for exercise in said.exercises for picture in exercise.pictures} - {""}
    assert shown == {str(side)}
    assert not any("hange" in step for exercise in said.exercises[:1] for step in exercise.steps)


def test_a_render_that_dies_leaves_nothing_issued(
    clinician: Account, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise RenderFailed("The pages took too long.")

    monkeypatch.setattr(printing.pool(), "render", die)
    with pytest.raises(RenderFailed):
        handouts.prepare(clinician, programme, NOW)
    assert db.session.scalars(select(Handout)).first() is None


def test_a_withdrawn_edition_keeps_its_bytes_and_is_not_printed_again(clinician: Account, programme: Programme) -> None:
    handout = issued(clinician, programme)
    pages = handouts.pdf(handout)
    handouts.withdraw(clinician, handout, "Wrong patient")
    db.session.commit()
    assert handout.state == HandoutState.WITHDRAWN
    assert handouts.pdf(handout) == pages
    with pytest.raises(NotAllowed, match="withdrawn"):
        handouts.record_printing(clinician, handout)
    with pytest.raises(NotAllowed, match="withdrawn already"):
        handouts.withdraw(clinician, handout, "Again")


def test_a_repeated_print_is_found_in_the_store(
    clinician: Account, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = handouts.prepare(clinician, programme, NOW)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the same pages were made twice")

    monkeypatch.setattr(printing.pool(), "render", never)
    assert handouts.prepare(clinician, programme, NOW).pages == first.pages


def test_the_pictures_in_motion_are_frozen_with_the_edition(app: Flask, issued: Issued) -> None:
    with app.app_context():
        said = snapshot.from_json(db.session.get_one(Handout, issued.id).snapshot)
        films = [printing.store().get(each.moving).decode() for each in said.exercises]
        assert all(film.startswith("<svg") and "<animate" in film for film in films)
        assert len({each.moving for each in said.exercises}) == len(said.exercises)
