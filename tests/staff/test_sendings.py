"""Sending as staff do it: looked at first, sent once, called back in time, put right when it went wrong."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic_app.database import db, utc_now
from clinic_app.models import Account, Handout, MailPause, Patient, PatientAddress, Programme
from clinic_app.models.delivery import DeliveryState
from clinic_app.services import addresses, handouts
from tests.cast import Cast
from tests.double_click import answers_to_both
from tests.sending_desk import ADDRESS, Desk


def test_before_it_leaves_a_person_sees_who_gets_it(desk: Desk) -> None:
    page = desk.text(f"{desk.page}/send")
    for words in ("Ada Example", "1 January 1957", "a…@post.example", "edition 1", "60 seconds", "smtp.clinic.example"):
        assert words in page
    assert ">ada.example@post.example<" not in page


def test_sent_it_can_be_cancelled_for_a_minute(desk: Desk) -> None:
    page = desk.send()
    assert re.search(r"sends in \d\d seconds", page)
    (mail,) = desk.mails()
    assert (mail.state, mail.recipient, mail.attach_pdf) == (DeliveryState.SCHEDULED, ADDRESS, False)
    for _ in range(2):  # the second time says the same, and nothing that is not so
        page = desk.press(f"/staff/deliveries/{mail.id}/cancel")
        assert "The e-mail was cancelled. Nothing was sent." in page
        assert "cancelled before it left" in page


def test_two_presses_send_one_e_mail(desk: Desk) -> None:
    form = {"key": "one press", "seen": ADDRESS}
    answers = answers_to_both(desk.app, desk.clara, f"{desk.page}/send", form)
    assert answers == [(303, f"{desk.page}#given-out")] * 2
    assert len(desk.mails()) == 1


def test_an_address_that_changed_meanwhile_is_looked_at_again(desk: Desk) -> None:
    page = desk.press(f"{desk.page}/send", key="k", seen="old@post.example")
    assert "was changed since you looked" in page
    assert desk.mails() == []


def test_the_pdf_goes_along_only_when_it_was_chosen_and_the_choice_is_kept(desk: Desk, cast: Cast) -> None:
    assert not re.search(r'name="attach_pdf"[^>]*checked', desk.text(f"{desk.page}/send"))
    desk.send(attach_pdf="yes")
    assert desk.mails()[0].attach_pdf
    with desk.app.app_context():
        assert db.session.get_one(Patient, cast.patient).attach_pdf
    assert re.search(r'name="attach_pdf"[^>]*checked', desk.text(f"{desk.page}/send"))


def test_without_an_address_it_is_asked_for_twice(desk: Desk, cast: Cast) -> None:
    with desk.app.app_context():
        db.session.get_one(Patient, cast.patient).email = ""
        db.session.commit()
    assert "has no e-mail address yet" in desk.text(f"{desk.page}/send")
    page = desk.press(f"{desk.page}/email", email="ada@post.example", again="ada@past.example")
    assert "The two addresses differ" in page
    for wrong in ("ada", "a@b.example, c@d.example", "ada@post.example\r\nBcc: x@y.example"):
        page = desk.press(f"{desk.page}/email", email=wrong, again=wrong)
        assert "Please put this right" in page
    page = desk.press(f"{desk.page}/email", email="ada@post.example", again="ada@post.example")
    assert "Send to a…@post.example" in page


def test_without_mail_settings_it_says_so_and_offers_another_way(desk: Desk) -> None:
    desk.app.config["CLINIC"] = replace(desk.app.config["CLINIC"], mail=None)
    page = desk.text(f"{desk.page}/send")
    assert "E-mail is not set up here" in page
    assert "Show the link and the code" in page
    assert desk.clara.post(f"{desk.page}/send", data={"seen": ADDRESS}).status_code == 422
    assert desk.mails() == []


def test_a_patient_who_wants_paper_is_a_note_and_no_bar(desk: Desk) -> None:
    assert "This patient wants paper." in desk.text(f"{desk.page}/send")
    desk.send()
    assert len(desk.mails()) == 1


def test_a_withdrawn_edition_is_not_sent(desk: Desk, cast: Cast) -> None:
    with desk.app.app_context():
        clara = db.session.get_one(Account, cast.clinician)
        handouts.withdraw(clara, db.session.get_one(Handout, desk.handout), "Wrong side")
        db.session.commit()
    assert "Edition 1 was withdrawn." in desk.text(f"{desk.page}/send")
    desk.press(f"{desk.page}/send", key="k", seen=ADDRESS)
    assert desk.mails() == []


@pytest.mark.parametrize(
    ("state", "words", "button"),
    [
        (DeliveryState.QUEUED, "it waits to be sent", "Cancel"),
        (DeliveryState.SENDING, "it is being sent now", ""),
        (DeliveryState.RETRY, "tried 0 times", "Cancel"),
        (DeliveryState.FAILED, "it was not sent", "Send again"),
        (DeliveryState.UNKNOWN, "Call the patient before you send it again", "Send again"),
        (DeliveryState.HELD, "the mail server refuses our sign-in", "Send again"),
        (DeliveryState.ACCEPTED, "the mail server accepted it", "It came back"),
    ],
)
def test_each_state_says_what_was_seen_and_what_can_be_done(
    desk: Desk, state: DeliveryState, words: str, button: str
) -> None:
    desk.send()
    desk.put(state)
    page = desk.text()
    assert words in page
    given = page.partition('id="given-out"')[2].partition("About this edition")[0]
    assert button in given
    assert ("<button" in given) == bool(button)


def test_what_failed_is_sent_again_as_a_new_e_mail(desk: Desk) -> None:
    desk.send()
    first = desk.put(DeliveryState.FAILED, last_error="550 no such person")
    assert "550 no such person" in desk.text()
    for _ in range(2):
        desk.press(f"/staff/deliveries/{first}/again")
    assert [each.state for each in desk.mails()] == [DeliveryState.FAILED, DeliveryState.SCHEDULED]


def test_it_came_back(desk: Desk) -> None:
    desk.send()
    mail = desk.put(DeliveryState.ACCEPTED, accepted_at=utc_now())
    assert "it came back, noted" in desk.press(f"/staff/deliveries/{mail}/returned")
    assert "Ada Example" in desk.text("/staff/print-desk").partition("Printed today")[0]


def test_sent_to_the_wrong_person_closes_the_link_and_says_what_to_do(desk: Desk, cast: Cast) -> None:
    desk.send()
    mail = desk.put(DeliveryState.ACCEPTED, accepted_at=utc_now())
    page = f"/staff/deliveries/{mail}/wrong-person"
    assert "Carers’ links from before stay open." in desk.text(page)
    with desk.app.app_context():
        programme = db.session.get_one(Programme, desk.programme)
        addresses.for_carer(db.session.get_one(Account, cast.clinician), programme, "Grace")
        db.session.commit()
    assert "Carers’ links made since then are closed too: Grace." in desk.text(page)
    assert "Please say what happened" in desk.press(page, what=" ")
    said = desk.press(page, what="Her sister got it <b>")
    for words in (
        "The old link and code are closed.",
        "made since then: Grace.",
        "72 hours",
        "Her sister got it &lt;b&gt;",
        "Clara Clinician",
    ):
        assert words in said
    assert "went to the wrong person" in desk.text()
    with desk.app.app_context():
        assert None not in db.session.scalars(select(PatientAddress.revoked_at)).all()
    assert "Make a new one first" in desk.text(f"{desk.page}/send")
    editions = desk.press(f"/staff/programmes/{desk.programme}/address/renew")
    assert "There is a new link." in editions
    with desk.app.app_context():  # the same exercises again, for paper with the new code
        clara = db.session.get_one(Account, cast.clinician)
        programme = db.session.get_one(Handout, desk.handout).programme
        assert handouts.prepare(clara, programme, utc_now()).content.edition == 2
    assert "Send to a…@post.example" in desk.text(f"{desk.page}/send")


def test_a_pause_of_all_e_mail_is_lifted_by_a_person(desk: Desk) -> None:
    with desk.app.app_context():
        db.session.add(MailPause(reason="535 sign-in refused", at=utc_now()))
        db.session.commit()
    page = desk.text("/staff/concerns")
    assert "All e-mail stands still" in page
    assert "535 sign-in refused" in page
    assert "Nothing needs you" in desk.press("/staff/mail/resume")


def test_what_an_e_mail_took_along_waits_at_no_desk(desk: Desk) -> None:
    assert "Ada Example" in desk.text("/staff/print-desk").partition("Printed today")[0]
    desk.send()
    page = desk.text("/staff/print-desk")
    assert "Ada Example" not in page.partition("Printed today")[0]
    assert "Ada Example" in page.partition("Sent today")[2]
    assert "Not printed or sent yet" not in desk.text("/staff/today")
    desk.put(DeliveryState.FAILED)
    page = desk.text("/staff/print-desk")
    assert "E-mail did not arrive" in page.partition("Printed today")[0]


def test_the_ledger_says_in_one_line_what_was_seen(desk: Desk) -> None:
    editions = f"/staff/programmes/{desk.programme}/editions"
    assert "Not given out yet" in desk.text(editions)
    desk.send()
    desk.put(DeliveryState.ACCEPTED, accepted_at=utc_now())
    desk.clara.post(f"{desk.page}/printings")
    with desk.app.app_context():
        address = db.session.scalars(select(PatientAddress)).one()
        address.openings, address.last_opened_at = 1, utc_now()
        db.session.commit()
    for page in (desk.text(editions), desk.text()):
        line = page.partition("Given out, in short")[2].partition("</ul>")[0]
        assert re.findall(r"</i>([^<]+)</span>", line) == ["Printed", "E-mail accepted", "Page opened"]


def test_while_an_e_mail_is_under_way_the_page_asks_again(desk: Desk) -> None:
    desk.send()
    assert 'hx-trigger="every 5s"' in desk.text()
    part = desk.clara.get(desk.page, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="given-out"')
    desk.put(DeliveryState.ACCEPTED)
    assert "hx-trigger" not in desk.text().partition("given-out")[2]


def test_the_patients_birthday_in_words(desk: Desk, cast: Cast) -> None:
    with desk.app.app_context():
        db.session.get_one(Patient, cast.patient).born = None
        db.session.commit()
    assert "the page opens without this check" in desk.text(f"{desk.page}/send")
