"""How long a moving picture moves, holds and rests: the seconds of one repetition, taken from its dosage."""

from __future__ import annotations

from dataclasses import dataclass

from clinic_app.dosage import Dosage, HoldUnit, Mode, Side
from clinic_app.dosage.session import MOVE_SECONDS, SECONDS_PER_BREATH

# A hold is shown in full: whoever does the exercise beside the screen would else let go too early, and that is a wrong
# dose. A bar shrinks meanwhile, so that nobody takes the picture for stuck. Only a minute is the most: nobody looks at
# one still picture for longer, and from there the words beside it, a clock or the guided session say when to stop.
LONGEST_HOLD = 60.0
WITH_BAR = 4.0  # seconds from which a hold has its bar; a shorter one is over before a bar is read
PAUSE = 1.2  # seconds at the start position, so that one sees where the next repetition begins
TURN = 0.4  # the same for movements that go on without a stop
STRIDE = 2  # seconds there and back of what is done for a time and says no more: walking, about 60 of each leg a minute
QUICKEST, SLOWEST = 0.6, 12.0  # seconds of one way: quicker cannot be followed, slower looks like standing still


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one repetition: the way out, the hold, the way back and the rest at the start.

    `alternates`: one repetition on the side shown, the next one on the other.
    """

    out: float = 2.0
    hold: float = 0.0
    back: float = 2.0
    pause: float = PAUSE
    alternates: bool = False

    @property
    def has_bar(self) -> bool:
        return self.hold >= WITH_BAR


def timing_of(dosage: Dosage, *, lowers: bool = False) -> Timing:
    """The timing of a dosage. `lowers`: the way out goes down (a squat), so the tempo's "lower" is the way out.

    Of a range ("hold 20 to 30 seconds") the lower end is shown, which suits everybody; a breath is 5 seconds.
    """
    alternates = dosage.side is Side.ALTERNATE
    tempo = dosage.tempo
    if tempo is not None and dosage.move_time is None:
        down, low, up, high = (float(part) for part in (tempo.lower, tempo.pause_low, tempo.lift, tempo.pause_high))
        out, stay, back, rest = (down, low, up, high) if lowers else (up, high, down, low)
        held = max(stay, _hold(dosage))
        return Timing(_one_way(out), held, _one_way(back), max(rest, TURN), alternates)
    both_ways = dosage.move_time if dosage.move_time is not None else MOVE_SECONDS[dosage.mode]
    way = _one_way((both_ways or STRIDE) / 2)
    stops = dosage.mode in (Mode.REPS_WITH_HOLD, Mode.SUSTAINED)
    return Timing(way, _hold(dosage), way, PAUSE if stops else TURN, alternates)


def _hold(dosage: Dosage) -> float:
    if dosage.hold is None:
        return 0.0
    each = SECONDS_PER_BREATH if dosage.hold.unit is HoldUnit.BREATHS else 1
    return min(float(dosage.hold.amount.minimum * each), LONGEST_HOLD)


def _one_way(seconds: float) -> float:
    return min(max(seconds, QUICKEST), SLOWEST)
