"""One defect at a time: the gate refuses each, and says so in a sentence that names the exercise or field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import tinyhtml5
from weasyprint import HTML

from clinic_app.dosage import Dosage, Mode, Range
from clinic_app.errors import NotPrintable
from clinic_app.rendering import gate, layout, pdf, view
from clinic_app.rendering.content import Change, ChangeKind, Exercise, Handout, SafetyAction
from clinic_app.rendering.gate import laid_out
from clinic_app.rendering.job import Job
from tests.rendering.edits import Edit, clinic, exercise, patient, picture, safety


def only_start(handout: Handout) -> Handout:
    return exercise(pictures=handout.exercises[1].pictures[:1])(handout)


DEFECTS: dict[str, tuple[Edit, str]] = {
    "no title": (lambda handout: replace(handout, title=" "), "The title is missing."),
    "no language": (lambda handout: replace(handout, language=""), "The language is missing."),
    "no words for the language": (
        lambda handout: replace(handout, language="pl"),
        "Exercise 2, Pelvic tilt has no dose text.",
    ),
    "no exercises": (lambda handout: replace(handout, exercises=()), "The handout has no exercises."),
    "no patient": (patient(name=""), "The patient's name is missing."),
    "no clinic": (clinic(name=""), "The clinic's name is missing."),
    "no phone": (clinic(phone=""), "The clinic's phone is missing."),
    "a colour that is a rule": (
        clinic(colour="red; } @import 'http://c.test'; {"),
        "The clinic's colour is not written as # and six digits.",
    ),
    "no name": (exercise(name=""), "Exercise 2 has no name."),
    "no steps": (exercise(steps=("",)), "Exercise 2, Pelvic tilt has no steps."),
    "no dose sentence": (exercise(sentence=""), "Exercise 2, Pelvic tilt has no dose text."),
    "no side": (
        exercise(dosage=Dosage(Mode.CONTINUOUS, reps=Range.of(3), side=None)),
        "Exercise 2, Pelvic tilt: choose a side.",
    ),
    "one picture": (only_start, "Exercise 2, Pelvic tilt needs a start and an end picture."),
    "empty alt": (picture(alt=" "), "Exercise 2, Pelvic tilt: picture B has no description in words."),
    "missing bytes": (picture(file="0" * 64), "Exercise 2, Pelvic tilt: picture B is missing."),
    "missing logo": (clinic(logo="0" * 64), "The clinic's logo is missing."),
    "no safety list": (safety(emergency=()), "The safety box is missing."),
    "no safety title": (safety(title=""), "The safety box is missing."),
    "empty safety line": (safety(emergency=("chest pain", "")), "The safety box: line 2 of the list is empty."),
    "no specialist": (
        safety(specialist=SafetyAction("", "")),
        "The safety box: the row “see a specialist” is missing.",
    ),
    "no stop row": (safety(stop=SafetyAction("Stop", " ")), "The safety box: the row “stop and call us” is missing."),
    "emoji": (
        exercise(note="Well done 😀"),
        "Exercise 2, Pelvic tilt, note: the character “😀” (U+1F600, grinning face) cannot be printed.",
    ),
    "other script": (
        patient(name="王"),
        "The patient's name: the character “王” (U+738B, cjk unified ideograph-738b) cannot be printed.",
    ),
    "bidi override": (
        exercise(take_care="left\u202eright"),
        "Exercise 2, Pelvic tilt, take care: the character (U+202E, right-to-left override) cannot be printed.",
    ),
    "control character": (
        exercise(feel="a\x00b"),
        "Exercise 2, Pelvic tilt, feel it: the character (U+0000, no name) cannot be printed.",
    ),
    "lone surrogate": (
        exercise(feel="a\ud800b"),
        "Exercise 2, Pelvic tilt, feel it: the character (U+D800, no name) cannot be printed.",
    ),
    "endless word": (
        exercise(note="a" * 61),
        "Exercise 2, Pelvic tilt, note: a word is longer than 60 characters.",
    ),
    "card too long": (
        exercise(note="Rest when you need to. " * 90),
        "Exercise 2, Pelvic tilt is too long for one page: shorten its steps or the note.",
    ),
    "safety box too long": (
        safety(emergency=("a serious accident or a bad fall from a height",) * 60),
        "Page 1 is too full: the safety box does not fit on it. Shorten the names, the address or the title.",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_refuses(defect: str, job: Job) -> None:
    edit, reason = DEFECTS[defect]
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(replace(job, handout=edit(job.handout)))
    assert reason in refusal.value.reasons


def test_names_every_reason_at_once(job: Job) -> None:
    broken = exercise(sentence="", steps=())(replace(job.handout, title=""))
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(replace(job, handout=broken))
    assert len(refusal.value.reasons) == 3


def page_text(job: Job) -> str:
    return layout.html(job.layout, {"page": view.page(job)})


TREES = {
    "no lang": ('<html lang="en-GB">', "<html>", "The pages do not say their language."),
    "no title": ("<title>", "<title></title><meta>", "The pages have no title."),
    "two main headings": ("</h1>", "</h1><h1>Again</h1>", "The pages have 2 main headings instead of 1."),
    "no main heading": ("h1>", "h2>", "The pages have 0 main headings instead of 1."),
    "a skipped level": ("</h1>", "</h1><h3>Deep</h3>", "The heading “Deep” skips a level."),
    "an empty heading": ("</h1>", "</h1><h2> </h2>", "A heading is empty."),
    "no alt": (
        'alt="QR code: opens these exercises on your phone"',
        "",
        "A picture on the pages has no description in words.",
    ),
    "a bad link": (
        "</h1>",
        '</h1><a href="javascript:alert(1)">x</a>',
        "A link on the pages is not a web address, an e-mail address or a phone number.",
    ),
    "a file link": (
        "</h1>",
        '</h1><a href="file:///etc/passwd">x</a>',
        "A link on the pages is not a web address, an e-mail address or a phone number.",
    ),
    "a script": ("</h1>", "</h1><script>1</script>", "The pages contain an element that is not printed here (script)."),
    "an unprintable sign": ("</h1>", "▪</h1>", "The pages contain characters that cannot be printed: U+25AA."),
    "a lost card": ('id="exercise-2"', "", "The pages do not have one card for each exercise."),
    "a lost safety box": ('id="safety"', "", "The safety box is missing."),
}


@pytest.mark.parametrize("defect", TREES)
def test_refuses_a_page_text(defect: str, job: Job) -> None:
    old, new, reason = TREES[defect]
    text = page_text(job)
    assert old in text
    root = tinyhtml5.parse(text.replace(old, new), namespace_html_elements=False)
    with pytest.raises(NotPrintable) as refusal:
        gate.check_tree(root, job)
    assert reason in refusal.value.reasons


@pytest.mark.parametrize("target", ["https://clinic.example", "mailto:a@clinic.example", "tel:01632960123"])
def test_takes_a_good_link(target: str, job: Job) -> None:
    text = page_text(job).replace("</h1>", f'</h1><a href="{target}">Our page</a>')
    gate.check_tree(tinyhtml5.parse(text, namespace_html_elements=False), job)


# The laid-out pages.
PAGE = "<style>@page {{ size: 200px 200px; margin: 20px }} body {{ margin: 0; font: 10px 'Text 400' }}</style>{}"
OVERFLOWS = {
    "text past the page": '<p style="white-space: nowrap">a long line that goes past the edge of its page</p>',
    "text past a cell": '<div style="display: table; table-layout: fixed; width: 100px"><div style="display:'
    ' table-cell; white-space: nowrap">a long line in a cell</div><div style="display: table-cell">b</div></div>',
    "text past a set height": '<div style="height: 12px; width: 50px">two lines of some text</div>',
    "a picture past the page": '<img alt="x" src="asset:x" style="width: 300px; height: 10px">',
    "text above the page": '<p style="margin-top: -30px">up</p>',
}


@pytest.mark.parametrize("defect", OVERFLOWS)
def test_refuses_what_does_not_fit(defect: str) -> None:
    reasons = overflow(PAGE.format(OVERFLOWS[defect]))
    assert len(reasons) >= 1
    assert all("does not fit in its place" in reason for reason in reasons)


def test_takes_what_fits() -> None:
    assert overflow(PAGE.format("<ol><li>one<li>two</ol><div style='height: 30px; width: 60px'>some text</div>")) == []


def overflow(text: str) -> list[str]:
    from clinic_app.rendering.fetcher import Assets  # noqa: PLC0415 - only here

    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    document = HTML(string=text, url_fetcher=Assets({"x": (square, "image/svg+xml")})).render()
    return [reason for page in document.pages for reason in laid_out._overflow(page._page_box)]


def test_refuses_a_finished_pdf_without_the_safety_box(job: Job) -> None:
    other = replace(job, handout=safety(title="Call 111 now")(job.handout))
    printed = pdf.render(other)
    with pytest.raises(NotPrintable) as refusal:
        gate.check_pdf(printed.pdf, job, printed.pages)
    assert refusal.value.reasons == ("Page 1 of the finished PDF lacks “Call 999 or go to A&E now”.",)


def test_refuses_bytes_that_are_no_pdf(job: Job) -> None:
    with pytest.raises(NotPrintable, match="cannot be opened"):
        gate.check_pdf(b"%PDF-", job, 5)


def test_refuses_a_pdf_with_lost_pages(job: Job, printed: Any) -> None:
    with pytest.raises(NotPrintable, match="has 5 pages instead of 6"):
        gate.check_pdf(printed.pdf, job, 6)


def test_refuses_what_the_printer_only_logs(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "check_tree", lambda *_: None)
    html = layout.html
    monkeypatch.setattr(layout, "html", lambda *args: html(*args).replace("<html lang", "<html data-lang"))
    with pytest.raises(NotPrintable, match="The printer reported: Missing required"):
        pdf.render(job)


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ("<li>chest pain</li>", "The safety box lacks the line “chest pain”."),
        (
            "<b>Ask us about seeing a specialist</b>",
            "The safety box lacks the row “Ask us about seeing a specialist”.",
        ),
    ],
)
def test_refuses_a_safety_box_that_the_page_cuts_short(
    lost: str, reason: str, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = layout.html
    assert lost in page_text(job)
    monkeypatch.setattr(layout, "html", lambda *args: html(*args).replace(lost, ""))
    with pytest.raises(NotPrintable) as refusal:
        pdf.render(job)
    assert reason in refusal.value.reasons


def test_looks_at_the_finished_bytes(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weasyprint.Document.write_pdf", lambda *_args, **_options: b"%PDF-1.7 half a file")
    with pytest.raises(NotPrintable, match="cannot be opened"):
        pdf.render(job)


def test_many_changes_keep_the_safety_box_on_page_one(job: Job) -> None:
    changes = tuple(Change(ChangeKind.STOPPED, f"old-{number}", f"Old exercise {number}") for number in range(12))
    assert pdf.render(replace(job, handout=replace(job.handout, changes=changes))).pages == 5


def test_an_exercise_is_named_by_number_and_name(job: Job) -> None:
    named: Exercise = job.handout.exercises[1]
    assert gate.content.called(2, named) == "Exercise 2, Pelvic tilt"
