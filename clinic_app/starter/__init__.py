"""The content pack that ships: exercises, protocols, safety advice and short texts, as data files with a strict loader.

Pure: files in, frozen values out. No Flask, no database.
"""

from clinic_app.starter.pack import Pack, load_pack
from clinic_app.starter.schema import Exercise, Protocol, SafetyText

__all__ = ["Exercise", "Pack", "Protocol", "SafetyText", "load_pack"]
