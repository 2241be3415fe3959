"""What the tests of the limits share: the check of one dosage, and simple dosages to change."""

from __future__ import annotations

from dataclasses import replace

from clinic_app.dosage import Dosage, Hold, Mode, Range, Side
from clinic_app.dosage.limits import Finding, Severity, check

REFUSE, CONFIRM, WARN = Severity.REFUSE, Severity.CONFIRM, Severity.WARN
move = Dosage(mode=Mode.CONTINUOUS, reps=Range.of(8))
hold = Dosage(mode=Mode.REPS_WITH_HOLD, reps=Range.of(8), hold=Hold(Range.of(5)))
# An exercise of nearly no time, so that a warning about a number does not bring one about the session with it.
brief = replace(move, reps=Range.of(1), move_time=1)


def findings(dosage: Dosage, *, usual: Dosage | None = None, kind: str = "") -> tuple[Finding, ...]:
    return check(dosage, has_sides=dosage.side is not Side.NONE, usual=usual, kind=kind)


def only(found: tuple[Finding, ...], severity: Severity) -> list[tuple[str, str]]:
    return [(finding.field, finding.message) for finding in found if finding.severity is severity]


def timed(minutes: int, times_per_day: int = 1) -> Dosage:
    return Dosage(mode=Mode.TIMED, duration=Range.of(minutes * 60), times_per_day=Range.of(times_per_day))
