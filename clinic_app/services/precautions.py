"""Where what is known of a patient meets what is known of an exercise: precautions, positions and equipment.

A flag is met by precaution codes of the content pack and by starting positions, because not every exercise that needs
kneeling says so among its precautions. A question that nobody has asked yet is met by nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clinic_app.models import Exercise, Patient
from clinic_app.starter.lists import UPRIGHT, Equipment, PrecautionCode, Severity, StartingPosition

P, S = PrecautionCode, Severity
KNEELING = frozenset({StartingPosition.HANDS_AND_KNEES, StartingPosition.KNEELING, StartingPosition.HALF_KNEELING})
FLOOR = frozenset(StartingPosition) - UPRIGHT
SEATED_OR_LYING_ON_FLOOR = FLOOR - KNEELING  # a firm bed does as well

# Every home has these, or something that does for them: a carpet or a bed for a mat.
AT_EVERY_HOME = frozenset(
    {
        Equipment.MAT,
        Equipment.PILLOW,
        Equipment.CUSHION,
        Equipment.CHAIR,
        Equipment.TABLE,
        Equipment.WALL,
        Equipment.TOWEL,
    }
)
ASKED_ABOUT: Mapping[str, str] = {
    Equipment.BAND: "exercise band",
    Equipment.BELT: "belt",
    Equipment.STEP: "step",
}

NEEDS_KNEELING = "needs kneeling"
ON_FLOOR = "is done on the floor"
ON_FRONT = "is done lying on the front"
ON_BACK = "is done lying on the back"
_SEVERITIES = (S.AVOID, S.ASK, S.INFO)  # the gravest first
_UNSUITED = {S.AVOID: "should be avoided", S.ASK: "needs a question first", S.INFO: "may need adapting"}


@dataclass(frozen=True, slots=True)
class Position:
    """Starting positions that a flag meets, however the exercise's own precautions are written."""

    meets: frozenset[StartingPosition]
    severity: Severity
    words: str  # "needs kneeling"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a patient that exercises must answer to."""

    code: str
    label: str  # "Cannot kneel", on a badge
    why: str  # "This patient cannot kneel."
    group: str  # the heading in the record
    meets: frozenset[PrecautionCode] = frozenset()
    positions: tuple[Position, ...] = ()
    tips: frozenset[PrecautionCode] = field(default=frozenset())  # their text helps once the flag is met otherwise


@dataclass(frozen=True, slots=True)
class Clash:
    """One reason to think twice about an exercise for this patient. `code` stands once for an exercise."""

    code: str  # of the flag, or "equipment_band"
    kind: str  # "flag" or "equipment"
    severity: Severity
    what: str  # "Cat and cow needs kneeling."
    why: str  # "This patient cannot kneel."


def _flag(
    code: str,
    label: str,
    why: str,
    group: str,
    *meets: PrecautionCode,
    positions: tuple[Position, ...] = (),
    tips: Iterable[PrecautionCode] = (),
) -> Flag:
    return Flag(code, label, f"This patient {why}.", group, frozenset(meets), positions, frozenset(tips))


def _in(positions: Iterable[StartingPosition], severity: Severity, words: str) -> Position:
    return Position(frozenset(positions), severity, words)


MOVING, HEALTH, SURGERY, PAIN = "Moving and lying", "Health", "Surgery", "Pain and nerves"
GROUPS = (MOVING, HEALTH, SURGERY, PAIN)
_BACK = _in({StartingPosition.SUPINE}, S.ASK, ON_BACK)

