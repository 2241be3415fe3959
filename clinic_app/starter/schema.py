"""What the files of a content pack may say: one frozen, strict model per kind of file, gathered from its noun's module.

A model checks its own file; `crosscheck.py` checks what one file says about another.
"""

from clinic_app.starter.about import PackAbout
from clinic_app.starter.authored import Review
from clinic_app.starter.exercise import Evidence, Exercise, Link, Picture, Precaution
from clinic_app.starter.patient_text import SorenessGuide, SorenessLevel, Text
from clinic_app.starter.protocol import Protocol, ProtocolGroup
from clinic_app.starter.safety_text import Action, SafetyText

__all__ = [
    "Action",
    "Evidence",
    "Exercise",
    "Link",
    "PackAbout",
    "Picture",
    "Precaution",
    "Protocol",
    "ProtocolGroup",
    "Review",
    "SafetyText",
    "SorenessGuide",
    "SorenessLevel",
    "Text",
]
