"""The print desk as two receptionists use it: sheets together, nothing withdrawn, nothing noted twice or lost."""

from __future__ import annotations

import re
from threading import Barrier, Thread

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic_app.database import db
from clinic_app.models import Account, Delivery, Handout, PrintBatch
from clinic_app.services import handouts, print_desk
from clinic_app.services.print_desk import Prepared
from tests.cast import Cast, sign_in
from tests.double_click import answers_to_both
from tests.issuing import Issued, issued_handout

PRINTINGS = "/staff/print-desk/printings"


@pytest.fixture
def two(app: Flask, cast: Cast, issued: Issued) -> list[int]:
    return [issued.id, issued_handout(app, cast).id]


@pytest.fixture
def clara(app: Flask, cast: Cast, two: list[int]) -> FlaskClient:
    return sign_in(app.test_client(), "Clara")


def form(client: FlaskClient, numbers: list[int]) -> dict[str, str | list[str]]:
    """The form of the desk with `numbers` ticked."""
    return sent(client.get("/staff/print-desk").text, numbers)


def sent(page: str, numbers: list[int]) -> dict[str, str | list[str]]:
    key = re.search(r'name="key" value="(\w+)"', page)
    assert key
    return {
        "key": key[1],
        "seen": re.findall(r'name="seen" value="(\d+:\d+)"', page),
        "handout": [str(number) for number in numbers],
    }


def deliveries(app: Flask) -> list[int]:
    with app.app_context():
        return sorted(each.handout_id for each in db.session.scalars(select(Delivery)))


def page_count(answer: TestResponse) -> int:
    document = pypdfium2.PdfDocument(answer.data)
    try:
        return len(document)
    finally:
        document.close()


def test_an_empty_desk_leads_on(app: Flask, cast: Cast) -> None:
    page = sign_in(app.test_client(), "Clara").get("/staff/print-desk").text
    assert "Nothing waits to be given out" in page
    assert "Nothing was printed today." in page


def test_two_are_printed_together_and_stand_under_printed_today(app: Flask, clara: FlaskClient, two: list[int]) -> None:
    page = clara.get("/staff/print-desk").text
    assert page.count("born 1 January 1957") == 2
    answer = clara.post(PRINTINGS, data=form(clara, two))
    assert answer.status_code == 303
    pdf = clara.get(answer.location)
    assert pdf.mimetype == "application/pdf"
    with app.app_context():
        single = [db.session.get_one(Handout, number).pages for number in two]
    assert page_count(pdf) == sum(single) + single[0] % 2
    assert deliveries(app) == two
    after = clara.get("/staff/print-desk").text
    assert "Nothing waits to be given out" in after
    assert after.count("by Clara Clinician") == 2


def test_one_side_is_remembered_for_this_printer(app: Flask, clara: FlaskClient, two: list[int]) -> None:
    answer = clara.post(PRINTINGS, data={**form(clara, two), "one_side": "1"})
    with app.app_context():
        single = [db.session.get_one(Handout, number).pages for number in two]
    assert page_count(clara.get(answer.location)) == sum(single)
    issued = re.compile(r'id="one-side" checked')
    clara.post("/staff/print-desk/printings/1/jam")
    assert issued.search(clara.get("/staff/print-desk").text)


def test_a_second_press_is_the_same_printing(app: Flask, clara: FlaskClient, two: list[int]) -> None:
    data = form(clara, two)
    answers = [clara.post(PRINTINGS, data=data).location for _ in range(2)]
    assert answers[0] == answers[1]
    assert deliveries(app) == two


