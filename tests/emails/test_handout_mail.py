"""The patient's message: what stands in it, and what must never stand in it."""

from __future__ import annotations

import re

import pytest

from clinic_app.emails.handout_mail import LARGEST_PDF, MOST_CHANGES, BadMail, compose, new_message_id, words
from clinic_app.emails.settings import Sender
from tests.a_mail import CHANGES, HEADERS, URL, Seen, handout_mail, page_of, received, text_of

PREVIEW = 150  # characters that a phone shows of a message
FOLLOW_UP = {"edition": 2, "changes": CHANGES}


def test_exactly_our_headers_and_one_recipient() -> None:
    for changed in ({}, FOLLOW_UP, {"pdf": b"%PDF-1.7"}, {"recipient": "zoë@post.example"}):
        message = received(**changed)
        assert sorted(message.keys()) == sorted(HEADERS)
        assert [str(each) for each in message["To"].addresses] == [changed.get("recipient", "ada@post.example")]
        assert str(message["From"]) == "Harbour Physiotherapy <handouts@clinic.example>"
        assert str(message["Subject"]) == "Your exercises from Harbour Physiotherapy"
        assert str(message["Message-ID"]) == "<5f0c1d2e@clinic.example>"
        assert str(message["Auto-Submitted"]) == "auto-generated"
        assert message["Date"].datetime == handout_mail().date


def test_both_parts_say_the_same() -> None:
    for changed in (
        {},
        FOLLOW_UP,
        {"pdf": b"%PDF-1.7"},
        {"code": "", "hours": "", "asks_born": False, "replies_read": True, "greeting": ""},
    ):
        message = received(**changed)
        assert message.get_content_type() == ("multipart/mixed" if "pdf" in changed else "multipart/alternative")
        seen = Seen(page_of(message))
        written = [each for each in text_of(message).split() if each not in {"-", URL}]
        assert seen.words == written
        assert seen.links == [URL, "tel:01632960123"]
        assert URL in text_of(message).splitlines()


def test_what_the_patient_is_told() -> None:
    text = text_of(received())
    for expected in (
        "Harbour Physiotherapy",
        "Hello Ada,",
        "Your exercises are ready",
        "01632 960 123",
        "Monday to Friday, 8 am to 6 pm",
        "Nobody reads the answers.",
        "date of birth",
        "Open handouts.example/p and type this code: 7KQ2M-X4RTP",
        "Edition 1",
    ):
        assert expected in text
    assert "changed" not in text
    assert "PDF" not in text


def test_what_is_not_so_is_not_said() -> None:
    text = text_of(received(code="", hours="", asks_born=False, replies_read=True, greeting=""))
    assert "Hello,\n" in text
    for unexpected in ("code", "date of birth", "reply", "Monday"):
        assert unexpected not in text
    assert "\n\n\n" not in text_of(received())


def test_from_the_second_edition_on_it_says_what_changed() -> None:
    text = text_of(received(**FOLLOW_UP))
    assert "Your exercises have changed" in text
    assert all(f"- {change}" in text for change in CHANGES)
    assert "What changed" not in text_of(received(edition=1, changes=CHANGES)), "a first edition changes nothing"
    assert "What changed" not in text_of(received(edition=2, changes=()))


def test_many_and_long_changes_stay_on_the_page() -> None:
    text = text_of(received(edition=2, changes=("x " * 5000,) * 50))
    assert text.count("\n- ") == MOST_CHANGES + 1
    assert "Your page shows the other changes." in text
    assert len(text) < 10_000


def test_subject_and_preview_say_nothing_about_health() -> None:
    message = received(**FOLLOW_UP)
    previews = (" ".join(text_of(message).split())[:PREVIEW], " ".join(Seen(page_of(message)).words)[:PREVIEW])
    for shown in (str(message["Subject"]), *previews):
        assert "Bridge" not in shown
        assert "Clam" not in shown
        assert URL not in shown


def test_the_pdf_is_a_choice() -> None:
    assert list(received().iter_attachments()) == []
    message = received(edition=3, pdf=b"%PDF-1.7 made")
    (part,) = message.iter_attachments()
    assert part.get_filename() == "exercises-3.pdf"
    assert part.get_content_type() == "application/pdf"
    assert part.get_payload(decode=True) == b"%PDF-1.7 made"
    assert "attached as a PDF" in text_of(message)
    with pytest.raises(BadMail, match="too large"):
        compose(handout_mail(pdf=b"x" * (LARGEST_PDF + 1)))


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = page_of(received(**FOLLOW_UP))
    seen = Seen(page)
    assert {tag for tag, _ in seen.elements}.isdisjoint({"img", "link", "script", "iframe", "object", "form", "input"})
    assert "url(" not in page
    assert "@import" not in page
    assert "@font-face" not in page
    names = {name for _, attributes in seen.elements for name in attributes}
    assert names.isdisjoint({"src", "srcset", "background"})
    assert not any(name.startswith("on") for name in names)
    assert re.findall(r"https?://", page) == ["https://"], "the link, and nothing else"


def test_the_page_can_be_read_by_everybody() -> None:
    page = page_of(received(**FOLLOW_UP))
    elements = Seen(page).elements
    assert ("html", {"lang": "en-GB", "dir": "ltr"}) in elements
    assert all(attributes.get("role") == "presentation" for tag, attributes in elements if tag == "table")
    assert [tag for tag, _ in elements if tag in {"h1", "h2"}] == ["h1", "h2"]
    sizes = [int(size) for size in re.findall(r"font-size:(\d+)px", page)]
    assert sizes
    assert min(sizes) >= 14
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "prefers-color-scheme: dark" in page
    # Whoever gets a style sheet for dark screens has a class for it on every coloured element.
    for tag, attributes in elements:
        style = attributes.get("style") or ""
        if "color:#16242e" in style or "color:#33454f" in style:
            assert attributes.get("class"), (tag, style)


def test_every_byte_travels_as_it_is() -> None:
    """Seven bits, lines that end in CRLF and are shorter than 999 characters: no server has to change anything."""
    raw = compose(handout_mail(clinic="Härbour", edition=2, changes=("ä" * 290,), pdf=b"\x00\xff" * 900)).as_bytes()
    assert raw.isascii()
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    assert max(len(line) for line in raw.split(b"\r\n")) < 200


def test_a_new_id_is_new_and_fits() -> None:
    sender = Sender("", "handouts@" + "a" * 60 + "." + "b" * 60 + ".example")
    first, second = new_message_id(sender), new_message_id(sender)
    assert first != second
    assert len(first) <= 120
    for each in (first, new_message_id(Sender("", "a@" + "c" * 60 + ".physiotherapy.example"))):
        assert str(received(message_id=each)["Message-ID"]) == each


def test_sentences_are_short() -> None:
    said = words(handout_mail(edition=2, pdf=b"x"))
    for sentence in (said.opening, said.ask, said.attached, said.replies, said.stranger):
        for each in re.split(r"(?<=[.?])\s", sentence):
            assert len(each.split()) <= 15, each