# Which code each flag answers to follows the pack's own texts: "Spinal fusion or recent spinal surgery" stands under
# one code as often as under the other, so both flags meet both.
FLAGS: Mapping[str, Flag] = {
    flag.code: flag
    for flag in (
        _flag(
            "cannot_kneel",
            "Cannot kneel",
            "cannot kneel",
            MOVING,
            positions=(_in(KNEELING, S.AVOID, NEEDS_KNEELING),),
            tips={P.FLOOR_TRANSFER},
        ),
        _flag(
            "cannot_get_to_floor",
            "Cannot get down to the floor",
            "cannot get down to the floor and up again",
            MOVING,
            P.FLOOR_TRANSFER,
            positions=(_in(KNEELING, S.AVOID, ON_FLOOR), _in(SEATED_OR_LYING_ON_FLOOR, S.ASK, ON_FLOOR)),
        ),
        _flag(
            "cannot_lie_on_front",
            "Cannot lie on the front",
            "cannot lie on the front",
            MOVING,
            P.LYING_ON_FRONT,
            positions=(_in({StartingPosition.PRONE}, S.AVOID, ON_FRONT),),
        ),
        _flag(
            "cannot_lie_flat",
            "Cannot lie flat on the back",
            "cannot lie flat on the back",
            MOVING,
            positions=(_in({StartingPosition.SUPINE}, S.AVOID, ON_BACK),),
        ),
        _flag("poor_balance", "Poor balance", "has poor balance", MOVING, P.BALANCE),
        _flag("dizziness", "Dizziness", "gets dizzy", MOVING, P.DIZZINESS),
        _flag(
            "pregnant",
            "Pregnant",
            "is pregnant",
            HEALTH,
            P.PREGNANCY,
            P.LYING_ON_FRONT,
            positions=(_BACK, _in({StartingPosition.PRONE}, S.ASK, ON_FRONT)),
        ),
        _flag(
            "tummy_gap",
            "Gap in the tummy muscles after birth",
            "has a gap in the tummy muscles after birth",
            HEALTH,
            P.ABDOMINAL_SEPARATION,
        ),
        _flag(
            "osteoporosis",
            "Osteoporosis or a spinal fracture",
            "has low bone density or a spinal fracture",
            HEALTH,
            P.OSTEOPOROSIS,
        ),
        _flag("high_blood_pressure", "High blood pressure", "has high blood pressure", HEALTH, P.BLOOD_PRESSURE),
        _flag("heart_or_lungs", "Heart or lung disease", "has heart or lung disease", HEALTH, P.CHEST_OR_HEART),
        _flag("reflux", "Reflux", "has reflux", HEALTH, P.REFLUX),
        _flag(
            "recent_spine_surgery",
            "Recent spine surgery",
            "had an operation on the spine recently",
            SURGERY,
            P.SPINAL_SURGERY,
            P.SPINAL_FUSION,
        ),
        _flag("spinal_fusion", "Spinal fusion", "has a spinal fusion", SURGERY, P.SPINAL_FUSION, P.SPINAL_SURGERY),
        _flag("hip_replacement", "Hip replacement", "has a hip replacement", SURGERY, P.HIP_REPLACEMENT),
        _flag(
            "knee_replacement",
            "Knee replacement",
            "has a knee replacement",
            SURGERY,
            P.KNEE_REPLACEMENT,
            positions=(_in(KNEELING, S.ASK, NEEDS_KNEELING),),
            tips={P.KNEE_PAIN},
        ),
        _flag(
            "recent_surgery",
            "Other recent surgery",
            "had an operation recently",
            SURGERY,
            P.RECENT_SURGERY,
        ),
        _flag("leg_pain_spreading", "Leg pain that spreads", "has leg pain that spreads", PAIN, P.LEG_PAIN_SPREADING),
        _flag("nerve_irritation", "Pins and needles", "has pins and needles", PAIN, P.NERVE_IRRITATION),
        _flag("narrow_spinal_canal", "Narrow spinal canal", "has a narrow spinal canal", PAIN, P.NARROW_SPINAL_CANAL),
        _flag("back_spasm", "Back in spasm", "has a back in spasm", PAIN, P.ACUTE_SPASM),
        _flag(
            "sore_knees",
            "Sore knees",
            "has sore knees",
            PAIN,
            P.KNEE_PAIN,
            positions=(_in(KNEELING, S.ASK, NEEDS_KNEELING),),
        ),
        _flag("sore_wrists", "Sore wrists", "has sore wrists", PAIN, P.WRIST_PAIN),
        _flag("sore_shoulder", "Sore shoulder", "has a sore shoulder", PAIN, P.SHOULDER_PAIN),
        _flag("sore_neck", "Sore neck", "has a sore neck", PAIN, P.NECK_PAIN),
        _flag(
            "sore_ankle",
            "Sore ankle or heel tendon",
            "has a sore ankle or heel tendon",
            PAIN,
            P.ANKLE_PAIN,
            P.ANKLE_TENDON,
        ),
        _flag("groin_strain", "Recent groin strain", "has a recent groin strain", PAIN, P.GROIN_STRAIN),
        _flag(
            "outer_hip_tendon",
            "Tendon pain at the outer hip",
            "has tendon pain at the outer hip",
            PAIN,
            P.GLUTEAL_TENDON,
        ),
        _flag("leg_cramp", "Cramp in the leg", "gets cramp in the leg", PAIN, P.CRAMP),
        _flag(
            "unstable_neck",
            "Neck fracture, surgery or inflamed joints",
            "has a neck fracture, recent neck surgery or inflamed neck joints",
            PAIN,
            P.UNSTABLE_NECK,
        ),
        _flag(
            "spinal_cord_signs",
            "Clumsy hands or unsteady walking",
            "has clumsy hands or unsteady walking",
            PAIN,
            P.SPINAL_CORD_SIGNS,
        ),
    )
}


def labels(codes: Iterable[str]) -> list[str]:
    """The flags in words, in the order of the record; a code that is no longer known stands as it is."""
    known = set(codes)
    return [flag.label for flag in FLAGS.values() if flag.code in known] + sorted(known - FLAGS.keys())


def clashes(patient: Patient, exercise: Exercise) -> tuple[Clash, ...]:
    """Every clash of this exercise with this patient, the gravest first, each flag and each piece of equipment once."""
    found = [
        clash for code in patient.flags or () if (flag := FLAGS.get(code)) and (clash := _flag_clash(flag, exercise))
    ]
    found += _equipment_clashes(patient, exercise)
    return tuple(sorted(found, key=lambda clash: _SEVERITIES.index(clash.severity)))


def _flag_clash(flag: Flag, exercise: Exercise) -> Clash | None:
    written = exercise.details.get("precautions", ())
    met = [each for each in written if each["code"] in flag.meets]
    positions = [each for each in flag.positions if exercise.starting_position in each.meets]
    if not met and not positions:
        return None
    severity = min([S(each["severity"]) for each in met] + [each.severity for each in positions], key=_SEVERITIES.index)
    words = positions[0].words if positions else _UNSUITED[severity]
    said = [each["text"] for each in written if each["code"] in flag.meets | flag.tips]
    return Clash(flag.code, "flag", severity, f"{exercise.name} {words}.", " ".join([flag.why, *dict.fromkeys(said)]))


def _equipment_clashes(patient: Patient, exercise: Exercise) -> list[Clash]:
    if patient.equipment is None:
        return []
    missing = [
        each for each in exercise.details.get("equipment", ()) if each in ASKED_ABOUT and each not in patient.equipment
    ]
    return [
        Clash(
            f"equipment_{each}",
            "equipment",
            S.ASK,
            f"{exercise.name} needs {_a(ASKED_ABOUT[each])}.",
            f"This patient has no {ASKED_ABOUT[each]} at home.",
        )
        for each in missing
    ]


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
