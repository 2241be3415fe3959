"""Every dose that ships, against the doses that the clinical review found published."""

from __future__ import annotations

import pytest

from clinic_app.dosage import Dosage, Hold, Mode, Range, Side, limits
from clinic_app.starter.lists import Kind
from clinic_app.starter.pack import Pack

# The published doses of the six, as the clinical review fixed them; not read from the files.
SEED_DOSES = {
    "knee-to-chest": Dosage(
        mode=Mode.REPS_WITH_HOLD,
        reps=Range.of(3),
        hold=Hold(Range.of(20)),
        side=Side.EACH,
        times_per_day=Range.of(2),
        days_per_week=Range.of(7),
        weeks=Range.of(6),
    ),
    "pelvic-tilt": Dosage(
        mode=Mode.REPS_WITH_HOLD,
        reps=Range.of(10),
        hold=Hold(Range.of(3, 5)),
        times_per_day=Range.of(2),
        days_per_week=Range.of(7),
        weeks=Range.of(6),
    ),
    "cat-cow": Dosage(mode=Mode.CONTINUOUS, sets=Range.of(1, 2), reps=Range.of(6, 8), times_per_day=Range.of(2)),
    "childs-pose": Dosage(
        mode=Mode.REPS_WITH_HOLD, reps=Range.of(3), hold=Hold(Range.of(20, 30)), times_per_day=Range.of(1, 2)
    ),
    "bird-dog": Dosage(
        mode=Mode.REPS_WITH_HOLD,
        sets=Range.of(1, 2),
        reps=Range.of(12, 16),  # in all: 6 to 8 on each side
        hold=Hold(Range.of(2, 3)),
        side=Side.ALTERNATE,
        times_per_day=Range.of(1),
        days_per_week=Range.of(3, 5),
    ),
    "bridge": Dosage(
        mode=Mode.REPS_WITH_HOLD,
        sets=Range.of(2, 3),
        reps=Range.of(10, 15),
        hold=Hold(Range.of(3, 5)),
        rest=60,
        times_per_day=Range.of(1),
        days_per_week=Range.of(3, 5),
    ),
}

# Further rows of the clinical review: (repeats on each side, hold in seconds) as published, where it gives them.
PUBLISHED = {
    "knee-rolls": ((5, 5), (2, 2)),
    "prone-on-elbows": ((2, 4), (15, 30)),
    "prone-press-up": ((5, 15), (3, 5)),
    "standing-back-bend": ((5, 5), (3, 3)),
    "seated-forward-bend": ((8, 8), None),
    "standing-side-bend": ((3, 3), (2, 2)),
    "seated-trunk-rotation": ((3, 3), (10, 15)),
    "open-book": ((8, 10), None),
    "figure-four": ((3, 3), (10, 30)),
    "hip-flexor-stretch": ((3, 5), (10, 30)),
    "butterfly": ((3, 5), (10, 30)),
    "outer-hip-stretch": ((4, 4), (30, 30)),
    "abdominal-brace": ((12, 15), (10, 30)),
    "bent-knee-fall-out": ((15, 15), (3, 3)),
    "supine-march": ((8, 12), None),
    "dead-bug": ((10, 15), None),
    "side-plank": ((8, 10), (5, 10)),
    "front-plank": ((8, 10), (5, 10)),
    "single-leg-bridge": ((5, 10), (3, 5)),
    "clam": ((10, 15), None),
    "belt-push-out": ((5, 10), (15, 15)),
    "standing-hip-abduction": ((5, 10), None),
    "sit-to-stand": ((5, 10), None),
    "mini-squat": ((15, 24), None),
    "heel-raises": ((5, 10), None),
    "sciatic-nerve-slider": ((10, 10), None),
    "neck-rotation": ((3, 5), (5, 30)),
    "neck-side-bend": ((5, 5), (5, 5)),
    "chin-tuck": ((10, 10), (5, 5)),
    "shoulder-blade-squeeze": ((10, 15), (3, 5)),
}


def inside(amount: tuple[int, int], spread: tuple[int, int]) -> bool:
    return spread[0] <= amount[0] and amount[1] <= spread[1]


@pytest.mark.parametrize("slug", SEED_DOSES)
def test_a_seed_has_the_published_dose(shipped: Pack, slug: str) -> None:
    assert shipped.exercise(slug).dosage == SEED_DOSES[slug]


@pytest.mark.parametrize("slug", PUBLISHED)
def test_a_further_dose_stays_inside_the_published_spread(shipped: Pack, slug: str) -> None:
    found = limits.amounts(shipped.exercise(slug).dosage)
    reps, hold = PUBLISHED[slug]
    assert inside(found["reps"], reps)
    assert ("hold.seconds" in found) == (hold is not None)
    if hold:
        assert inside(found["hold.seconds"], hold)


def test_walking_is_ten_minutes_a_day(shipped: Pack) -> None:
    walking = shipped.exercise("walking").dosage
    assert (walking.mode, walking.duration, walking.days_per_week) == (Mode.TIMED, Range.of(600), Range.of(7))


def test_heel_raises_go_up_in_3_seconds_and_down_in_5(shipped: Pack) -> None:
    tempo = shipped.exercise("heel-raises").dosage.tempo
    assert tempo is not None
    assert (tempo.lift, tempo.lower) == (3, 5)


def test_strength_leaves_a_day_of_rest(shipped: Pack) -> None:
    for entry in shipped.exercises:
        if entry.kind is Kind.STRENGTH:
            assert entry.dosage.days_per_week.maximum < 7, entry.slug
