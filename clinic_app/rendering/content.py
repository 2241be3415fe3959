"""What a handout says: the frozen values that every rendition is made from.

This is the snapshot that issuing freezes. `snapshot.py` turns it into JSON and back and upgrades old schemas.
Nothing here is a secret: the patient's address is passed to the renderer beside it (`PatientAddress`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic_app.dosage import BodyPart, Dosage

SCHEMA = 3


@dataclass(frozen=True, slots=True)
class Clinic:
    """`colour` is "#rrggbb" and already at least 7:1 against white. `logo` is the SHA-256 of a stored picture."""

    name: str
    address: tuple[str, ...]
    phone: str
    hours: str
    footer: str
    specialist: str  # whom to ask for: "Dr A. Example, spinal clinic"; empty: the clinic's own phone is named
    colour: str
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """Without a name (and then without anything else): given to somebody who has no record, who writes it by hand."""

    name: str
    born: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class Clinician:
    name: str
    job_title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame of an exercise. `file` is the SHA-256 of its bytes; `side_shown` is "left", "right" or ""."""

    letter: str
    file: str
    alt: str
    caption: str
    side_shown: str


@dataclass(frozen=True, slots=True)
class OneSide:
    """The pictures of an exercise as one side of the body does it, for the screen, each by its SHA-256."""

    side: str  # "left" or "right"
    files: tuple[str, ...]  # in the order of `pictures`, whose other words are those of these
    moving: str


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of "what changed": `was` and `now` are words such as "hold 10 seconds"; both empty for new, stopped."""

    kind: ChangeKind
    exercise: str  # slug
    name: str
    now: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    slug: str
    version: int
    name: str
    group: str  # heading of the protocol's group; may be empty
    dosage: Dosage
    body_part: BodyPart
    sentence: str  # the canonical dosage sentence, frozen with the rest
    steps: tuple[str, ...]  # already the right ones for the side
    feel: str
    take_care: str
    easier: str  # "Easier: ..." sentence for the patient; may be empty
    note: str  # the clinician's line for this patient; may be empty
    on_floor: bool
    pictures: tuple[Picture, ...]  # at least start and end
    moving: str = ""  # SHA-256 of the same pictures in motion, for the screen; empty where one is a photo
    sides: tuple[OneSide, ...] = ()  # each that is done; empty where there is none, or one picture is a photo


@dataclass(frozen=True, slots=True)
class SafetyAction:
    """One row of the safety box: a bold action and when to take it."""

    action: str
    when: str


@dataclass(frozen=True, slots=True)
class SafetyAdvice:
    """The fixed, versioned safety box. Placeholders {phone} and {specialist} are already filled in."""

    slug: str
    version: int
    title: str  # "Call 999 or go to A&E now"
    lead: str  # "if you have back pain and any of these:"
    emergency: tuple[str, ...]
    urgent: SafetyAction
    stop: SafetyAction
    specialist: SafetyAction  # the prompt to see a specialist for pain that lasts or is severe


@dataclass(frozen=True, slots=True)
class Text:
    """A short text for the patient: a heading and its sentences, one paragraph each."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SorenessLevel:
    """What to do about soreness from `lowest` to `highest` on a scale of 0 to 10."""

    lowest: int
    highest: int
    heading: str
    advice: str


@dataclass(frozen=True, slots=True)
class SorenessGuide:
    title: str
    levels: tuple[SorenessLevel, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """One edition. `edition` 0 is a draft and prints "Draft, not issued" on every page."""

    language: str  # BCP 47: "en-GB"
    title: str
    why: Text | None  # why these exercises help, with honest claims
    soreness: SorenessGuide | None  # None: the clinic does not print it
    floor: Text | None  # getting down to the floor and up again; needed as soon as one exercise is on the floor
    progress: Text | None  # what to do when it gets easier
    clinic: Clinic
    patient: Patient
    clinician: Clinician
    edition: int
    replaces: int | None
    issued_on: date
    review_on: date | None
    not_better_by: date
    exercises: tuple[Exercise, ...]
    changes: tuple[Change, ...]
    safety: SafetyAdvice
    awaits_review: bool = False  # prints the line "awaiting the clinic's own review"
    schema: int = SCHEMA

    @property
    def is_draft(self) -> bool:
        return self.edition == 0


@dataclass(frozen=True, slots=True)
class PatientAddress:
    """Where the patient opens the same programme: `url` for the QR code, `code` to type by hand ("7KQ2M-X4RTP").

    The URL's fragment is a secret, so this is never part of the snapshot.
    """

    url: str
    code: str
