"""The dosage of an exercise: typed numbers with units, never prose.

Fields and ranges follow FITT and CERT (16 items, BJSM 2016). A value here is *possible*, not yet *sensible*:
`limits.check` tells what to warn about and what to refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How the time of one repetition is spent; it decides which fields a dosage needs."""

    REPS_WITH_HOLD = "reps_with_hold"  # move, hold, come back
    SUSTAINED = "sustained"  # stay in one position
    CONTINUOUS = "continuous"  # move slowly, without a hold
    TIMED = "timed"  # keep going for so many seconds


class Side(StrEnum):
    """Which side of the body. `reps` counts each side for LEFT, RIGHT and EACH, and the total for ALTERNATE."""

    NONE = "none"  # the exercise has no sides
    LEFT = "left"
    RIGHT = "right"
    BOTH_TOGETHER = "both_together"
    EACH = "each"  # all repetitions on one side, then on the other
    ALTERNATE = "alternate"  # left, right, left, right; the total is even


class BodyPart(StrEnum):
    """What a side is called in the sentence: "on each leg"."""

    SIDE = "side"
    LEG = "leg"
    ARM = "arm"


class HoldUnit(StrEnum):
    SECONDS = "seconds"
    BREATHS = "breaths"


class LoadUnit(StrEnum):
    BODYWEIGHT = "bodyweight"
    KILOGRAMS = "kg"
    PERCENT = "percent"  # of the most the patient can lift once
    BAND = "band"  # colours differ between makers, so the brand is kept too


class EffortScale(StrEnum):
    CR10 = "cr10"  # Borg CR10, 0 to 10
    BORG = "borg"  # Borg RPE, 6 to 20; never converted into the other


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Whole numbers from `minimum` to `maximum`, both included; one number is a range with both equal.

    Raises:
        ValueError: if `minimum` is greater than `maximum`, or either is negative.
    """

    minimum: int
    maximum: int

    def __post_init__(self) -> None:
        if self.minimum < 0:
            raise ValueError(f"{self.minimum} is below 0")
        if self.minimum > self.maximum:
            raise ValueError(f"{self.minimum} to {self.maximum} runs backwards")

    @classmethod
    def of(cls, minimum: int, maximum: int | None = None) -> Range:
        """`Range.of(3)` is exactly 3; `Range.of(3, 5)` is 3 to 5."""
        return cls(minimum, minimum if maximum is None else maximum)

    @property
    def is_single(self) -> bool:
        return self.minimum == self.maximum


@dataclass(frozen=True, slots=True)
class Hold:
    amount: Range
    unit: HoldUnit = HoldUnit.SECONDS


@dataclass(frozen=True, slots=True)
class Load:
    """`amount` is kilograms or per cent; None for bodyweight and for a band, which has `colour` and `brand`."""

    unit: LoadUnit
    amount: int | None = None
    colour: str = ""
    brand: str = ""


@dataclass(frozen=True, slots=True)
class Effort:
    scale: EffortScale
    amount: Range


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds for each part of a movement, in the order of the usual notation 3-1-3-0."""

    lower: int
    pause_low: int
    lift: int
    pause_high: int


@dataclass(frozen=True, slots=True)
class Dosage:
    """How much of one exercise.

    Units: `hold` seconds or breaths; `duration`, `move_time` and `rest` seconds; `days_per_week` days;
    `weeks` weeks; `pain_limit` on a scale of 0 to 10.
    `side` None means "not chosen yet" and is refused at issue: a side has no default.
    """

    mode: Mode
    sets: Range = Range(1, 1)
    reps: Range | None = None
    hold: Hold | None = None
    duration: Range | None = None
    move_time: int | None = None
    rest: int | None = None
    side: Side | None = Side.NONE
    times_per_day: Range = Range(1, 1)
    days_per_week: Range = Range(7, 7)
    weeks: Range | None = None
    load: Load | None = None
    effort: Effort | None = None
    pain_limit: int | None = None
    tempo: Tempo | None = None
