"""Dosages for property tests: every one that `limits.check` would let a clinician issue, and any that can be built.

Import: `from tests.dosage.strategies import dosages`.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from clinic_app.dosage import (
    BodyPart,
    Dosage,
    Effort,
    EffortScale,
    Hold,
    HoldUnit,
    Load,
    LoadUnit,
    Mode,
    Range,
    Side,
    Tempo,
)

body_parts = st.sampled_from(BodyPart)
words = st.from_regex(r"[A-Za-z0-9é][A-Za-z0-9'&/+-]{0,8}( [A-Za-z0-9&-]{1,8}){0,2}", fullmatch=True)


def ranges(low: int, high: int, step: int = 1) -> st.SearchStrategy[Range]:
    """Ranges within low to high, often a single number; both ends are multiples of `step`."""
    ends = st.integers(low // step, high // step).map(lambda number: number * step)
    return st.one_of(ends.map(Range.of), st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair))))


holds = st.one_of(
    st.builds(Hold, ranges(1, 300), st.just(HoldUnit.SECONDS)),
    st.builds(Hold, ranges(1, 20), st.just(HoldUnit.BREATHS)),
)
loads = st.one_of(
    st.just(Load(LoadUnit.BODYWEIGHT)),
    st.integers(0, 200).map(lambda amount: Load(LoadUnit.KILOGRAMS, amount)),
    st.integers(1, 100).map(lambda amount: Load(LoadUnit.PERCENT, amount)),
    st.builds(Load, st.just(LoadUnit.BAND), colour=words, brand=st.one_of(st.just(""), words)),
)
efforts = st.one_of(
    st.builds(Effort, st.just(EffortScale.CR10), ranges(0, 10)),
    st.builds(Effort, st.just(EffortScale.BORG), ranges(6, 20)),
)
parts = st.integers(0, 10)
tempos = st.builds(Tempo, parts, parts, parts, parts).filter(lambda tempo: tempo != Tempo(0, 0, 0, 0))


@st.composite
def dosages(draw: st.DrawFn, sides: st.SearchStrategy[Side | None] | None = None) -> Dosage:
    """A dosage that `limits.check` does not refuse (for an exercise that has the drawn side, and if one is drawn)."""
    mode = draw(st.sampled_from(Mode))
    side = draw(st.sampled_from(Side) if sides is None else sides)
    counted = ranges(2, 200, 2) if side is Side.ALTERNATE else ranges(1, 100)
    reps = st.none() | counted if mode in {Mode.SUSTAINED, Mode.TIMED} else counted
    return draw(
        st.builds(
            Dosage,
            mode=st.just(mode),
            side=st.just(side),
            reps=reps,
            sets=ranges(1, 10),
            hold=holds if mode in {Mode.REPS_WITH_HOLD, Mode.SUSTAINED} else st.none(),
            duration=ranges(1, 3600) | ranges(60, 3600, 60) if mode is Mode.TIMED else st.none(),
            move_time=st.none() | st.integers(0, 60),
            rest=st.none() | st.integers(0, 600),
            times_per_day=ranges(1, 12),
            days_per_week=ranges(1, 7),
            weeks=st.none() | ranges(1, 52),
            load=st.none() | loads,
            effort=st.none() | efforts,
            pain_limit=st.none() | st.integers(0, 10),
            tempo=st.none() | tempos,
        )
    )


any_int = st.integers(-10, 10_000)
any_range = ranges(0, 10_000)
short_text = st.text(max_size=5)
# Whatever can be constructed, sensible or not.
any_dosages = st.builds(
    Dosage,
    mode=st.sampled_from(Mode),
    side=st.none() | st.sampled_from(Side),
    sets=any_range,
    reps=st.none() | any_range,
    hold=st.none() | st.builds(Hold, any_range, st.sampled_from(HoldUnit)),
    duration=st.none() | any_range,
    move_time=st.none() | any_int,
    rest=st.none() | any_int,
    times_per_day=any_range,
    days_per_week=any_range,
    weeks=st.none() | any_range,
    load=st.none() | st.builds(Load, st.sampled_from(LoadUnit), st.none() | any_int, short_text, short_text),
    effort=st.none() | st.builds(Effort, st.sampled_from(EffortScale), any_range),
    pain_limit=st.none() | any_int,
    tempo=st.none() | st.builds(Tempo, any_int, any_int, any_int, any_int),
)

# Enough to find a slip between two fields, few enough for two cores.
bounded = settings(max_examples=25, deadline=None)
