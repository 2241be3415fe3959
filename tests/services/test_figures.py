"""The figure of a sheet: what the patient chose goes before what the clinic chose."""

from __future__ import annotations

from flask import Flask

from clinic_app.database import db
from clinic_app.illustration import look_of
from clinic_app.illustration.people import Person
from clinic_app.illustration.people import look_for as look_for_person
from clinic_app.models import Account, Patient
from clinic_app.services import figures, patients
from clinic_app.services.patients import Details
from tests.cast import Cast


def test_nothing_is_chosen_at_first(app: Flask, cast: Cast) -> None:
    with app.app_context():
        manager = db.session.get_one(Account, cast.manager)
        ours = manager.clinic.branding
        patient = patients.create(manager, Details("Ada Sample", reference="1"))
        assert figures.chosen_by(ours) == figures.chosen_by(patient) == Person()
        assert figures.look_for(ours, None, "bridge") == look_for_person("bridge", colour=ours.colour)
        assert figures.look_for(ours, patient, "bridge") == look_for_person("bridge", colour=ours.colour)


def test_the_patient_goes_before_the_clinic_and_the_clinic_before_the_mixture(app: Flask, cast: Cast) -> None:
    with app.app_context():
        manager = db.session.get_one(Account, cast.manager)
        ours = manager.clinic.branding
        ours.figure_hair, ours.figure_age, ours.figure_shape = "curls", "older", "large"
        patient = Patient(clinic_id=ours.clinic_id, name="Ada", figure_hair="scarf", figure_skin="dark")
        db.session.add(patient)
        db.session.commit()
        db.session.expire_all()
        look = figures.look_for(ours, patient, "bridge")
        assert look == look_of(skin="dark", hair="scarf", age="older", shape="large", colour=ours.colour)
        assert figures.look_for(ours, None, "bridge").style == "curls"


def test_a_record_keeps_the_choice(app: Flask, cast: Cast) -> None:
    with app.app_context():
        manager = db.session.get_one(Account, cast.manager)
        patient = patients.create(manager, Details("Ada Sample", reference="1", figure_shape="slim"))
        db.session.commit()
        assert patients.details_of(patient).figure_shape == "slim"
        patients.save(manager, patient, version=1, details=Details("Ada Sample", reference="1", figure_hair="bun"))
        db.session.commit()
        db.session.refresh(patient)
        assert figures.chosen_by(patient) == Person(hair="bun")
