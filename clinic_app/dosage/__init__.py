"""Dosage: the value, its limits, its sentence, its time and its shorthand. Pure functions over frozen values."""

from clinic_app.dosage.value import (
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

__all__ = [
    "BodyPart",
    "Dosage",
    "Effort",
    "EffortScale",
    "Hold",
    "HoldUnit",
    "Load",
    "LoadUnit",
    "Mode",
    "Range",
    "Side",
    "Tempo",
]
