"""Branding: two who save, colours that are printed darker, and a logo that comes and goes."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed
from clinic_app.models import Account, AuditEvent, Branding
from clinic_app.services import branding
from clinic_app.services.colour import contrast_on_white
from tests.cast import Cast

WORDS: dict[str, str | bool] = {
    "name": "Quayside Physiotherapy",
    "address": "2 Quay Street\n\n  Sampleton  ",
    "phone": "01632 960 999",
    "hours": "",
    "footer": "",
    "specialist": "",
    "soreness_guide": False,
}


@pytest.fixture
def manager(app: Flask, cast: Cast) -> Iterator[Account]:
    with app.app_context():
        yield db.session.get_one(Account, cast.manager)


def save(manager: Account, version: int = 1, colour: str = "#0e5a68") -> Branding:
    ours = manager.clinic.branding
    branding.save(manager, ours, version=version, values=dict(WORDS), colour=colour)
    db.session.commit()
    db.session.refresh(ours)
    return ours


def test_the_words_are_saved_and_printed(manager: Account) -> None:
    printed, files = branding.printed(save(manager))
    assert printed.name == "Quayside Physiotherapy"
    assert printed.address == ("2 Quay Street", "Sampleton")
    assert printed.logo is None
    assert files == {}
    assert db.session.scalars(select(AuditEvent).filter_by(action="branding.save")).one().account_id == manager.id


def test_a_pale_colour_is_kept_as_chosen_and_printed_darker(manager: Account) -> None:
    ours = save(manager, colour="#ffcc00")
    assert ours.colour_chosen == "#ffcc00"
    assert contrast_on_white(ours.colour) >= 7
    assert branding.printed(ours)[0].colour == ours.colour


def test_of_two_who_save_the_second_is_told(manager: Account) -> None:
    save(manager, version=1)
    with pytest.raises(Conflict):
        save(manager, version=1)
    db.session.rollback()
    assert save(manager, version=2).version == 3


def test_a_colour_that_is_none_is_refused(manager: Account) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        save(manager, colour="teal")
    db.session.rollback()


def test_a_logo_comes_and_goes(manager: Account) -> None:
    ours = manager.clinic.branding
    out = io.BytesIO()
    Image.new("RGB", (90, 30), (10, 20, 30)).save(out, "PNG")
    branding.set_logo(ours, out.getvalue())
    printed, files = branding.printed(ours)
    assert printed.logo
    assert list(files) == [printed.logo]
    assert files[printed.logo].media_type == "image/png"
    with pytest.raises(NotAllowed):
        branding.set_logo(ours, b"not a picture")
    assert ours.logo == printed.logo, "a refused picture took the old one away"
    branding.set_logo(ours, None)
    assert branding.printed(ours)[1] == {}
