"""Words as they are searched: folded, weighed, and the nearest ones to a mistyped word. Plain values only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

LONGEST = 40  # letters of a word that is kept
NAME, ALIAS, TAG, STEP = 120, 80, 40, 10  # six words found in steps together weigh less than one in a name
FIRST = 2  # for the first word of a name
NEAREST = 6  # words that a mistyped one may stand for
SHORTEST_FORGIVEN = 4  # letters; a shorter word is near too many others

# They stand in most steps and tell no exercise from another.
_SAYING_NOTHING = """
a an and are as at be both by do for from have if in into is it its not of off on onto or other same so than that the
then them these this to until up while with you your
"""
STOP_WORDS = frozenset(_SAYING_NOTHING.split())

# What staff also call a code of the controlled lists; a code without a line here is its own words.
TAG_WORDS = {
    "supine": "supine lying",
    "prone": "prone lying",
    "side_lying": "side lying",
    "hands_and_knees": "hands and knees, all fours, four point kneeling",
    "sitting": "sitting seated",
    "strength": "strength strengthening",
    "nerve": "nerve neural",
    "balance": "balance proprioception",
    "aerobic": "aerobic cardio",
    "band": "band theraband resistance",
}

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′"))
_UNACCENTED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """`text` in lower case, without accents and apostrophes: "Child's" and "CHILDS" are the same."""
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_UNACCENTED)


def words(text: str) -> list[str]:
    """The folded words of `text` in their order, each of at most 40 letters."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


def weigh(*, name: str, aliases: Iterable[str], tags: Iterable[str], steps: Iterable[str]) -> dict[str, int]:
    """The words of an exercise with their weights; a word that stands in two places has the greater one."""
    found: dict[str, int] = {}
    for weight, texts in ((STEP, steps), (TAG, tags)):
        found |= {word: weight for text in texts for word in words(text) if word not in STOP_WORDS}
    for weight, texts in ((ALIAS, aliases), (NAME, (name,))):
        found |= {word: weight for text in texts for word in (*words(text), *_joined(text))}
    if first := words(name)[:1]:
        found[first[0]] = NAME + FIRST
    return found


def endings(name: str) -> dict[str, int]:
    """The name from each of its words on, behind a space, so that none is taken for a word; the whole counts more.

    "Knee to chest" has " knee to chest", " to chest" and " chest". Each has at most 40 letters, and every name has one.
    """
    found = words(name)
    later = {_ending(found[at:]): NAME for at in range(1, len(found))}
    return later | {_ending(found): NAME + FIRST}


def typed_ending(text: str) -> str:
    """What those of `endings` begin with that hold all of `text`, or "" when it is one word, which `weigh` knows."""
    typed = words(text)
    return _ending(typed) if len(typed) > 1 else ""


def nearest(word: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
    """The beginnings of words in `vocabulary` that `word` was probably meant to be, the likeliest first.

    One letter may be wrong, missing, too many or swapped with the next; two in words of more than six letters.
    """
    length = len(word)
    if length < SHORTEST_FORGIVEN:
        return ()
    most = 1 if length <= 6 else 2
    beginnings = {other[:size] for other in vocabulary for size in range(length - most, length + most + 1)}
    found = extract(
        word,
        sorted(each for each in beginnings if abs(len(each) - length) <= most),
        scorer=OSA.distance,
        processor=None,
        limit=None,
        score_cutoff=most,
    )
    if not found:
        return ()
    # People mistype the first letter least.
    best = min(found, key=lambda each: (each[1], each[0][0] != word[0]))
    likely = [each for each, distance, _ in found if (distance, each[0] == word[0]) == (best[1], best[0][0] == word[0])]
    return tuple(likely[:NEAREST])


def _ending(of: list[str]) -> str:
    return f" {' '.join(of)}"[:LONGEST]


def _joined(text: str) -> Iterator[str]:
    """ "birddog" for "bird-dog": people write such names as one word, too."""
    for compound in re.findall(r"\w+(?:[-‐‑]\w+)+", text):
        parts = words(compound)
        yield "".join(parts)[:LONGEST]
        yield from ("".join(pair)[:LONGEST] for pair in pairwise(parts))
