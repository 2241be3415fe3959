"""The side that is done is the side that is seen: words, address, and the letter in the picture say the same."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from clinic_app.database import db
from clinic_app.dosage import Range, Side
from clinic_app.models import Account, Patient
from clinic_app.services import handouts
from tests.cast import Cast
from tests.issuing import NOW, started_programme
from tests.letters import sides_written
from tests.patient_phone import Phone, opened, words

FIGURE = re.compile(r'<figure data-side="(\w*)">(.*?)</figure>', re.DOTALL)
FILE = r"/pictures/(\w{64})"
NAMES = {"left": "Left leg", "right": "Right leg"}


def phone_with(app: Flask, cast: Cast, side: Side | None, *, earlier: bool = False) -> Phone:
    """A phone with an edition whose exercises for the legs are done at `side`, or as the protocol says.

    `earlier`: it was issued when an edition had pictures of one side only.
    """
    with app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        programme = started_programme(clara, db.session.get_one(Patient, cast.patient))
        for row in programme.exercises:
            row.dosage = replace(row.dosage, times_per_day=Range.of(1))  # in the session at every hour
            if side and row.exercise.has_sides:
                row.dosage = replace(row.dosage, side=side)
        db.session.commit()
        prepared = handouts.prepare(clara, programme, NOW)
        if earlier:
            exercises = tuple(replace(each, sides=()) for each in prepared.content.exercises)
            prepared = replace(prepared, content=replace(prepared.content, exercises=exercises))
        handouts.issue(clara, prepared, "first click", NOW)
        db.session.commit()
        programme_id = programme.id
    return opened(app, programme_id)


def views(phone: Phone, name: str) -> list[tuple[str, str, str]]:
    """The pictures of an exercise in the list that is read without scripts: side, words and tags."""
    (card,) = re.findall(rf"<h2>{name}</h2>(.*?)</li>", phone.get("session").text, re.DOTALL)
    return [(side, words(figure), figure) for side, figure in FIGURE.findall(card)]


@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize(
    ("side", "done"), [(None, ["left", "right"]), (Side.LEFT, ["left"]), (Side.RIGHT, ["right"])], ids=str
)
def test_each_side_that_is_done_has_its_own_pictures(
    app: Flask, cast: Cast, side: Side | None, done: list[str]
) -> None:
    """Each leg, then taking turns, in the protocol; and both with one leg only."""
    phone = phone_with(app, cast, side)
    for name in ("Knee to chest", "Bird-dog"):
        found = views(phone, name)
        assert [view[0] for view in found] == done
        for side_shown, said, tags in found:
            assert said == NAMES[side_shown]
            alts = re.findall(r'alt="([^"]*)"', tags)
            assert len(alts) == 2
            assert all(unescape(alt).endswith(f" {NAMES[side_shown]}.") for alt in alts)
            end, start, moving = (phone.get(f"pictures/{file}") for file in re.findall(FILE, tags))
            assert sides_written(end.text) == sides_written(moving.text) == {side_shown}
            assert sides_written(start.text) <= {side_shown}
            assert "<animate" in moving.text
            assert len(gzip.compress(moving.data, mtime=0)) < 20_000
    assert len({re.findall(FILE, tags)[0] for _, _, tags in views(phone, "Knee to chest")}) == len(done)
    ((no_side, said, tags),) = views(phone, "Bridge")
    assert (no_side, said) == ("", "")
    assert not sides_written(phone.get(f"pictures/{re.findall(FILE, tags)[0]}").text)


@pytest.mark.usefixtures("unprinted")
def test_the_phone_keeps_both_sides_for_when_there_is_no_connection(app: Flask, cast: Cast) -> None:
    phone = phone_with(app, cast, None)
    session, today = phone.get("session").text, unescape(phone.get("today").text)
    files = set(re.findall(FILE, session))
    assert len(files) >= 4 * 2 + 2 * 6
    kept = today.partition('"pictures": [')[2].partition("]")[0]
    assert files <= set(re.findall(FILE, kept))


@pytest.mark.usefixtures("unprinted")
def test_an_edition_with_pictures_of_one_side_says_which(app: Flask, cast: Cast) -> None:
    phone = phone_with(app, cast, None, earlier=True)
    ((side, said, tags),) = views(phone, "Knee to chest")
    assert (side, said) == ("right", "The picture shows the right leg.")
    assert "<animate" in phone.get(f"pictures/{re.findall(FILE, tags)[2]}").text
    # In its moving picture the legs take turns, at another time than in the session.
    ((side, said, tags),) = views(phone, "Bird-dog")
    assert (side, said) == ("left", "The picture shows the left leg.")
    assert 'data-moving=""' in tags


@pytest.mark.usefixtures("unprinted")
def test_where_the_legs_take_turns_the_card_says_which_is_first(app: Flask, cast: Cast) -> None:
    phone = phone_with(app, cast, None)
    assert "The picture begins with the left leg." in words(phone.get("exercises/bird-dog").text)
    assert "The picture shows the right leg." in words(phone.get("exercises/knee-to-chest").text)
