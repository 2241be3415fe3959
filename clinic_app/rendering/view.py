"""From a job to the plain values that the templates print. Decisions about room are taken here, by measured text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeVar

from clinic_app.rendering import dates, fonts, page_one, pictures, qr, ticks
from clinic_app.rendering.cards import Card, cards
from clinic_app.rendering.content import (
    Clinic,
    Clinician,
    Exercise,
    Handout,
    Patient,
    SafetyAdvice,
    SorenessGuide,
    Text,
)
from clinic_app.rendering.job import File, Job
from clinic_app.rendering.layouts import LAYOUTS, Layout

T = TypeVar("T")
GRID = 180.0  # millimetres
LOGO_WIDTH, LOGO_HEIGHT, LOGO_GAP = 45.0, 13.0, 4.0
CONTACT_WIDTH = 76.0


@dataclass(frozen=True, slots=True)
class Fit:
    """What gives way when pages are too full.

    On page 1: the strip, the address, lines of what changed, the size of the title and the gaps. On the cards: the
    tips, which then stand together on the last page; and where each has a page of its own, those with a number in
    `full_cards` get smaller pictures and gaps, and those in `spread_cards` have two pages. On the last page: the lines
    for questions. The safety box never gives way, but a long one may have its list in two columns, and then smaller
    type, where its layout says so. None is the layout's usual number.
    """

    strip: bool = True
    full_address: bool = True
    changes: int = page_one.MOST_CHANGES
    airy: bool = True
    question_lines: int | None = None
    list_columns: int | None = None
    safety_class: str = ""
    tips_on_cards: bool = True
    full_cards: frozenset[int] = frozenset()
    spread_cards: frozenset[int] = frozenset()


FULL = Fit()


@dataclass(frozen=True, slots=True)
class Logo:
    """`width` is its column; all in millimetres."""

    file: str
    width: float
    image_width: float
    image_height: float


@dataclass(frozen=True, slots=True)
class Thumb:
    number: int
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that a layout prints. `qr` is the SHA-256 of the code's drawing, or empty."""

    layout: Layout
    language: str
    document_title: str
    draft: bool
    running: str
    running_right: str
    footer: str
    title: str
    why: Text | None
    soreness: SorenessGuide | None
    floor: Text | None
    progress: Text | None
    clinic: Clinic
    logo: Logo | None
    contact: tuple[str, ...]
    contact_beside: bool
    contact_width: float
    patient: Patient
    clinician: Clinician
    edition: int
    replaces: int | None
    issued_on: date
    review_on: date | None
    not_better_by: date
    how: tuple[tuple[page_one.HowCell, ...], ...]
    strip: tuple[tuple[Thumb, ...], ...]  # in rows
    strip_upright: bool  # some picture of the strip is taller than wide
    names: tuple[tuple[tuple[int, str], ...], ...]
    changes: tuple[page_one.ChangeLine, ...]
    more_changes: int
    safety: SafetyAdvice
    safety_columns: tuple[tuple[str, ...], ...]
    safety_class: str
    cards: tuple[Card, ...]
    grids: tuple[ticks.Grid, ...]
    qr: str
    code: str
    airy: bool
    question_lines: int
    tips_on_cards: bool
    tips: tuple[Card, ...]
    awaits_review: bool
    formats: str


def qr_file(job: Job) -> tuple[str, File] | None:
    """The QR code's drawing and its name, or None without an address."""
    if job.address is None:
        return None
    data = qr.svg(job.address.url)
    return sha256(data).hexdigest(), File(data, pictures.SVG)


