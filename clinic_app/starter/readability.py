"""How hard a text is to read: sentences, words, syllables, and the Flesch-Kincaid grade made from them."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?:]+(?:\s+|$)")
_WORD = re.compile(r"[A-Za-z0-9{}&'’-]+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]e|[^td]ed|[^sxzcgh]es)$")


def sentences(text: str) -> list[str]:
    """The sentences of `text` without their full stops; a text without one is a single sentence."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def words(text: str) -> list[str]:
    """The words of `text`; a placeholder and a hyphenated word are one word each."""
    return [word for word in _WORD.findall(text) if any(character.isalnum() for character in word)]


def syllables(word: str) -> int:
    """Syllables of an English word, at least 1, by its groups of vowels; right for most words, which is enough here."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(letters))
    if count > 1 and _SILENT_END.search(letters):
        count -= 1
    return max(count, 1)


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade (Kincaid 1975) of several texts read one after another; add 5 for a reading age in years."""
    all_sentences = [sentence for text in texts for sentence in sentences(text)]
    all_words = [word for sentence in all_sentences for word in words(sentence)]
    if not all_words:
        return 0.0
    per_sentence = len(all_words) / len(all_sentences)
    per_word = sum(syllables(word) for word in all_words) / len(all_words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59
