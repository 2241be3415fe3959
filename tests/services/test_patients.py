from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, Patient
from clinic_app.services import patients
from clinic_app.services.patients import Details, Taken
from tests.cast import Cast

NHS, OTHER_NHS = "9434765919", "9434765870"
LUCJA = Details(
    "Łucja Żółć-Nowak",
    date(1957, 1, 2),
    reference="H-0815",
    nhs_number=NHS,
    email="lucja@post.example",
    phone="+44 1632 960 777",
)


@pytest.mark.parametrize(
    "text",
    [
        "Łucja",
        "lucja zolc",
        "NOWAK lucja",
        "h-0815",
        "943 476 5919",
        "9434765919",
        "943-476-5919",
        "post.example",
        "01632 960777",
        "+44 1632 960 777",
        "960 777",
        "1957-01-02",
        "02/01/1957",
        "2/1/1957",
        "2.1.1957",
        "2 January 1957",
        "2 jan 1957",
        "020157",
        "nowak 02/01/1957",
        "",
    ],
)
def test_a_person_is_found_by_whatever_is_known(clara: Account, text: str) -> None:
    lucja = patients.create(clara, LUCJA)
    assert lucja.id in [each.id for each in patients.find(clara, text)]


@pytest.mark.parametrize("text", ["lucia", "1957-02-01", "01/02/1957", "9434765870", "%", "_", "lucja grace"])
def test_what_is_somebody_elses_finds_nobody(clara: Account, text: str) -> None:
    patients.create(clara, LUCJA)
    assert patients.find(clara, text) == []


def test_a_saved_record_is_found_by_its_new_words_only(clara: Account) -> None:
    lucja = patients.create(clara, LUCJA)
    patients.save(clara, lucja, version=1, details=replace(LUCJA, name="Ada Kowalska", phone=""))
    assert patients.find(clara, "kowalska") == [lucja]
    assert patients.find(clara, "zolc") == []
    assert patients.find(clara, "960777") == []


def test_whose_name_begins_so_comes_first(clara: Account) -> None:
    for name in ("Bea Adams", "Adam Bee", "Zoe Adam"):
        patients.create(clara, Details(name, reference="x"))
    assert [each.name for each in patients.find(clara, "adam")] == ["Adam Bee", "Bea Adams", "Zoe Adam"]


def test_nobody_in_particular_is_never_found(clara: Account) -> None:
    anonymous = patients.create_anonymous(clara)
    assert anonymous.id not in [each.id for each in patients.find(clara)]
    with pytest.raises(NotAllowed):
        patients.save(clara, anonymous, version=1, details=LUCJA)


def test_everything_that_is_known_is_kept(clara: Account) -> None:
    known = replace(LUCJA, print_size="largest", language="pl", format="phone", flags=("pregnant",), equipment=())
    lucja = patients.create(clara, known)
    assert patients.details_of(lucja) == known
    patients.save(clara, lucja, version=1, details=replace(known, equipment=("band",)))
    assert patients.details_of(lucja).equipment == ("band",)


def test_one_nhs_number_is_one_record(clara: Account) -> None:
    lucja = patients.create(clara, LUCJA)
    with pytest.raises(Taken) as refused:
        patients.create(clara, Details("Somebody Else", nhs_number=NHS))
    assert refused.value.patient == lucja
    other = patients.create(clara, Details("Somebody Else", nhs_number=OTHER_NHS))
    with pytest.raises(Taken):
        patients.save(clara, other, version=1, details=replace(LUCJA, nhs_number=NHS))
    patients.save(clara, lucja, version=1, details=LUCJA)  # its own number is no reason to refuse


def test_the_clinic_next_door_may_have_the_same_person(app: Flask, cast: Cast, clara: Account) -> None:
    patients.create(clara, LUCJA)
    patients.create(db.session.get_one(Account, cast.neighbour), LUCJA)


def test_of_two_who_add_the_same_person_at_once_one_is_told(app: Flask, cast: Cast) -> None:
    ready = Barrier(2)

    def add(account_id: int) -> str:
        with app.app_context():
            account = db.session.get_one(Account, account_id)
            db.session.rollback()
            ready.wait()
            try:
                patients.create(account, LUCJA)
                db.session.commit()
            except Taken:
                return "told"
            return "added"

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(add, (cast.clinician, cast.colleague))) == ["added", "told"]
    with app.app_context():
        assert len(db.session.scalars(select(Patient).filter_by(nhs_number=NHS)).all()) == 1


def test_an_old_version_is_refused(clara: Account) -> None:
    lucja = patients.create(clara, LUCJA)
    with pytest.raises(Conflict):
        patients.save(clara, lucja, version=7, details=LUCJA)
