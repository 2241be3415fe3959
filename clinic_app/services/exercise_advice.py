"""What an editor is told about an exercise while writing it, and what keeps it from being published.

`starter.check` knows the words; this finds the place on the page and says what is still missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from clinic_app.dosage import BodyPart, Dosage, Side
from clinic_app.dosage.codec import from_data
from clinic_app.dosage.limits import Severity, check
from clinic_app.errors import Gap
from clinic_app.services import exercise_entry
from clinic_app.starter import schema
from clinic_app.starter.authored import latest_due
from clinic_app.starter.check import HARDEST_GRADE, check_exercise, patient_fields
from clinic_app.starter.lists import Kind, ReviewStatus, StartingPosition, State
from clinic_app.starter.problems import first_problem
from clinic_app.starter.readability import grade

FEWEST_PICTURES = 2  # start and end
FEWEST_STEPS = 3
AGE_OF_GRADE = 5  # years to add to a Flesch-Kincaid grade
NEEDED = {
    "name": ("The name is missing.", "name"),
    "feel": ("“Feel it” is empty.", "feel"),
    "take_care": ("“Take care” is empty.", "take_care"),
    "easier_tip": ("“If it is too hard” is empty.", "easier_tip"),
    "benefit": ("“Why it helps” is empty.", "benefit"),
    "targets": ("“Works on” is empty.", "targets"),
    "author": ("The author is missing.", "author"),
    "licence": ("The licence is missing.", "licence"),
}
LISTED = {
    "body_regions": ("Choose a body region.", "body_regions"),
    "mistakes": ("Name a common mistake.", "mistakes"),
    "precautions": ("Name a precaution.", "precautions"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of advice under the field `where` (an element id; "" stands for the whole text)."""

    where: str
    message: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One line of "Before you publish": `state` is "done", "advice" (may be published so) or "open"."""

    words: str
    state: str
    where: str


def advice(content: Mapping[str, Any], today: date) -> tuple[Line, ...]:
    """All advice for a content, finished or not."""
    entry = loose(content)
    lines = [Line(place(each.field), each.message, each.hard) for each in check_exercise(entry, today)]
    for number, picture in enumerate(content["pictures"]):
        if not exercise_entry.is_shown(picture):
            lines.append(Line(f"pictures-{number}-photo", "There is no picture here yet.", hard=True))
    return tuple(lines)


def gaps(content: Mapping[str, Any], today: date, lines: Sequence[Line] | None = None) -> tuple[Gap, ...]:
    """Everything that keeps the content from being published: what is missing, and the hard advice.

    `lines`: its advice, where that was asked for already.
    """
    found = list(_missing(content))
    seen = {gap.where for gap in found}
    said = advice(content, today) if lines is None else lines
    hard = [line for line in said if line.hard and line.where not in seen]
    found += [Gap(line.message, line.where) for line in hard]
    if not found:
        found += _as_published(content, today)
    return tuple(found)


def checks(content: Mapping[str, Any], today: date, lines: Sequence[Line], *, signed: bool) -> tuple[Check, ...]:
    """The list "Before you publish". `lines`: the content's advice. `signed`: the second person has published this."""
    missing = gaps(content, today, lines)
    pictures = content["pictures"]

    def first(*parts: str) -> str:
        return next((gap.where for gap in missing if gap.where.startswith(parts)), "")

    def check_of(words: str, where: str, fallback: str) -> Check:
        return Check(words, "open" if where else "done", where or fallback)

    shown = [each for each in pictures if exercise_entry.is_shown(each)]
    without_alt = next((n for n, each in enumerate(pictures) if not each["alt"]), None)
    dose = first("dose-", "side")
    soft = next((line.where for line in lines if not line.hard and line.where), "steps-0")
    others = [gap for gap in missing if not gap.where.startswith(("pictures-", "dose-", "side"))]
    age = reading_age(content)
    easy = age <= HARDEST_GRADE + AGE_OF_GRADE
    return (
        check_of("Words are complete", others[0].where if others else "", "name"),
        Check(
            "Start and end pictures" if len(shown) >= FEWEST_PICTURES else "Start and end pictures are missing",
            "done" if len(shown) >= FEWEST_PICTURES and len(shown) == len(pictures) else "open",
            first("pictures-") or "pictures",
        ),
        Check(
            "Picture descriptions",
            "done" if pictures and without_alt is None else "open",
            f"pictures-{without_alt}-alt" if without_alt is not None else "pictures",
        ),
        Check(
            f"Reading age {age:.0f}" + ("" if easy else ", aim for 9 to 11"),
            "done" if easy and all(line.hard for line in lines) else "advice",
            soft,
        ),
        check_of("Dose and side set", dose, "dose-mode"),
        Check("Second person has signed" if signed else "Second person to sign", "done" if signed else "open", "sign"),
    )


