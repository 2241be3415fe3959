"""A draft in the builder: how tests come to one, and what it says."""

from __future__ import annotations

from flask import Flask

from clinic_app.database import db
from clinic_app.dosage import Dosage, Range
from clinic_app.models import Account, Patient, Programme
from clinic_app.services import programmes
from tests.cast import Cast
from tests.issuing import NOW, started_programme


def start(app: Flask, cast: Cast, protocol: str) -> str:
    """The address of a new draft for Ada, from a protocol or empty."""
    with app.app_context():
        clinician, patient = db.session.get_one(Account, cast.clinician), db.session.get_one(Patient, cast.patient)
        programme = (
            started_programme(clinician, patient, protocol)
            if protocol
            else programmes.start(clinician, patient, None, NOW)
        )
        db.session.commit()
        return f"/staff/programmes/{programme.id}"


def names(app: Flask, url: str) -> list[str]:
    with app.app_context():
        return [row.exercise.slug for row in programme_at(url).exercises]


def doses(app: Flask, url: str) -> dict[str, Dosage]:
    with app.app_context():
        return {row.exercise.slug: row.dosage for row in programme_at(url).exercises}


def programme_at(url: str) -> Programme:
    return db.session.get_one(Programme, int(url.rsplit("/", 1)[1]))


def held(app: Flask, url: str, slug: str = "knee-to-chest") -> Range:
    hold = doses(app, url)[slug].hold
    assert hold
    return hold.amount


def has_sore_knees(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.get_one(Patient, cast.patient).flags = ["sore_knees"]
        db.session.commit()
