"""Two people work on one programme at the same moment: real threads, real transactions, both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from flask import Flask

from clinic_app.database import db, reading
from clinic_app.dosage import Range
from clinic_app.errors import Conflict, NotAllowed, ServiceError
from clinic_app.models import Account, Handout, Patient, Programme, ProgrammeRevision
from clinic_app.rendering import snapshot
from clinic_app.services import handouts, ours, programme_edits, programme_revisions
from clinic_app.services.programme_edits import RowConflict, RowEdit, Saved
from tests.builder import exercise, holding, row_of, save, slugs
from tests.cast import Cast
from tests.issuing import NOW, started_programme

ENOUGH = 60  # seconds
Work = Callable[[Account, Programme], object]


@pytest.fixture
def key(app: Flask, cast: Cast) -> int:
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        exercise(clinician.clinic_id, "clam")
        started = started_programme(clinician, db.session.get_one(Patient, cast.patient))
        db.session.commit()
        return started.id


def at_once(app: Flask, key: int, *work: tuple[int, Work]) -> list[object]:
    """What each piece of work gave or raised. All have read the programme before the first of them writes."""
    ready = Barrier(len(work))
    outcomes: list[object] = [None] * len(work)

    def do(place: int, account_id: int, task: Work) -> None:
        with app.app_context():
            with reading():
                account = db.session.get_one(Account, account_id)
                ours.fetch(Programme, key, account).exercises  # noqa: B018 - read, as a page was shown
            ready.wait(ENOUGH)
            try:
                account = db.session.get_one(Account, account_id)
                outcomes[place] = task(account, ours.fetch(Programme, key, account))
                db.session.commit()
            except ServiceError as error:
                db.session.rollback()
                outcomes[place] = error

    threads = [Thread(target=do, args=(place, *each)) for place, each in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(ENOUGH)
        assert not thread.is_alive()
    return outcomes


def hold(slug: str, seconds: int) -> Work:
    """Save the whole form that shows version 1, with one hold changed."""

    def work(account: Account, programme: Programme) -> Saved:
        base = programme_revisions.since(programme, 1)[0].content
        edits = []
        for data in base["rows"]:
            row = next(each for each in programme.rows if each.id == data["id"])
            usual = row.exercise.usual
            dosage = holding(row, seconds) if row.exercise.slug == slug else usual
            edits.append(RowEdit(row.id, replace(dosage), ""))
        return save(account, programme, *edits, version=1)

    return work


def stored(app: Flask, key: int) -> tuple[Programme, list[ProgrammeRevision]]:
    programme = db.session.get_one(Programme, key)
    query = db.select(ProgrammeRevision).filter_by(programme_id=key).order_by(ProgrammeRevision.version)
    return programme, list(db.session.scalars(query))


def test_different_rows_are_both_kept(app: Flask, cast: Cast, key: int) -> None:
    done = at_once(app, key, (cast.clinician, hold("bridge", 8)), (cast.colleague, hold("knee-to-chest", 15)))
    assert all(isinstance(each, Saved) and each.changed for each in done)
    assert sorted(len(each.merged) for each in done if isinstance(each, Saved)) == [0, 1]
    with app.app_context():
        programme, revisions = stored(app, key)
        for slug, seconds in (("bridge", 8), ("knee-to-chest", 15)):
            row = row_of(programme, slug)
            assert row.dosage == holding(row, seconds)
        assert [each.version for each in revisions] == [1, 2, 3]
        assert programme.version == 3


def test_of_one_field_the_second_is_asked(app: Flask, cast: Cast, key: int) -> None:
    done = at_once(app, key, (cast.clinician, hold("bridge", 8)), (cast.colleague, hold("bridge", 4)))
    asked = [each for each in done if isinstance(each, RowConflict)]
    assert len(asked) == 1
    with app.app_context():
        programme, revisions = stored(app, key)
        row = row_of(programme, "bridge")
        assert row.dosage == holding(row, 8 if done.index(asked[0]) == 1 else 4)
        assert len(revisions) == programme.version == 2


def test_undo_never_takes_back_the_save_of_another(app: Flask, cast: Cast, key: int) -> None:
    with app.app_context():
        clinician = db.session.get_one(Account, cast.clinician)
        save(clinician, db.session.get_one(Programme, key), title="To be undone")
        db.session.commit()

    def retitle(account: Account, programme: Programme) -> Saved:
        row = row_of(programme, "bridge")
        return save(account, programme, RowEdit(row.id, holding(row, 8), ""), version=2, title="To be undone")

    undone, saved = at_once(
        app,
        key,
        (cast.clinician, lambda account, programme: programme_revisions.undo(account, programme, 2)),
        (cast.colleague, retitle),
    )
    with app.app_context():
        programme, revisions = stored(app, key)
        row = row_of(programme, "bridge")
        assert isinstance(saved, Saved)
        assert row.dosage == holding(row, 8)  # whoever came first, the colleague's dose stands
        assert programme.title == ("To be undone" if isinstance(undone, Conflict) else "Low back: six exercises")
        assert [each.version for each in revisions] == list(range(1, programme.version + 1))


def test_an_exercise_added_twice_at_once_is_there_once(app: Flask, cast: Cast, key: int) -> None:
    def add(account: Account, programme: Programme) -> object:
        return programme_edits.add(account, programme, exercise(account.clinic_id, "clam")).id

    done = at_once(app, key, *((cast.clinician, add), (cast.colleague, add), (cast.clinician, add)))
    assert [isinstance(each, NotAllowed) for each in done].count(True) == 2
    with app.app_context():
        programme, _ = stored(app, key)
        assert slugs(programme).count("clam") == 1
        assert programme.version == 2


def test_many_small_changes_at_once_lose_none(app: Flask, cast: Cast, key: int) -> None:
    def weeks(number: int) -> Work:
        return lambda account, programme: programme_edits.change_all(account, programme, weeks=Range.of(number))

    def up(account: Account, programme: Programme) -> None:
        programme_edits.move(account, programme, row_of(programme, "bridge").id, -1)

    people = (cast.clinician, cast.colleague)
    done = at_once(
        app, key, *[(people[n % 2], weeks(n + 1)) for n in range(3)], *[(people[n % 2], up) for n in range(3)]
    )
    assert not [each for each in done if isinstance(each, Exception)]
    with app.app_context():
        programme, revisions = stored(app, key)
        assert programme.version == len(revisions) == 7
        assert slugs(programme).index("bridge") == 2
        assert len({row.dosage.weeks for row in programme.exercises}) == 1
        assert [row.position for row in programme.rows] == [1, 2, 3, 4, 5, 6]


def test_an_edition_says_what_one_version_said(app: Flask, cast: Cast, key: int) -> None:
    """Issue while a colleague saves: the edition is of the version before or nothing is issued, never of a mixture."""
    with app.app_context():
        account = db.session.get_one(Account, cast.clinician)
        with reading():
            prepared = handouts.prepare(account, ours.fetch(Programme, key, account), NOW)
    issued, _ = at_once(
        app,
        key,
        (cast.clinician, lambda account, _: handouts.issue(account, prepared, "a click", NOW).id),
        (cast.colleague, hold("bridge", 8)),
    )
    with app.app_context():
        programme, _ = stored(app, key)
        row = row_of(programme, "bridge")
        assert row.dosage == holding(row, 8)
        if isinstance(issued, Conflict):
            assert programme.handouts == []
        else:
            said = snapshot.from_json(db.session.get_one(Handout, issued).snapshot)
            assert said.exercises[-1].dosage == row.exercise.usual
            assert programme.has_draft
