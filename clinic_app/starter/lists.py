"""The controlled lists of the catalogue. A value here is a code; staff read its label."""

from __future__ import annotations

from enum import StrEnum


class BodyRegion(StrEnum):
    NECK = "neck"
    UPPER_BACK = "upper_back"
    LOW_BACK = "low_back"
    SHOULDER = "shoulder"
    TRUNK = "trunk"
    BUTTOCK = "buttock"
    HIP = "hip"
    THIGH = "thigh"
    KNEE = "knee"
    LOWER_LEG = "lower_leg"
    WHOLE_BODY = "whole_body"


class Kind(StrEnum):
    MOBILITY = "mobility"
    STRETCH = "stretch"
    STRENGTH = "strength"
    NERVE = "nerve"
    BALANCE = "balance"
    AEROBIC = "aerobic"


class StartingPosition(StrEnum):
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side_lying"
    HANDS_AND_KNEES = "hands_and_knees"
    KNEELING = "kneeling"
    HALF_KNEELING = "half_kneeling"
    SITTING = "sitting"  # on a chair; no getting down to the floor
    SITTING_ON_FLOOR = "sitting_on_floor"
    STANDING = "standing"


UPRIGHT = frozenset({StartingPosition.SITTING, StartingPosition.STANDING})


class Equipment(StrEnum):
    MAT = "mat"
    PILLOW = "pillow"
    CUSHION = "cushion"
    CHAIR = "chair"
    TABLE = "table"
    WALL = "wall"
    TOWEL = "towel"
    BELT = "belt"
    BAND = "band"
    STEP = "step"


class Severity(StrEnum):
    """What staff do about a precaution before they issue the exercise."""

    INFO = "info"  # know it, adapt the exercise
    ASK = "ask"  # ask the patient first
    AVOID = "avoid"  # choose another exercise, or say why not


class PrecautionCode(StrEnum):
    ABDOMINAL_SEPARATION = "abdominal_separation"
    ACUTE_SPASM = "acute_spasm"
    ANKLE_PAIN = "ankle_pain"
    ANKLE_TENDON = "ankle_tendon"
    BALANCE = "balance"
    BLOOD_PRESSURE = "blood_pressure"
    CHEST_OR_HEART = "chest_or_heart"
    CRAMP = "cramp"
    DIZZINESS = "dizziness"
    FLOOR_TRANSFER = "floor_transfer"
    GLUTEAL_TENDON = "gluteal_tendon"
    GROIN_STRAIN = "groin_strain"
    HIP_REPLACEMENT = "hip_replacement"
    KNEE_PAIN = "knee_pain"
    KNEE_REPLACEMENT = "knee_replacement"
    LEG_PAIN_SPREADING = "leg_pain_spreading"
    LYING_ON_FRONT = "lying_on_front"
    NARROW_SPINAL_CANAL = "narrow_spinal_canal"
    NECK_PAIN = "neck_pain"
    NERVE_IRRITATION = "nerve_irritation"
    OSTEOPOROSIS = "osteoporosis"
    PREGNANCY = "pregnancy"
    RECENT_SURGERY = "recent_surgery"
    REFLUX = "reflux"
    SHOULDER_PAIN = "shoulder_pain"
    SPINAL_CORD_SIGNS = "spinal_cord_signs"
    SPINAL_FUSION = "spinal_fusion"
    SPINAL_SURGERY = "spinal_surgery"
    UNSTABLE_NECK = "unstable_neck"
    WRIST_PAIN = "wrist_pain"


class EvidenceGrade(StrEnum):
    """Where the usual dosage was seen; several rest on clinics or on judgement, and say so."""

    NHS = "nhs"
    GUIDELINE = "guideline"
    HOSPITAL = "hospital"
    CLINIC = "clinic"
    EXPERT = "expert"


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class ReviewStatus(StrEnum):
    AWAITING_CLINIC = "awaiting clinic review"
    AWAITING_SIGN_OFF = "awaiting clinical sign-off"
    REVIEWED = "reviewed"
