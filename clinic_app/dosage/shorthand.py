"""What a clinician types: "3x10 h5 each 2/day 3-5d/wk 6wk", read into a dosage, and written from one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from clinic_app.dosage.grammar import WORDS
from clinic_app.dosage.value import (
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

UNDERSTOOD = (
    "3x10, x8, h5, h5b, 3x20s, go60, each, 2/day, 5d/wk, 6wk, rest 60, 2kg, red band, effort 3, pain 3, 3-1-3-0"
)

SIDES = {
    "left": Side.LEFT,
    "l": Side.LEFT,
    "right": Side.RIGHT,
    "r": Side.RIGHT,
    "each": Side.EACH,
    "ea": Side.EACH,
    "alt": Side.ALTERNATE,
    "alternate": Side.ALTERNATE,
    "both": Side.BOTH_TOGETHER,
    "noside": Side.NONE,
    "side?": None,
}
# Latin abbreviations of prescriptions, as UK and US clinicians write them.
TIMES_A_DAY = {"od": 1, "bd": 2, "bid": 2, "tds": 3, "tid": 3, "qds": 4, "qid": 4}
SEPARATORS = " ,;"
# Colours that would run together with the word before them: "h5 s band", "slow band band".
QUOTED = frozenset({"s", "b", "m", "min", "band"})
CLEARED = {
    "rest": "rest",
    "load": "load",
    "effort": "effort",
    "pain": "pain_limit",
    "tempo": "tempo",
    "move": "move_time",
    "weeks": "weeks",
}

Fields = dict[str, Any]
Read = Callable[[re.Match[str]], Fields]


class ShorthandError(ValueError):
    """One sentence for the clinician that names the word and what is understood."""


def _range(match: re.Match[str], name: str) -> Range:
    low, _, high = match[name].replace("–", "-").partition("-")
    return Range.of(int(low), int(high or low))


def _hold(match: re.Match[str]) -> Hold:
    return Hold(_range(match, "time"), HoldUnit.BREATHS if match["unit"] == "b" else HoldUnit.SECONDS)


def _time(match: re.Match[str]) -> Range:
    amount = _range(match, "time")
    scale = 60 if match["unit"] and match["unit"].startswith("m") else 1
    return Range(amount.minimum * scale, amount.maximum * scale)


def _counts(match: re.Match[str]) -> Fields:
    return {name: _range(match, name) for name in ("sets", "reps") if name in match.re.groupindex and match[name]}


def _band(match: re.Match[str]) -> Fields:
    return {"load": Load(LoadUnit.BAND, colour=match["quoted"] or match["colour"], brand=match["brand"] or "")}


RANGE = r"\d{1,5}(?:[-–]\d{1,5})?"
BY = " ?[x×] ?"
# "3x" alone could be 3 rounds or 3 times, which are different doses.
AMBIGUOUS = re.compile(rf"(?P<number>{RANGE}) ?[x×](?=[\s,;]|$)", re.IGNORECASE)
_RULES: tuple[tuple[str, Read], ...] = (
    (
        rf"""(?:"(?P<quoted>{WORDS})"|(?P<colour>[\w'&/+-]+)) band(?: \((?P<brand>{WORDS})\))?""",
        _band,
    ),
    (
        r"(?:tempo ?)?(?P<a>\d{1,2})-(?P<b>\d{1,2})-(?P<c>\d{1,2})-(?P<d>\d{1,2})",
        lambda m: {"tempo": Tempo(int(m["a"]), int(m["b"]), int(m["c"]), int(m["d"]))},
    ),
    (
        rf"(?:(?:(?P<sets>{RANGE}){BY})?(?P<reps>{RANGE}){BY})?(?P<time>{RANGE}) ?(?P<unit>s|b)",
        lambda m: {**_counts(m), "stay": _hold(m)},
    ),
    (rf"(?P<sets>{RANGE})(?:{BY}| ?sets? of )(?P<reps>{RANGE})", _counts),
    (rf"(?P<sets>{RANGE}) ?(?:rounds?|sets?)", _counts),
    (rf"[x×] ?(?P<reps>{RANGE})", _counts),
    (rf"h(?:old)? ?(?P<time>{RANGE}) ?(?P<unit>s|b)?", lambda m: {"hold": _hold(m)}),
    (rf"go ?(?P<time>{RANGE}) ?(?P<unit>s|min|m)?", lambda m: {"duration": _time(m)}),
    (r"slow(?:ly)?", lambda m: {"slow": True}),
    (r"move ?(?P<time>\d{1,3}) ?s?", lambda m: {"move_time": int(m["time"])}),
    (r"rest ?(?P<time>\d{1,4}) ?(?P<unit>s|min|m)?", lambda m: {"rest": _time(m).minimum}),
    ("|".join(re.escape(word) for word in SIDES), lambda m: {"side": SIDES[m[0].lower()]}),
    (rf"(?P<n>{RANGE}) ?/ ?d(?:ay)?", lambda m: {"times_per_day": _range(m, "n")}),
    ("|".join(TIMES_A_DAY), lambda m: {"times_per_day": Range.of(TIMES_A_DAY[m[0].lower()])}),
    (rf"(?P<n>{RANGE}) ?d(?:ays?)?/w(?:ee)?k?", lambda m: {"days_per_week": _range(m, "n")}),
    (r"daily", lambda m: {"days_per_week": Range.of(7)}),
    (rf"(?P<n>{RANGE}) ?w(?:ee)?ks?", lambda m: {"weeks": _range(m, "n")}),
    (r"(?P<n>\d{1,4}) ?kg", lambda m: {"load": Load(LoadUnit.KILOGRAMS, int(m["n"]))}),
    (r"(?P<n>\d{1,3}) ?%", lambda m: {"load": Load(LoadUnit.PERCENT, int(m["n"]))}),
    (r"bw|bodyweight", lambda m: {"load": Load(LoadUnit.BODYWEIGHT)}),
    (rf"effort ?(?P<n>{RANGE})", lambda m: {"effort": Effort(EffortScale.CR10, _range(m, "n"))}),
    (rf"borg ?(?P<n>{RANGE})", lambda m: {"effort": Effort(EffortScale.BORG, _range(m, "n"))}),
    (r"pain ?(?:<=|≤)? ?(?P<n>\d{1,2})", lambda m: {"pain_limit": int(m["n"])}),
    (f"no (?P<field>{'|'.join(CLEARED)})", lambda m: {CLEARED[m["field"].lower()]: None}),
)
RULES = tuple((re.compile(rf"(?:{pattern})(?=[\s,;]|$)", re.IGNORECASE), read) for pattern, read in _RULES)

# How long one repetition takes is said in one of these ways only.
TIMES = ("hold", "stay", "duration", "slow")
NAMES = {
    "sets": "rounds",
    "reps": "the number of times",
    "times_per_day": "times a day",
    "days_per_week": "days a week",
    "pain_limit": "pain",
    "move_time": "the time of a move",
}


def parse(text: str, *, usual: Dosage | None = None) -> Dosage:
    """The dosage that a line of shorthand means; what it does not say comes from `usual`.

    The result is possible, not yet sensible: `limits.check` tells about that.

    Raises:
        ShorthandError: naming the word that is unknown, runs backwards or contradicts an earlier one.
    """
    said = _read(text)
    if not said and usual is None:
        raise ShorthandError(f"Type a dose, such as {UNDERSTOOD}.")
    base = usual or Dosage(mode=Mode.CONTINUOUS)
    mode = _mode(said, usual)
    if mode is not base.mode:
        base = replace(base, mode=mode, hold=None, duration=None)
    stay: Hold | None = said.pop("stay", None)
    said.pop("slow", None)
    if stay is not None:
        said |= {"duration": stay.amount} if mode is Mode.TIMED else {"hold": stay}
    return replace(base, **said)


def _read(text: str) -> Fields:
    said: Fields = {}
    rest = " ".join(text.split()).strip(SEPARATORS)
    while rest:
        hits = [(match, read) for pattern, read in RULES if (match := pattern.match(rest))]
        if not hits:
            raise ShorthandError(_not_understood(rest))
        match, read = max(hits, key=lambda hit: hit[0].end())
        try:
            fields = read(match)
        except ValueError as error:
            raise ShorthandError(f"{match[0]!r} does not work: {error}; write the smaller number first.") from error
        _refuse_twice(match[0], fields, said)
        said |= fields
        rest = rest[match.end() :].lstrip(SEPARATORS)
    return said


def _not_understood(rest: str) -> str:
    if half := AMBIGUOUS.match(rest):
        return f"{half[0]!r} can mean rounds or times; write {half['number']} rounds or x{half['number']}."
    return f"{rest.split(maxsplit=1)[0]!r} is not understood; try {UNDERSTOOD}."


def _refuse_twice(token: str, fields: Fields, said: Fields) -> None:
    for name in fields:
        clash = name in said or (name in TIMES and any(time in said for time in TIMES))
        if clash:
            what = "how long" if name in TIMES else NAMES.get(name, f"the {name}")
            raise ShorthandError(f"{token!r} says {what} a second time; keep one of the two.")


def _mode(said: Fields, usual: Dosage | None) -> Mode:
    before = usual.mode if usual else None
    if "duration" in said:
        return Mode.TIMED
    if "slow" in said:
        return Mode.CONTINUOUS
    if "stay" in said:
        seconds = said["stay"].unit is HoldUnit.SECONDS
        keeps = before is Mode.REPS_WITH_HOLD or (before is Mode.TIMED and seconds)
        return before if before and keeps else Mode.SUSTAINED
    if "hold" in said:
        return Mode.SUSTAINED if before is Mode.SUSTAINED else Mode.REPS_WITH_HOLD
    return before or Mode.CONTINUOUS


def write(dosage: Dosage) -> str:
    """The shorthand of a dosage; `parse` reads the same dosage back if `limits.check` refuses nothing."""
    words = [*_counts_and_time(dosage), *_intensity(dosage)]
    words.append(f"{_number(dosage.times_per_day)}/day")
    words.append("daily" if dosage.days_per_week == Range(7, 7) else f"{_number(dosage.days_per_week)}d/wk")
    if dosage.weeks is not None:
        words.append(f"{_number(dosage.weeks)}wk")
    return " ".join(words)


def _number(amount: Range) -> str:
    return str(amount.minimum) if amount.is_single else f"{amount.minimum}-{amount.maximum}"


def _counts_and_time(dosage: Dosage) -> list[str]:
    once = dosage.sets == Range(1, 1)
    sets, reps = _number(dosage.sets), _number(dosage.reps) if dosage.reps else ""
    hold = "" if dosage.hold is None else _number(dosage.hold.amount)
    unit = "b" if dosage.hold and dosage.hold.unit is HoldUnit.BREATHS else ""
    words = []
    if dosage.mode is Mode.SUSTAINED and hold and reps:
        return [f"{'' if once else f'{sets}x'}{reps}x{hold}{unit or 's'}"]
    if reps:
        words.append(f"{sets}x{reps}")
    elif not once:
        words.append(f"{sets} rounds")
    if dosage.mode is Mode.CONTINUOUS:
        words.append("slow")
    if hold:
        words.append(f"{hold}{unit or 's'}" if dosage.mode is Mode.SUSTAINED else f"h{hold}{unit}")
    if dosage.duration:
        words.append(f"go{_number(dosage.duration)}")
    return words


def _intensity(dosage: Dosage) -> list[str]:
    words = []
    if dosage.tempo is not None:
        tempo = dosage.tempo
        words.append(f"{tempo.lower}-{tempo.pause_low}-{tempo.lift}-{tempo.pause_high}")
    if dosage.move_time is not None:
        words.append(f"move {dosage.move_time}")
    if dosage.rest is not None:
        words.append(f"rest {dosage.rest}")
    if dosage.side is not Side.NONE:
        words.append(next(word for word, side in SIDES.items() if side is dosage.side))
    if dosage.load is not None:
        words.append(_load_words(dosage.load))
    if dosage.effort is not None:
        words.append(
            f"{'effort' if dosage.effort.scale is EffortScale.CR10 else 'borg'} {_number(dosage.effort.amount)}"
        )
    if dosage.pain_limit is not None:
        words.append(f"pain {dosage.pain_limit}")
    return words


def _load_words(load: Load) -> str:
    if load.unit is LoadUnit.BODYWEIGHT:
        return "bodyweight"
    if load.unit is LoadUnit.BAND:
        quoted = " " in load.colour or load.colour.lower() in QUOTED
        colour = f'"{load.colour}"' if quoted else load.colour
        return f"{colour} band ({load.brand})" if load.brand else f"{colour} band"
    return f"{load.amount}{'kg' if load.unit is LoadUnit.KILOGRAMS else '%'}"
