"""The one canonical sentence of a dosage, in the words of a language file."""

from __future__ import annotations

from clinic_app.dosage.grammar import Language, as_language
from clinic_app.dosage.statements import statements
from clinic_app.dosage.value import BodyPart, Dosage

# What the dose band already prints large (see band.py).
IN_THE_BAND = ("hold", "stay", "slowly", "go", "repeat", "where", "change", "share", "rounds", "rest.between")


def sentence(dosage: Dosage, body_part: BodyPart = BodyPart.SIDE, language: str | Language = "en") -> str:
    """ "Hold for 20 seconds. Do this 3 times on each side. Do it twice a day, every day, for 6 weeks."

    Every field that is set is said, so that `reading.read_sentence` gets the same dosage back.

    Raises:
        ValueError: if the language is not shipped.
    """
    spoken = as_language(language)
    return " ".join(spoken.say(key, **values) for key, values in statements(dosage, body_part))


def beside_the_band(
    dosage: Dosage, body_part: BodyPart = BodyPart.SIDE, language: str | Language = "en"
) -> tuple[str, ...]:
    """The sentences that the dose band does not show: load, effort, pain limit, tempo, time of a move, weeks.

    The page prints them under the band, or they would be lost on paper.
    """
    spoken = as_language(language)
    skip = tuple(f"sentence.{name}" for name in (*IN_THE_BAND, "how_often"))
    said = [spoken.say(key, **values) for key, values in statements(dosage, body_part) if not key.startswith(skip)]
    if dosage.weeks is not None:
        said.append(spoken.say("band.weeks", n=dosage.weeks))
    return tuple(said)
