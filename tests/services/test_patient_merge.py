from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed, NotFound
from clinic_app.models import Account, Appointment, AuditEvent, Handout, Patient, Programme
from clinic_app.services import appointments, patient_merge, patients
from clinic_app.services.patients import Details, details_of
from tests.cast import Cast
from tests.issuing import Issued, started_programme

TODAY = date(2026, 11, 23)
SECOND = Details("Ada Exampel", reference="H-99", nhs_number="9434765919", flags=("pregnant",), equipment=("band",))


def seen(*rows: Patient) -> dict[int, int]:
    return {row.id: row.version for row in rows}


def test_what_belongs_to_both_belongs_to_the_one_that_stays(cast: Cast, issued: Issued, clara: Account) -> None:
    db.session.rollback()  # issuing has a session of its own
    ada = db.session.get_one(Patient, cast.patient)
    second = patients.create(clara, SECOND)
    draft = started_programme(clara, second)
    for patient, hour in ((ada, 9), (second, 9), (second, 11)):
        appointments.add(clara, patient, TODAY, time(hour))
    db.session.commit()
    before = db.session.get_one(Handout, issued.id)
    printed = (before.snapshot, before.snapshot_digest, before.pdf, before.programme_version)
    drafts_version = draft.version

    details = replace(details_of(ada), nhs_number=SECOND.nhs_number)
    kept = patient_merge.merge(clara, second.id, ada.id, seen(ada, second), replace(details, name="Ada Example"))
    db.session.commit()

    assert {each.id for each in kept.programmes} == {issued.programme_id, draft.id}
    assert [each.starts_at.hour for each in appointments.of_day(clara, TODAY)] == [9, 11]
    assert patients.find(clara, "ada") == [kept]
    assert patients.details_of(kept).nhs_number == SECOND.nhs_number
    after = db.session.get_one(Handout, issued.id)
    assert (after.snapshot, after.snapshot_digest, after.pdf, after.programme_version) == printed
    assert not after.programme.has_draft
    assert db.session.get_one(Programme, draft.id).version == drafts_version
    gone = db.session.get_one(Patient, cast.patient)
    assert (gone.merged_into_id, gone.name) == (kept.id, "Ada Example")  # its history stays
    event = db.session.scalars(select(AuditEvent).filter_by(action="patient.merge")).one()
    assert (event.object_id, event.note) == (kept.id, f"patient {gone.id} joined")


def test_a_record_that_was_joined_before_points_to_the_last_one(cast: Cast, clara: Account) -> None:
    one, two, three = (patients.create(clara, Details(f"Person {number}", reference="x")) for number in range(3))
    patient_merge.merge(clara, two.id, one.id, seen(one, two), details_of(two))
    patient_merge.merge(clara, three.id, two.id, seen(two, three), details_of(three))
    assert [each.merged_into_id for each in (one, two, three)] == [three.id, three.id, None]


def test_no_precaution_is_lost(cast: Cast, clara: Account) -> None:
    ada, second = db.session.get_one(Patient, cast.patient), patients.create(clara, SECOND)
    patients.save(clara, ada, version=1, details=replace(details_of(ada), flags=("cannot_kneel",)))
    assert patient_merge.together(ada, second) == (("cannot_kneel", "pregnant"), ("band",))


def test_who_did_not_see_the_newest_version_is_told(cast: Cast, clara: Account) -> None:
    ada, second = db.session.get_one(Patient, cast.patient), patients.create(clara, SECOND)
    both = seen(ada, second)
    for old in (ada.id, second.id):
        with pytest.raises(Conflict):
            patient_merge.merge(clara, ada.id, second.id, both | {old: both[old] - 1}, details_of(ada))
    assert second.merged_into_id is None


def test_only_two_records_of_the_clinic_can_be_joined(cast: Cast, clara: Account) -> None:
    ada, nobody = db.session.get_one(Patient, cast.patient), patients.create_anonymous(clara)
    with pytest.raises(NotAllowed):
        patient_merge.merge(clara, ada.id, ada.id, seen(ada), details_of(ada))
    with pytest.raises(NotAllowed):
        patient_merge.merge(clara, ada.id, nobody.id, seen(ada, nobody), details_of(ada))
    with pytest.raises(NotFound):
        patient_merge.merge(clara, ada.id, cast.neighbours_patient, {ada.id: 1}, details_of(ada))


def test_a_programme_started_from_an_older_page_goes_into_the_record_that_stayed(cast: Cast, clara: Account) -> None:
    ada, second = db.session.get_one(Patient, cast.patient), patients.create(clara, SECOND)
    patient_merge.merge(clara, ada.id, second.id, seen(ada, second), details_of(ada))
    assert started_programme(clara, second).patient_id == ada.id


def test_what_is_started_while_two_are_joined_is_not_lost(app: Flask, cast: Cast) -> None:
    with app.app_context():
        second = patients.create(db.session.get_one(Account, cast.clinician), SECOND).id
        db.session.commit()
    ready = Barrier(2)

    def work(joins: bool) -> None:
        with app.app_context():
            account = db.session.get_one(Account, cast.clinician)
            kept, gone = (db.session.get_one(Patient, key) for key in (cast.patient, second))
            both, details = seen(kept, gone), details_of(kept)
            db.session.rollback()
            ready.wait()
            if joins:
                patient_merge.merge(account, cast.patient, second, both, details)
            else:
                started_programme(account, db.session.get_one(Patient, second))
            db.session.commit()

    with ThreadPoolExecutor(2) as pair:
        list(pair.map(work, (True, False)))
    with app.app_context():
        assert [each.patient_id for each in db.session.scalars(select(Programme)).unique()] == [cast.patient]


def test_of_two_who_join_at_once_one_wins(app: Flask, cast: Cast) -> None:
    """Each keeps the record that the other one gives up."""
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        other = patients.create(clara, SECOND).id
        db.session.commit()
    ready = Barrier(2)

    def join(account_id: int, kept: int, merged: int) -> str:
        with app.app_context():
            account = db.session.get_one(Account, account_id)
            details = details_of(db.session.get_one(Patient, kept))
            db.session.rollback()
            ready.wait()
            try:
                patient_merge.merge(account, kept, merged, {cast.patient: 1, other: 1}, details)
                db.session.commit()
            except Conflict:
                return "told"
            return "joined"

    with ThreadPoolExecutor(2) as two:
        answers = two.map(join, (cast.clinician, cast.colleague), (cast.patient, other), (other, cast.patient))
        assert sorted(answers) == ["joined", "told"]
    with app.app_context():
        rows = [db.session.get_one(Patient, key) for key in (cast.patient, other)]
        assert sorted(row.merged_into_id is None for row in rows) == [False, True]


def test_a_quick_handouts_programme_goes_into_one_record_once(cast: Cast, clara: Account) -> None:
    programme = started_programme(clara, patients.create_anonymous(clara))
    nobody, ada = programme.patient_id, db.session.get_one(Patient, cast.patient)
    patient_merge.give(clara, programme, ada)
    assert db.session.get_one(Programme, programme.id).patient_id == ada.id
    assert db.session.get_one(Patient, nobody).merged_into_id == ada.id
    with pytest.raises(NotAllowed):
        patient_merge.give(clara, programme, ada)


def test_a_quick_handout_is_given_to_a_record_only(cast: Cast, clara: Account) -> None:
    programme = started_programme(clara, patients.create_anonymous(clara))
    with pytest.raises(NotAllowed):
        patient_merge.give(clara, programme, patients.create_anonymous(clara))
    assert not db.session.scalars(select(Appointment)).all()