def reading_age(content: Mapping[str, Any]) -> float:
    """Years of age at which what the patient reads is understood; 0 without words."""
    texts = [text for field, text in patient_fields(loose(content)) if field != "name"]
    return max(grade(texts) + AGE_OF_GRADE, 5) if texts else 0


def place(field: str) -> str:
    """The element that shows a field of the content: "steps.2" is in "steps-1", "dosage.hold" in "dose-hold_min"."""
    name, _, rest = field.partition(".")
    if name == "dosage":
        number = {"hold", "duration", "reps", "sets", "times_per_day", "days_per_week", "weeks"}
        return f"dose-{rest}_min" if rest in number else "side" if rest == "side" else "dose-mode"
    if name in {"mistakes", "aliases"} or not rest:
        return "steps-0" if field == "steps" else name
    if name in {"review", "evidence"}:
        return field.replace(".", "_")
    index, _, inner = rest.partition(".")
    return f"{name}-{int(index) - 1}{'-' + inner if inner else ''}" if index.isdigit() else name


def loose(content: Mapping[str, Any]) -> schema.Exercise:
    """The content as the pack's value without its checks, so that an unfinished draft can be advised on."""
    part = content.get("body_part")
    return schema.Exercise.model_construct(
        slug=content["slug"],
        name=content["name"],
        kind=Kind(content["kind"]),
        starting_position=StartingPosition(content["starting_position"]),
        body_part=BodyPart(part) if part else None,
        steps=tuple(content["steps"]),
        both_sides_step=content.get("both_sides_step"),
        feel=content["feel"],
        mistakes=tuple(content["mistakes"]),
        take_care=content["take_care"],
        easier=tuple(schema.Link.model_construct(**each) for each in content["easier"]),
        easier_tip=content["easier_tip"],
        harder=tuple(schema.Link.model_construct(**each) for each in content["harder"]),
        dosage=from_data(content["dosage"]),
        benefit=content["benefit"],
        targets=content["targets"],
        pictures=tuple(
            schema.Picture.model_construct(letter=each["letter"], caption=each["caption"], alt=each["alt"])
            for each in content["pictures"]
        ),
        review=schema.Review.model_construct(
            status=ReviewStatus(content["review"]["status"]), due=date.fromisoformat(content["review"]["due"])
        ),
    )


def _missing(content: Mapping[str, Any]) -> Iterator[Gap]:
    for name, (words, where) in NEEDED.items():
        if not content.get(name):
            yield Gap(words, where)
    if len(content["steps"]) < FEWEST_STEPS:
        yield Gap(f"Write at least {FEWEST_STEPS} steps.", f"steps-{len(content['steps'])}")
    if content.get("body_part") and not content.get("both_sides_step"):
        yield Gap("Say how to change sides.", "both_sides_step")
    for name, (words, where) in LISTED.items():
        if not content[name]:
            yield Gap(words, where)
    if not content["evidence"]["source"]:
        yield Gap("Say where the usual dose was seen.", "evidence_source")
    yield from _dose(content)
    yield from _pictures(content)


def _dose(content: Mapping[str, Any]) -> Iterator[Gap]:
    dosage: Dosage = from_data(content["dosage"])
    has_sides = bool(content.get("body_part"))
    if has_sides and dosage.side not in {Side.EACH, Side.ALTERNATE}:
        yield Gap("Choose how sides are worked: each, or taking turns.", "side")
    for finding in check(dosage, has_sides=has_sides, kind=content["kind"]):
        if finding.severity is Severity.REFUSE and finding.field != "side":
            yield Gap(finding.message, place(f"dosage.{finding.field}"))


def _pictures(content: Mapping[str, Any]) -> Iterator[Gap]:
    pictures = content["pictures"]
    if len(pictures) < FEWEST_PICTURES:
        yield Gap("A start and an end picture are needed.", "pictures-add")
    for number, picture in enumerate(pictures):
        if not picture["caption"]:
            yield Gap(f"Picture {picture['letter']} has no caption.", f"pictures-{number}-caption")
        if picture.get("photo") and content.get("body_part") and not picture.get("photo_side"):
            yield Gap(f"Say which side photo {picture['letter']} shows.", f"pictures-{number}-side")


def _as_published(content: Mapping[str, Any], today: date) -> Iterator[Gap]:
    """The pack's own checks, as the last word."""
    review = {**content["review"], "reviewed_on": today.isoformat(), "reviewed_by": "-", "status": "reviewed"}
    review["due"] = latest_due(today).isoformat()
    try:
        exercise_entry.read({**content, "state": State.PUBLISHED, "review": review})
    except ValidationError as error:
        field, reason = first_problem(error)
        yield Gap(f"{field.replace('_', ' ').capitalize()} {reason}.", place(field))