@pytest.mark.parametrize("again", [False, True])
def test_of_two_at_once_the_second_is_asked_once(
    app: Flask, clara: FlaskClient, two: list[int], monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """Both have put their sheets together before either of them is noted."""
    colin = sign_in(app.test_client(), "Colin")
    forms = {client: form(client, two) for client in (clara, colin)}
    ready = Barrier(2)
    prepare = print_desk.prepare

    def together(*args: object, **options: bool) -> Prepared:
        made = prepare(*args, **options)  # type: ignore[arg-type]
        ready.wait(20)
        return made

    monkeypatch.setattr(print_desk, "prepare", together)
    answers: dict[FlaskClient, TestResponse] = {}

    def press(client: FlaskClient) -> None:
        answers[client] = client.post(PRINTINGS, data=forms[client])

    threads = [Thread(target=press, args=(client,)) for client in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    monkeypatch.undo()
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    assert deliveries(app) == two
    late, first = (clara, "Colin") if answers[clara].status_code == 409 else (colin, "Clara")
    question = answers[late].text
    assert len(re.findall(rf"Printed \d+:\d\d by {first}", question)) == 2
    assert not re.search(r'name="handout"[^>]*checked', question)
    if again:
        answer = late.post(PRINTINGS, data=sent(question, two))
        assert answer.status_code == 303
        assert late.get(answer.location).status_code == 200
        assert deliveries(app) == sorted(two * 2)


def test_a_double_click_at_once_is_one_printing(
    app: Flask, clara: FlaskClient, two: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = answers_to_both(app, clara, PRINTINGS, form(clara, two))
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 303
    assert deliveries(app) == two


def test_what_was_withdrawn_since_is_left_out_and_said(
    app: Flask, clara: FlaskClient, cast: Cast, two: list[int]
) -> None:
    data = form(clara, two)
    with app.app_context():
        handouts.withdraw(db.session.get_one(Account, cast.clinician), db.session.get_one(Handout, two[0]), "Wrong")
        db.session.commit()
    page = clara.post(PRINTINGS, data=data, follow_redirects=True).text
    assert "Edition 1 for Ada Example was withdrawn, so it was left out." in page
    assert "Open the sheets" in page
    assert deliveries(app) == [two[1]]


@pytest.mark.parametrize(
    ("numbers", "sentence"), [([], "Tick the handouts"), (list(range(1, 32)), "At most 30 can be printed together")]
)
def test_none_and_too_many_are_said_and_the_ticks_stay(
    app: Flask, clara: FlaskClient, two: list[int], numbers: list[int], sentence: str
) -> None:
    answer = clara.post(PRINTINGS, data=form(clara, numbers))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert answer.text.count(' id="handout-') == 2
    assert len(re.findall(r'name="handout"[^>]*checked', answer.text)) == (2 if numbers else 0)
    assert deliveries(app) == []


@pytest.mark.parametrize("wrong", ["x", "0", "999999", "-1", "9" * 12, "２"])
def test_numbers_that_are_not_ours_print_nothing(app: Flask, clara: FlaskClient, wrong: str) -> None:
    answer = clara.post(PRINTINGS, data={"handout": wrong, "seen": f"{wrong}:{wrong}"})
    assert answer.status_code in {404, 422}
    assert deliveries(app) == []


def test_the_clinic_next_door_prints_and_opens_nothing_of_ours(app: Flask, clara: FlaskClient, two: list[int]) -> None:
    nora = sign_in(app.test_client(), "Nora")
    assert nora.post(PRINTINGS, data={"handout": [str(number) for number in two]}).status_code == 404
    pdf = clara.post(PRINTINGS, data=form(clara, two)).location
    assert nora.get(pdf).status_code == 404
    with app.app_context():
        batch = db.session.scalars(select(PrintBatch)).one()
    assert nora.get(f"/staff/print-desk?ready={batch.id}").status_code == 404


def test_jammed_sheets_go_back_on_the_list(app: Flask, clara: FlaskClient, two: list[int]) -> None:
    clara.post(PRINTINGS, data=form(clara, two[:1]))
    with app.app_context():
        delivery = db.session.scalars(select(Delivery)).one().id
    answers = answers_to_both(app, clara, f"{PRINTINGS}/{delivery}/jam", {})
    assert answers == [(303, "/staff/print-desk")] * 2
    page = clara.post(f"{PRINTINGS}/{delivery}/jam", follow_redirects=True).text
    assert "Jammed before" in page
    assert f'value="{two[0]}:{delivery}"' in page
    assert deliveries(app) == two[:1]
    assert "It jammed, said Clara Clinician" in clara.get(f"/staff/handouts/{two[0]}").text


def test_printing_one_again_is_noted_once_a_press(app: Flask, clara: FlaskClient, two: list[int]) -> None:
    address = f"/staff/handouts/{two[0]}"
    for presses in (1, 2):
        seen = re.search(r'name="seen" value="(\d+)"', clara.get(address).text)
        assert seen
        for _ in range(2):
            assert clara.post(f"{address}/printings", data={"seen": seen[1]}).status_code == 303
        assert deliveries(app) == two[:1] * presses
    assert "Print again" in clara.get(address).text
    assert re.search(r"Printed \d+ \w+ \d+, \d+:\d\d by Clara Clinician", clara.get(address).text)
