"""A dosage sentence, read back into the dosage: the inverse of `sentence`, made from the same language file."""

from __future__ import annotations

from clinic_app.dosage.grammar import Language, as_language, hear
from clinic_app.dosage.sentence import sentence
from clinic_app.dosage.statements import meaning
from clinic_app.dosage.value import BodyPart, Dosage


def read_sentence(text: str, language: str | Language = "en") -> tuple[Dosage, BodyPart]:
    """The dosage and the body part that a canonical sentence states; SIDE where the sentence names no body part.

    Only the canonical wording is read: what was heard is said again and must give the same text, so a wrong plural, a
    changed order, or a total that does not match its two sides is refused.

    Raises:
        ValueError: one sentence on what could not be read.
    """
    spoken = as_language(language)
    dosage, body_part = meaning(hear(spoken, text))
    again = sentence(dosage, body_part, spoken)
    if again != " ".join(text.split()):
        raise ValueError(f"These words contradict themselves or are not the usual wording, which is {again!r}.")
    return dosage, body_part
