"""The printed handout: what a reader, a screen reader and a scanner find in it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from clinic_app.dosage.band import cells
from clinic_app.rendering import pdf
from clinic_app.rendering.job import Job, Printed, encode
from clinic_app.rendering.png import pages_as_png
from tests.rendering.reading import elements, in_order, page_texts

ROOT = Path(__file__).parents[2]


def test_six_exercises_take_five_pages(printed: Printed) -> None:
    assert printed.pages == 5


def test_says_language_title_and_that_it_is_tagged(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "en-GB"
    assert bool(opened.Root.MarkInfo.Marked)
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    assert str(opened.docinfo["/Title"]) == "Low back: weeks 3 to 4: exercises for Sample Patient"
    assert opened.open_metadata()["pdfuaid:part"] == "1"


def test_holds_no_date_and_no_attachment(opened: pikepdf.Pdf) -> None:
    assert not {"/CreationDate", "/ModDate"} & set(opened.docinfo.keys())
    assert not opened.attachments
    assert "/AF" not in opened.Root
    assert "/OpenAction" not in opened.Root


def test_every_figure_has_words(opened: pikepdf.Pdf, job: Job) -> None:
    figures = [str(element.get("/Alt", "")) for element in elements(opened) if element.S == "/Figure"]
    drawn = [picture.alt for exercise in job.handout.exercises for picture in exercise.pictures]
    square = "QR code: opens these exercises on your phone"
    assert figures == [square, *drawn, square]


def test_headings_lists_and_the_table_are_tagged(opened: pikepdf.Pdf) -> None:
    kinds = [str(element.S) for element in elements(opened)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H3") == 6
    assert kinds.count("/L") == 2 + 6
    assert kinds.count("/LI") == kinds.count("/LBody") == 5 + 6 * 4
    assert kinds.count("/Table") == 1
    heads = [element for element in elements(opened) if element.S == "/TH"]
    assert len(heads) == 15 + 7
    assert all("/Headers" in element.A for element in elements(opened) if element.S == "/TD")


def test_fonts_are_embedded_and_can_be_copied_from(opened: pikepdf.Pdf) -> None:
    fonts = {}
    for page in opened.pages:
        for font in page.Resources.Font.values():
            fonts[str(font.BaseFont)] = font
    names = {name.rpartition("+")[2] for name in fonts}
    assert {"Text-800", "Figures-800", "Text-400"} <= {name.replace(",Regular", "") for name in names} or len(names) > 5
    for name, font in fonts.items():
        assert "/ToUnicode" in font, name
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, name


def test_page_one_answers_in_order(texts: list[str]) -> None:
    order = [
        "Harbour Physiotherapy",
        "Exercises for Sample Patient, born 1 January 1957",
        "Low back: weeks 3 to 4",
        "From Demo Clinician, physiotherapist. 23 November 2026.",
        "Edition 3. It replaces edition 2. Next review: 7 December 2026.",
        "On your phone",
        "How often, every day 2 times a day",
        "How long, about",
        "How many 6 exercises",
        "1 Knee to chest",
        "What changed since last time",
        "New Bird-dog, exercise 5",
        "Changed Knee to chest: hold 20 seconds (was 10 seconds)",
        "Stopped Knee rolls",
        "Call 999 or go to A&E now",
        "chest pain",
        "Call 111 or your GP today",
        "Stop and call us, 01632 960 123,",
        "Ask us about seeing a specialist",
    ]
    assert in_order(order, texts[0])


def test_a_card_reads_in_order(texts: list[str], job: Job) -> None:
    exercise = job.handout.exercises[0]
    dose = " ".join(cell.spoken.replace(",", "", 1) for cell in cells(exercise.dosage, exercise.body_part, "en"))
    order = [
        "Loosen",
        "Knee to chest",
        "Changed: hold 20 seconds (was 10 seconds)",
        dose.split(", ")[0],
        *exercise.steps,
    ]
    order += [
        "Feel it:",
        exercise.feel,
        "Take care:",
        exercise.take_care,
        "A Start",
        "B Lift and hold, right leg shown",
    ]
    assert in_order([*order, "Easier: Lift only half as high.", "2 Pelvic tilt"], texts[1])


def test_every_dose_is_on_its_card(texts: list[str], job: Job) -> None:
    for number, exercise in enumerate(job.handout.exercises):
        text = texts[1 + number // 2]
        for cell in cells(exercise.dosage, exercise.body_part, "en"):
            assert f"{cell.label} {cell.amount} {cell.unit}".strip() in text
            assert cell.detail in text


def test_the_last_page(texts: list[str]) -> None:
    order = [
        "How sore should it feel?",
        "Getting down to the floor and up again",
        "Tick each time you do it: 2 ticks a day",
        "Starts 23 November Mo Tu We",
        "6 Bridge",
        "Soreness, 0 to 10",
        "On your phone:",
        "ask us: 01632 960 123. Your code is 7KQ2M-X4RTP.",
        "Not better by 23 April 2027? Ask us to refer you to Dr A. Example, spinal clinic.",
        "Why these help: Moving a little every day helps most sore backs.",
        "My questions for next time",
        "Need this in large print or another format? Call us: 01632 960 123",
        "Harbour Physiotherapy is a demo clinic.",
        "waiting for the clinic's own review",
    ]
    assert in_order(order, texts[-1])


def test_head_and_foot_are_on_every_page(texts: list[str]) -> None:
    for number, text in enumerate(texts, start=1):
        assert "Harbour Physiotherapy 01632 960 123 Edition 3, code 7KQ2M-X4RTP" in text
        assert f"Page {number} of 5" in text
        assert ("Sample Patient, Low back: weeks 3 to 4" in text) == (number > 1)


def test_a_draft_says_so_on_every_page(job: Job) -> None:
    draft = replace(job.handout, edition=0, replaces=None, changes=())
    printed = pdf.render(replace(job, handout=draft))
    for text in page_texts(printed):
        assert "Draft, not issued" in text
        assert "Edition" not in text


@pytest.mark.parametrize("dpi", [100, 200])
def test_the_qr_code_reads_back(printed: Printed, job: Job, dpi: int) -> None:
    pages = pages_as_png(printed.pdf, dpi)
    for number in (0, -1):
        found = zxingcpp.read_barcodes(Image.open(BytesIO(pages[number])))
        assert [code.text for code in found] == [job.address.url if job.address else ""]


def test_without_an_address_there_is_no_code(job: Job) -> None:
    printed = pdf.render(replace(job, address=None))
    texts = page_texts(printed)
    assert not any(words in text for text in texts for words in ("On your phone", "code 7KQ2M", "point the camera"))
    assert not zxingcpp.read_barcodes(Image.open(BytesIO(pages_as_png(printed.pdf, 100, 1, 1)[0])))


def test_without_a_specialist_the_clinic_is_named(job: Job) -> None:
    handout = replace(job.handout, clinic=replace(job.handout.clinic, specialist=""))
    text = page_texts(pdf.render(replace(job, handout=handout)))[-1]
    assert "Not better by 23 April 2027? Call us on 01632 960 123 to agree the next step." in text


def test_floor_words_only_when_an_exercise_is_on_the_floor(job: Job) -> None:
    standing = tuple(replace(exercise, on_floor=False) for exercise in job.handout.exercises)
    text = page_texts(pdf.render(replace(job, handout=replace(job.handout, exercises=standing))))[-1]
    assert "Getting down to the floor" not in text


def test_the_soreness_guide_can_be_switched_off(job: Job) -> None:
    with_guide = page_texts(pdf.render(job))[-1]
    without = page_texts(pdf.render(replace(job, handout=replace(job.handout, soreness=None))))[-1]
    assert "How sore should it feel?" in with_guide
    assert "Soreness, 0 to 10" in with_guide
    assert "ore" not in without.replace("more", "").replace("sore backs", "")


@pytest.mark.parametrize("count", range(1, 9))
def test_cards_never_split_and_stand_two_a_page(count: int, with_exercises: Callable[[int], Job]) -> None:
    job = with_exercises(count)
    texts = page_texts(pdf.render(job))
    for number, exercise in enumerate(job.handout.exercises):
        page = texts[1 + number // 2]
        assert exercise.name in page
        assert exercise.steps[1] in page
        assert exercise.take_care in page
    # An odd last card leaves half a page, which the last-page parts need more than.
    assert len(texts) == 1 + (count + 1) // 2 + 1


def test_twelve_exercises_print(with_exercises: Callable[[int], Job]) -> None:
    printed = pdf.render(with_exercises(12))
    texts = page_texts(printed)
    assert "12 Child's pose" in texts[0]
    assert printed.pages == 1 + 6 + 2


def test_the_same_order_gives_the_same_bytes(printed: Printed, job: Job) -> None:
    assert pdf.render(job).pdf == printed.pdf


def test_another_process_gives_the_same_bytes(printed: Printed, job: Job) -> None:
    program = """
import sys, hashlib
from clinic_app.rendering import job, pdf
print(hashlib.sha256(pdf.render(job.decode(sys.stdin.buffer.read())).pdf).hexdigest())
"""
    said = subprocess.run(
        [sys.executable, "-c", program],
        input=encode(job),
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": "/nonexistent"},
    ).stdout
    assert said.decode().strip() == hashlib.sha256(printed.pdf).hexdigest()


def test_another_handout_between_leaves_no_trace(printed: Printed, job: Job) -> None:
    blue = replace(job.handout, clinic=replace(job.handout.clinic, colour="#1A4480", name="Other Clinic"))
    assert pdf.render(replace(job, handout=blue, address=None)).pdf != printed.pdf
    assert pdf.render(job).pdf == printed.pdf
