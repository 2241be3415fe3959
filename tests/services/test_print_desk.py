"""What waits for the printer, and what is noted when several handouts are printed together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from clinic_app.database import db
from clinic_app.errors import Conflict, NotAllowed, NotFound
from clinic_app.models import Account, AuditEvent, Delivery, Handout, Jam
from clinic_app.services import handouts, ours, print_desk
from clinic_app.services.print_desk import Choice, Prepared, PrintedAlready
from clinic_app.services.printing import store
from tests.cast import Cast
from tests.issuing import NOW, Issued, edition_two, issued_handout


@pytest.fixture
def two(app: Flask, cast: Cast, issued: Issued) -> list[int]:
    """Two handouts of Ada's, each the first edition of a programme of its own."""
    return [issued.id, issued_handout(app, cast).id]


@pytest.fixture
def clara(app: Flask, cast: Cast, two: list[int]) -> Iterator[Account]:
    with app.app_context():
        yield db.session.get_one(Account, cast.clinician)


def chosen(numbers: list[int], seen: int = 0) -> list[Choice]:
    return [Choice(number, seen) for number in numbers]


def prepared(clara: Account, numbers: list[int], *, both_sides: bool = True) -> Prepared:
    return print_desk.prepare(clara, chosen(numbers), both_sides=both_sides)


def printed(clara: Account, numbers: list[int], key: str = "key") -> list[Delivery]:
    batch = print_desk.record(clara, prepared(clara, numbers), key)
    db.session.commit()
    return list(batch.deliveries)


def numbers_waiting(clara: Account) -> list[int]:
    return [each.id for each in print_desk.waiting(clara)]


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def test_what_was_issued_waits_newest_first_until_it_is_printed(clara: Account, two: list[int]) -> None:
    assert numbers_waiting(clara) == two[::-1]
    handouts.record_printing(clara, ours.fetch(Handout, two[0], clara))
    db.session.commit()
    assert numbers_waiting(clara) == [two[1]]


def test_withdrawn_replaced_and_ended_ones_do_not_wait(app: Flask, cast: Cast, clara: Account, two: list[int]) -> None:
    handouts.withdraw(clara, ours.fetch(Handout, two[0], clara), "Wrong side")
    db.session.commit()
    newer = edition_two(clara, ours.fetch(Handout, two[1], clara).programme)
    assert numbers_waiting(clara) == [newer.id]
    newer.programme.ended = True
    db.session.commit()
    assert numbers_waiting(clara) == []


def test_the_clinic_next_door_waits_for_nothing_of_ours(cast: Cast, clara: Account, two: list[int]) -> None:
    nora = db.session.get_one(Account, cast.neighbour)
    assert print_desk.waiting(nora) == []
    with pytest.raises(NotFound):
        print_desk.prepare(nora, chosen(two), both_sides=True)
    printed(clara, two)
    assert print_desk.printed_since(nora, NOW - timedelta(days=999)) == []


def test_together_each_on_its_own_sheet_and_the_issued_files_untouched(clara: Account, two: list[int]) -> None:
    rows = [ours.fetch(Handout, number, clara) for number in two]
    before = [handouts.pdf(row) for row in rows]
    single = sum(row.pages for row in rows)
    assert pages(store().get(prepared(clara, two, both_sides=False).pdf)) == single
    assert pages(store().get(prepared(clara, two).pdf)) == single + rows[0].pages % 2
    assert [handouts.pdf(row) for row in rows] == before


def test_each_printing_is_noted_with_its_event(clara: Account, two: list[int]) -> None:
    deliveries = printed(clara, two)
    assert [each.handout_id for each in deliveries] == two
    assert {each.account_id for each in deliveries} == {clara.id}
    events = db.session.scalars(select(AuditEvent).filter_by(action="handout.print")).all()
    assert sorted(each.object_id or 0 for each in events) == two
    assert numbers_waiting(clara) == []
    assert [handout.id for _, handout in print_desk.printed_since(clara, datetime.now(UTC) - timedelta(hours=1))] == [
        two[1],
        two[0],
    ]


def test_what_is_withdrawn_meanwhile_is_left_out_with_a_sentence(clara: Account, two: list[int]) -> None:
    made = prepared(clara, two)
    handouts.withdraw(clara, ours.fetch(Handout, two[0], clara), "Wrong side")
    db.session.commit()
    with pytest.raises(Conflict):
        print_desk.record(clara, made, "key")
    db.session.rollback()
    again = prepared(clara, two)
    assert [each.handout_id for each in again.chosen] == [two[1]]
    assert again.left_out == ("Edition 1 for Ada Example was withdrawn, so it was left out.",)
    handouts.withdraw(clara, ours.fetch(Handout, two[1], clara), "Wrong side")
    db.session.commit()
    with pytest.raises(NotAllowed, match="nothing to print"):
        prepared(clara, two)


def test_a_replaced_edition_is_left_out(clara: Account, two: list[int]) -> None:
    edition_two(clara, ours.fetch(Handout, two[0], clara).programme)
    made = prepared(clara, two)
    assert [each.handout_id for each in made.chosen] == [two[1]]
    assert "was replaced by a newer one" in made.left_out[0]


def test_sheets_with_a_withdrawn_handout_are_not_shown_again(clara: Account, two: list[int]) -> None:
    batch = print_desk.record(clara, prepared(clara, two), "key")
    db.session.commit()
    assert print_desk.sheets(batch).startswith(b"%PDF-")
    handouts.withdraw(clara, ours.fetch(Handout, two[0], clara), "Wrong side")
    db.session.commit()
    with pytest.raises(NotAllowed, match="withdrawn"):
        print_desk.sheets(batch)


def test_who_did_not_know_of_a_printing_is_asked(clara: Account, two: list[int]) -> None:
    made = prepared(clara, two)
    handouts.record_printing(clara, ours.fetch(Handout, two[0], clara))
    db.session.commit()
    for print_now in (lambda: print_desk.record(clara, made, "key"), lambda: prepared(clara, two)):
        with pytest.raises(PrintedAlready) as asked:
            print_now()
        assert asked.value.handouts == (two[0],)
        db.session.rollback()
    known = print_desk.last_printing(ours.fetch(Handout, two[0], clara))
    print_desk.record(clara, print_desk.prepare(clara, chosen(two, known), both_sides=True), "key")
    db.session.commit()
    assert len(ours.fetch(Handout, two[0], clara).deliveries) == 2


def test_jammed_sheets_wait_again_and_the_history_stays(clara: Account, two: list[int]) -> None:
    delivery = printed(clara, two)[0]
    for _ in range(2):
        print_desk.put_back(clara, delivery)
        db.session.commit()
    assert numbers_waiting(clara) == [two[0]]
    assert len(db.session.scalars(select(Jam)).all()) == 1
    handout = ours.fetch(Handout, two[0], clara)
    assert [handout.is_printed, len(handout.deliveries)] == [False, 1]
    prepared(clara, [two[0]])  # a jammed printing asks nobody
    printed(clara, [two[0]], "second key")
    assert [handout.is_printed, len(handout.deliveries)] == [True, 2]
    assert numbers_waiting(clara) == []


@pytest.mark.parametrize(("ticked", "sentence"), [(0, "Tick the handouts"), (31, "At most 30")])
def test_none_and_too_many_are_refused(clara: Account, ticked: int, sentence: str) -> None:
    with pytest.raises(NotAllowed, match=sentence):
        prepared(clara, list(range(1, ticked + 1)))
