"""The six seed doses of the clinical review, section 3, as they stand there."""

from __future__ import annotations

from clinic_app.dosage import Dosage, Hold, Mode, Range, Side

KNEE_TO_CHEST = Dosage(
    mode=Mode.REPS_WITH_HOLD,
    hold=Hold(Range.of(20)),
    reps=Range.of(3),
    side=Side.EACH,
    times_per_day=Range.of(2),
    weeks=Range.of(6),
)
PELVIC_TILT = Dosage(
    mode=Mode.REPS_WITH_HOLD,
    hold=Hold(Range(3, 5)),
    reps=Range.of(10),
    times_per_day=Range.of(2),
    weeks=Range.of(6),
)
CAT_COW = Dosage(mode=Mode.CONTINUOUS, reps=Range(6, 8), sets=Range(1, 2), times_per_day=Range.of(2))
CHILDS_POSE = Dosage(mode=Mode.SUSTAINED, hold=Hold(Range(20, 30)), reps=Range.of(3), times_per_day=Range(1, 2))
BIRD_DOG = Dosage(
    mode=Mode.REPS_WITH_HOLD,
    hold=Hold(Range(2, 3)),
    reps=Range(12, 16),  # 6 to 8 on each side
    side=Side.ALTERNATE,
    sets=Range(1, 2),
    days_per_week=Range(3, 5),
)
BRIDGE = Dosage(
    mode=Mode.REPS_WITH_HOLD,
    hold=Hold(Range(3, 5)),
    reps=Range(10, 15),
    sets=Range(2, 3),
    rest=60,
    days_per_week=Range(3, 5),
)
ALL = (KNEE_TO_CHEST, PELVIC_TILT, CAT_COW, CHILDS_POSE, BIRD_DOG, BRIDGE)
