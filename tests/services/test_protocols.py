"""Protocols: shared and protected masters, complete when published, and never holding one patient's side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.dosage import Dosage, Mode, Range, Side
from clinic_app.errors import Conflict, NotAllowed, NotReady
from clinic_app.models import Account, AuditEvent, Exercise, Patient, Programme, Protocol
from clinic_app.models.exercise import ExerciseState
from clinic_app.models.protocol import ProtocolState
from clinic_app.services import protocol_doses, protocols
from clinic_app.services.protocol_content import Content, Line, content_of, differences, from_programme, gaps
from tests.cast import Cast
from tests.issuing import NOW, started_programme


@pytest.fixture
def editor(clara: Account, cast: Cast) -> Account:
    return db.session.get_one(Account, cast.editor)


def master(clara: Account) -> Protocol:
    return db.session.scalars(select(Protocol).filter_by(clinic_id=clara.clinic_id, slug="low-back-six")).one()


def exercise(clara: Account, slug: str) -> Exercise:
    return db.session.scalars(select(Exercise).filter_by(clinic_id=clara.clinic_id, slug=slug)).one()


def content(clara: Account, *slugs: str) -> Content:
    found = [exercise(clara, slug) for slug in slugs]
    return Content(
        name="Mornings",
        patient_title="Start the day",
        safety="back",
        why="why-stretching-helps",
        review_weeks=4,
        not_better_weeks=6,
        lines=tuple(Line(each, "", each.usual) for each in found),
    )


def made(clara: Account, *slugs: str) -> Protocol:
    protocol = protocols.create(clara, content(clara, *slugs), "key")
    db.session.commit()
    return protocol


def test_a_new_one_is_a_draft_of_its_maker(clara: Account) -> None:
    protocol = made(clara, "bridge", "cat-cow")
    assert (protocol.state, protocol.account_id, protocol.is_protected) == (ProtocolState.DRAFT, clara.id, False)
    assert content_of(protocol) == content(clara, "bridge", "cat-cow")
    assert protocols.create(clara, content(clara, "bridge", "cat-cow"), "key") is protocol
    assert len(db.session.scalars(select(AuditEvent).filter_by(action="protocol.create")).all()) == 1


def test_the_starters_are_protected(clara: Account, editor: Account) -> None:
    protocol = master(clara)
    changed = replace(content_of(protocol), name="Another name")
    with pytest.raises(NotAllowed, match="is protected"):
        protocols.save(clara, protocol, protocol.version, changed)
    with pytest.raises(NotAllowed, match="is protected"):
        protocols.set_state(clara, protocol, ProtocolState.ARCHIVED)
    with pytest.raises(NotAllowed, match="Only editors and managers"):
        protocols.set_protected(clara, protocol, protected=False)
    assert protocols.save(editor, protocol, protocol.version, changed)
    db.session.commit()
    assert master(clara).name == "Another name"
    protocols.set_protected(editor, protocol, protected=False)
    db.session.commit()
    assert protocols.may_change(clara, master(clara))


def test_a_programme_never_changes_the_master_nor_the_master_it(clara: Account, editor: Account, cast: Cast) -> None:
    protocol = master(clara)
    before = content_of(protocol)
    programme = started_programme(clara, db.session.get_one(Patient, cast.patient))
    db.session.commit()
    programme.title = "Ada's"
    for row in programme.rows:
        row.dosage, row.note, row.group = replace(row.dosage, weeks=Range.of(2)), "Only for Ada", "Hers"
    programme.rows[0].is_removed = True
    db.session.commit()
    db.session.expire_all()
    assert content_of(master(clara)) == before
    kept = [row.dosage for row in programme.exercises]
    shorter = replace(before, patient_title="Other words", lines=before.lines[:2])
    protocols.save(editor, master(clara), master(clara).version, shorter)
    db.session.commit()
    db.session.expire_all()
    again = db.session.get_one(Programme, programme.id)
    assert (again.title, [row.dosage for row in again.exercises]) == ("Ada's", kept)


def test_how_often_it_was_used(clara: Account, cast: Cast) -> None:
    patient = db.session.get_one(Patient, cast.patient)
    for _ in range(2):
        started_programme(clara, patient)
    db.session.commit()
    assert protocols.uses(clara) == {master(clara).id: 2}
    assert protocols.uses(db.session.get_one(Account, cast.neighbour)) == {}


def test_saving_counts_and_the_second_of_two_is_refused(clara: Account) -> None:
    protocol = made(clara, "bridge")
    other = content(clara, "cat-cow", "bridge")
    assert protocols.save(clara, protocol, 1, other)
    db.session.commit()
    assert protocol.version == 2
    assert content_of(protocol) == other
    assert not protocols.save(clara, protocol, 1, other)  # a second click
    with pytest.raises(Conflict):
        protocols.save(clara, protocol, 1, content(clara, "bridge"))
    db.session.rollback()
    assert content_of(protocol) == other


def test_only_what_is_complete_is_published(clara: Account) -> None:
    whole = content(clara, "bridge")
    first = whole.lines[0]
    often = replace(first.dosage, times_per_day=Range.of(50))
    unpublished = exercise(clara, "clam")
    unpublished.state = ExerciseState.DRAFT
    db.session.commit()
    cases = {
        "title": replace(whole, patient_title=" "),
        "no exercises": replace(whole, lines=()),
        "not published": replace(whole, lines=(*whole.lines, Line(unpublished, "", unpublished.usual))),
        "only 1 to 12": replace(whole, lines=(replace(first, dosage=often),)),
        "safety advice": replace(whole, safety="nothing"),
        "why": replace(whole, why="nothing"),
    }
    for number, (words, wrong) in enumerate(cases.items()):
        assert any(words in gap.what for gap in gaps(clara, wrong)), words
        protocol = protocols.create(clara, wrong, f"key{number}")
        with pytest.raises(NotReady):
            protocols.set_state(clara, protocol, ProtocolState.PUBLISHED)
        db.session.rollback()
    protocol = made(clara, "bridge")
    assert protocols.set_state(clara, protocol, ProtocolState.PUBLISHED)
    db.session.commit()
    assert not protocols.set_state(clara, protocol, ProtocolState.PUBLISHED)
    with pytest.raises(NotReady):
        protocols.save(clara, protocol, protocol.version, cases["no exercises"])


def test_ones_own_copy_is_a_draft_without_protection(clara: Account) -> None:
    copy = protocols.copy(clara, master(clara), "key")
    db.session.commit()
    assert (copy.state, copy.is_protected, copy.account_id) == (ProtocolState.DRAFT, False, clara.id)
    assert content_of(copy).lines == content_of(master(clara)).lines
    assert copy.name == "Copy of Low back: six exercises"
    assert protocols.copy(clara, master(clara), "key") is copy


def test_a_programme_leaves_its_patients_side_behind(clara: Account, cast: Cast) -> None:
    programme = started_programme(clara, db.session.get_one(Patient, cast.patient))
    rows = {row.exercise.slug: row for row in programme.rows}
    rows["knee-to-chest"].dosage = replace(rows["knee-to-chest"].dosage, side=Side.LEFT)
    rows["knee-to-chest"].note = "Ada's own"
    rows["bridge"].is_removed = True
    db.session.commit()
    taken, sentences = from_programme(programme, NOW.date())
    assert sentences == ("Knee to chest: left was chosen for this patient. Here it says each.",)
    assert {line.dosage.side for line in taken.lines} <= {Side.EACH, Side.ALTERNATE, Side.NONE}
    assert "bridge" not in [line.exercise.slug for line in taken.lines]
    assert (taken.review_weeks, taken.safety) == (master(clara).review_weeks, "back")


def test_found_by_every_word_of_the_name(clara: Account, cast: Cast) -> None:
    assert [each.slug for each in protocols.find(clara, "SIX back")] == ["low-back-six"]
    assert protocols.find(clara, "back nothing") == []
    protocol = made(clara, "bridge")
    protocols.set_state(clara, protocol, ProtocolState.ARCHIVED)
    db.session.commit()
    assert protocols.find(clara, "mornings") == []
    assert protocols.find(clara, "mornings", archived=True) == [protocol]
    assert protocol not in protocols.find(db.session.get_one(Account, cast.neighbour), archived=True)


def test_two_versions_are_compared_in_words(clara: Account) -> None:
    mine, theirs = content(clara, "bridge", "cat-cow"), content(clara, "cat-cow", "childs-pose")
    theirs = replace(theirs, name="Evenings")
    assert [each.what for each in differences(mine, theirs)] == ["Name", "Bridge", "Child's pose"]
    assert [each.what for each in differences(mine, replace(mine, lines=mine.lines[::-1]))] == ["Order"]
    assert differences(mine, mine) == ()


@pytest.mark.parametrize("text", ["3x5 left", "3x5 h5 r 2/day"])
def test_no_protocol_holds_left_or_right(clara: Account, text: str) -> None:
    reading = protocol_doses.read(exercise(clara, "knee-to-chest"), text)
    assert reading.wrong == (protocol_doses.ONE_SIDE,)
    assert reading.sentence == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [("3x5 side?", "Add each, alt or both"), ("banana", "'banana' is not understood"), ("50/day", "only 1 to 12")],
)
def test_what_cannot_be_given_is_said(clara: Account, text: str, words: str) -> None:
    reading = protocol_doses.read(exercise(clara, "knee-to-chest"), text)
    assert words in " ".join(reading.wrong)


def test_every_dose_of_the_catalogue_is_written_and_read_back(clara: Account) -> None:
    for each in db.session.scalars(select(Exercise).filter_by(clinic_id=clara.clinic_id)):
        for dosage in (each.usual, replace(each.usual, weeks=None, rest=None), replace(each.usual, weeks=Range.of(3))):
            text = protocol_doses.shorthand(each, dosage)
            assert protocol_doses.read(each, text).dosage == dosage, text


def test_an_untouched_dose_stays_even_where_shorthand_cannot_say_it(clara: Account) -> None:
    bridge = exercise(clara, "bridge")
    stored = Dosage(mode=Mode.TIMED, duration=Range.of(60), side=Side.NONE)
    text = protocol_doses.shorthand(bridge, stored)
    assert protocol_doses.read(bridge, text, stored).dosage == stored
