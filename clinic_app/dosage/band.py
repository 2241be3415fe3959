"""The dose band on paper and phone: three or four cells, the number loudest."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_app.dosage.grammar import Language, as_language
from clinic_app.dosage.statements import ONCE, share, time_unit
from clinic_app.dosage.value import BodyPart, Dosage, Mode, Range, Side


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `numbers` has 1 or 2 numbers, or none when `word` stands in their place ("Slowly").

    `between` is the small word between 2 numbers ("to"); `detail` is the third line ("3 left, 3 right").
    """

    label: str
    numbers: tuple[int, ...] = ()
    word: str = ""
    unit: str = ""
    detail: str = ""
    between: str = ""

    @property
    def amount(self) -> str:
        """ "20", "3 to 5" or "Slowly"."""
        return self.word or f" {self.between} ".join(str(number) for number in self.numbers)

    @property
    def spoken(self) -> str:
        """The cell read aloud: "Repeat 3 times each leg, 3 left, 3 right"."""
        said = " ".join(part for part in (self.label, self.amount, self.unit) if part)
        return f"{said}, {self.detail}" if self.detail else said


def cells(dosage: Dosage, body_part: BodyPart = BodyPart.SIDE, language: str | Language = "en") -> tuple[Cell, ...]:
    """Hold or move, repeat, how often; and the rounds when there is more than 1. In this order they make one sentence.

    What the band has no room for is in `sentence.beside_the_band`.

    Raises:
        ValueError: if the language is not shipped.
    """
    spoken = as_language(language)
    found = [_movement(dosage, spoken), _repeat(dosage, body_part, spoken), _how_often(dosage, spoken)]
    if dosage.sets.maximum > 1:
        found.append(_rounds(dosage, spoken))
    return tuple(found)


def read_aloud(band: tuple[Cell, ...]) -> str:
    """ "Hold 20 seconds. Repeat 3 times each leg, 3 left, 3 right. Every day 2 times a day." """
    return " ".join(f"{cell.spoken}." for cell in band)


def _cell(spoken: Language, label: str, amount: Range, unit: str = "", detail: str = "") -> Cell:
    numbers = (amount.minimum,) if amount.is_single else (amount.minimum, amount.maximum)
    return Cell(
        label=label,
        numbers=numbers,
        unit=spoken.say(f"band.unit.{unit}", n=amount) if unit else "",
        detail=detail,
        between="" if amount.is_single else spoken.between,
    )


def _movement(dosage: Dosage, spoken: Language) -> Cell:
    if dosage.mode is Mode.TIMED and dosage.duration is not None:
        unit, amount = time_unit(dosage.duration)
        return _cell(spoken, spoken.say("band.go"), amount, unit)
    if dosage.hold is not None and dosage.mode is not Mode.CONTINUOUS:
        return _cell(spoken, spoken.say("band.hold"), dosage.hold.amount, str(dosage.hold.unit))
    return Cell(label=spoken.say("band.move"), word=spoken.say("band.slowly"))


def _repeat(dosage: Dosage, body_part: BodyPart, spoken: Language) -> Cell:
    reps = ONCE if dosage.reps is None else dosage.reps
    label = spoken.say("band.once" if reps == ONCE else "band.repeat")
    match dosage.side:
        case Side.EACH:
            return _cell(spoken, label, reps, f"each.{body_part}", spoken.say("band.detail.each", n=reps))
        case Side.ALTERNATE if dosage.reps is None:
            return _cell(spoken, label, reps, "times", spoken.say(f"band.detail.change.{body_part}"))
        case Side.ALTERNATE:
            detail = spoken.say(f"band.detail.alternate.{body_part}", n=share(reps))
            return _cell(spoken, label, reps, "times_in_all", detail)
        case Side.LEFT | Side.RIGHT | Side.BOTH_TOGETHER as side:
            return _cell(spoken, label, reps, "times", spoken.say(f"band.detail.{side}.{body_part}"))
        case _:
            return _cell(spoken, label, reps, "times")


def _how_often(dosage: Dosage, spoken: Language) -> Cell:
    days = dosage.days_per_week
    label = spoken.say("band.every_day") if days == Range(7, 7) else spoken.say("band.days", n=days)
    return _cell(spoken, label, dosage.times_per_day, "times_a_day")


def _rounds(dosage: Dosage, spoken: Language) -> Cell:
    detail = ""
    if dosage.rest is not None:
        unit, amount = time_unit(Range.of(dosage.rest))
        detail = spoken.say(f"band.rest.{unit}", n=amount)
    return _cell(spoken, spoken.say("band.rounds"), dosage.sets, detail=detail)