def page(job: Job, fit: Fit = FULL) -> Page:
    """The values of a job's pages; its pictures have passed the gate."""
    handout, layout = job.handout, LAYOUTS[job.layout]
    code = job.address.code if job.address else ""
    square = qr_file(job)
    lines, more = page_one.changes(handout, fit.changes)
    logo = _logo(job)
    upright = {name for name, file in job.files.items() if _is_upright(file)}
    shown = cards(handout, upright, layout, fit.full_cards, fit.spread_cards)
    contact = _contact(handout.clinic, full=fit.full_address)
    many = len(handout.exercises) > page_one.MOST_IN_STRIP
    return Page(
        layout=layout,
        language=handout.language,
        document_title=_document_title(handout),
        draft=handout.is_draft,
        running=_running(handout, layout),
        running_right=layout.words if layout.says_its_name else dates.in_words(handout.issued_on),
        footer=_footer(handout, code, layout),
        title=handout.title,
        why=handout.why,
        soreness=handout.soreness,
        floor=handout.floor if any(exercise.on_floor for exercise in handout.exercises) else None,
        progress=handout.progress,
        clinic=handout.clinic,
        logo=logo,
        contact=contact,
        contact_beside=layout.contact_beside
        and _lines(handout.clinic.name, 800, layout.clinic, _name_width(logo)) <= 2,
        contact_width=CONTACT_WIDTH,
        patient=handout.patient,
        clinician=handout.clinician,
        edition=handout.edition,
        replaces=handout.replaces,
        issued_on=handout.issued_on,
        review_on=handout.review_on,
        not_better_by=handout.not_better_by,
        how=page_one.how_rows(handout.exercises, layout.how),
        strip=_strip(handout.exercises, layout.strip_in_a_row) if fit.strip and not many else (),
        strip_upright=any(each.pictures[-1].file in upright for each in handout.exercises),
        names=_names(handout.exercises) if fit.strip and many else (),
        changes=lines,
        more_changes=more,
        safety=handout.safety,
        safety_columns=_balanced(handout.safety.emergency, layout, fit.list_columns or layout.list_columns),
        safety_class=fit.safety_class,
        cards=shown,
        grids=ticks.grids(handout, layout),
        qr=square[0] if square else "",
        code=code,
        airy=fit.airy,
        question_lines=layout.question_lines if fit.question_lines is None else fit.question_lines,
        tips_on_cards=fit.tips_on_cards,
        tips=() if fit.tips_on_cards else tuple(card for card in shown if card.easier),
        awaits_review=handout.awaits_review,
        formats="another format" if layout.says_its_name else "large print or another format",
    )


def _is_upright(file: File) -> bool:
    width, height = pictures.size(file.data, file.media_type)
    return height > width


def _logo(job: Job) -> Logo | None:
    name = job.handout.clinic.logo
    if name is None:
        return None
    width, height = pictures.size(job.files[name].data, job.files[name].media_type)
    scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    return Logo(name, round(width * scale + LOGO_GAP, 1), round(width * scale, 2), round(height * scale, 2))


def _name_width(logo: Logo | None) -> float:
    return GRID - CONTACT_WIDTH - (logo.width if logo else 0)


def _contact(clinic: Clinic, *, full: bool) -> tuple[str, ...]:
    phone = f"{clinic.phone}, {clinic.hours}" if clinic.hours else clinic.phone
    return (*clinic.address, phone) if full else (phone,)


def _document_title(handout: Handout) -> str:
    return f"{handout.title}: exercises for {handout.patient.name}" if handout.patient.name else handout.title


def _running(handout: Handout, layout: Layout) -> str:
    """The head of the later pages. A sheet for nobody in particular has a title only; its name is written by hand."""
    if not handout.patient.name:
        return handout.title
    long = f"{handout.patient.name}, {handout.title}"
    width = layout.head_width - (fonts.width("Draft, not issued. ", 800, layout.small) if handout.is_draft else 0)
    return long if _lines(long, 400, layout.small, width) <= layout.most_lines else handout.patient.name


def _footer(handout: Handout, code: str, layout: Layout) -> str:
    edition = "Draft" if handout.is_draft else f"Edition {handout.edition}"
    short = f"{handout.clinic.phone}\u2003{edition}" + (f", code {code}" if code else "")
    long = f"{handout.clinic.name}\u2003{short}"
    return long if _lines(long, 600, layout.small, layout.foot_width) <= layout.most_lines else short


def _lines(text: str, weight: int, points: float, width: float) -> int:
    """How many lines the words of `text` take in `width` millimetres; a word that is too wide counts all its lines."""
    lines, used = 1, 0.0
    space = fonts.width(" ", weight, points)
    for word in text.split():
        wide = fonts.width(word, weight, points) * 1.02
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0)
        lines += int(used // width)
        used %= width
    return lines


def _strip(exercises: Sequence[Exercise], in_a_row: int) -> tuple[tuple[Thumb, ...], ...]:
    thumbs = tuple(Thumb(number, each.name, each.pictures[-1].file) for number, each in enumerate(exercises, start=1))
    return tuple(thumbs[start : start + in_a_row] for start in range(0, len(thumbs), in_a_row))


def _names(exercises: Sequence[Exercise]) -> tuple[tuple[tuple[int, str], ...], ...]:
    return _columns(tuple((number, exercise.name) for number, exercise in enumerate(exercises, start=1)))


def _columns(items: tuple[T, ...]) -> tuple[tuple[T, ...], ...]:
    half = (len(items) + 1) // 2
    return (items[:half], items[half:])


def _balanced(items: tuple[str, ...], layout: Layout, columns: int) -> tuple[tuple[str, ...], ...]:
    """Two columns of about the same number of lines, read down the first and then the second; or one column."""
    if columns == 1:
        return (items,)
    lines = [_lines(item, 400, layout.body, layout.list_width) for item in items]

    def cost(cut: int) -> tuple[int, int]:
        return max(sum(lines[:cut]), sum(lines[cut:])), abs(2 * cut - len(items))

    best = min(range(len(items) + 1), key=cost)
    return (items[:best], items[best:])
