"""The engine that says a phrase of a language file, and hears it again.

A language is data (`languages/en.toml`). Plural categories come from CLDR through Babel, so a language with one form or
with six needs no code. `Language.say` fills a phrase in; `hear` is made from the same phrases, so the two cannot drift.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter

from babel import Locale, UnknownLocaleError

from clinic_app.dosage.value import Range

Value = Range | str
Phrase = Mapping[str, str]  # selector ("=1", "one", "few", "other") to template; a plain phrase has only "other"

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
WORDS = r"\w[\w'&/+-]*(?: [\w'&/+-]+)*"  # a colour or a maker's name, as limits.py allows it


@dataclass(frozen=True, eq=False)
class Language:
    """The phrases of one language, by dotted key ("sentence.hold.seconds").

    `range` is how a range is written ("{minimum} to {maximum}"), `between` the word alone, and `range_plural` the
    plural category of every range, or "" to use the category of its upper number.
    """

    code: str
    locale: Locale
    range: str
    between: str
    range_plural: str
    phrases: Mapping[str, Phrase]

    def number(self, amount: Range) -> str:
        """`3` or `3 to 5`, in digits."""
        if amount.is_single:
            return str(amount.minimum)
        return self.range.format(minimum=amount.minimum, maximum=amount.maximum)

    def say(self, key: str, **values: Value) -> str:
        """The phrase with its placeholders filled in; `n` chooses the plural form."""
        phrase = self.phrases[key]
        amount = values.get("n")
        template = phrase[self._selector(phrase, amount)] if isinstance(amount, Range) else phrase["other"]
        return template.format(**{name: self._fill(name, value) for name, value in values.items()})

    def _selector(self, phrase: Phrase, amount: Range) -> str:
        if not amount.is_single:
            return self.range_plural or str(self.locale.plural_form(amount.maximum))
        exact = f"={amount.minimum}"
        return exact if exact in phrase else str(self.locale.plural_form(amount.minimum))

    def _fill(self, name: str, value: Value) -> str:
        if isinstance(value, str):
            return value
        return self.say(f"counted.{name}", n=value) if f"counted.{name}" in self.phrases else self.number(value)


@cache
def language(tag: str) -> Language:
    """The language shipped for a BCP 47 tag; "en-GB" is answered by "en".

    Raises:
        ValueError: if no such language is shipped.
    """
    folder = resources.files("clinic_app.dosage") / "languages"
    shipped = {file.name.removesuffix(".toml"): file for file in folder.iterdir() if file.name.endswith(".toml")}
    code = tag.replace("_", "-").split("-")[0].lower()
    if code not in shipped:
        raise ValueError(f"There is no dosage sentence in {tag!r}; there is one in: {', '.join(sorted(shipped))}.")
    reference = None if code == "en" else language("en")
    return read_language(code, shipped[code].read_text("utf-8"), reference)


def as_language(which: str | Language) -> Language:
    return language(which) if isinstance(which, str) else which


def read_language(code: str, text: str, reference: Language | None = None) -> Language:
    """Read a language file (TOML) and hold it against `reference`, which says what phrases there must be.

    Raises:
        ValueError: naming the phrase that is missing, unknown, lacks a plural form, or has other placeholders.
    """
    data = tomllib.loads(text)
    try:
        locale = Locale.parse(data.pop("locale"))
    except (KeyError, UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{code}: locale is missing or not known to CLDR.") from error
    found = Language(
        code=code,
        locale=locale,
        range=data.pop("range"),
        between=data.pop("between"),
        range_plural=data.pop("range_plural", ""),
        phrases=dict(_flatten(data, "")),
    )
    needed = set(found.locale.plural_form.tags) | {"other"}
    for key, phrase in found.phrases.items():
        _check_phrase(f"{code}: {key}", phrase, needed)
    if reference is not None:
        _compare(found, reference)
    return found


def _flatten(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, Phrase]]:
    for name, entry in table.items():
        key = f"{prefix}{name}"
        if isinstance(entry, str):
            yield key, {"other": entry}
        elif isinstance(entry, dict) and all(form in CATEGORIES or form.startswith("=") for form in entry):
            yield key, {form: str(template) for form, template in entry.items()}
        elif isinstance(entry, dict):
            yield from _flatten(entry, f"{key}.")
        else:
            raise ValueError(f"{key} is neither a phrase nor a table of phrases.")


def placeholders(phrase: Phrase) -> frozenset[str]:
    """All placeholder names in any form of the phrase."""
    return frozenset(name for template in phrase.values() for name in _names(template))


def _names(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _check_phrase(where: str, phrase: Phrase, needed: set[str]) -> None:
    wanted = placeholders(phrase)
    if "n" in wanted and not needed <= phrase.keys():
        raise ValueError(f"{where} lacks the plural form {min(needed - phrase.keys())!r}.")
    for form, template in phrase.items():
        # A form for several numbers that does not print the number would lose it; "=2" may leave its own out.
        if wanted - set(_names(template)) - ({"n"} if form.startswith("=") else set()):
            raise ValueError(f"{where}, form {form!r}, must name {', '.join(sorted(wanted))}.")


def _compare(found: Language, reference: Language) -> None:
    missing, unknown = reference.phrases.keys() - found.phrases.keys(), found.phrases.keys() - reference.phrases.keys()
    if missing or unknown:
        raise ValueError(f"{found.code}: missing {sorted(missing)}, unknown {sorted(unknown)}.")
    for key, phrase in reference.phrases.items():
        if placeholders(phrase) != placeholders(found.phrases[key]):
            raise ValueError(f"{found.code}: {key} must have the placeholders {sorted(placeholders(phrase))}.")


@dataclass(frozen=True, slots=True)
class Pattern:
    key: str
    selector: str
    regex: re.Pattern[str]


@cache
def _patterns(spoken: Language, prefix: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(key, form, re.compile(_regex(spoken, template)))
        for key, phrase in spoken.phrases.items()
        if key.startswith(prefix)
        for form, template in phrase.items()
    )


def _number_regex(spoken: Language) -> str:
    ends = re.escape(spoken.range).replace(r"\{minimum\}", r"\d{1,6}").replace(r"\{maximum\}", r"\d{1,6}")
    return rf"{ends}|\d{{1,6}}"


def _regex(spoken: Language, template: str) -> str:
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if name == "n":
            parts.append(f"(?P<n>{_number_regex(spoken)})")
        elif name and f"counted.{name}" in spoken.phrases:
            inner = (_regex(spoken, form) for form in spoken.phrases[f"counted.{name}"].values())
            parts.append(f"(?P<{name}>{'|'.join(inner).replace('(?P<n>', '(?:')})")
        elif name:
            parts.append(f"(?P<{name}>{WORDS})")
    return "".join(parts)


def hear(spoken: Language, text: str) -> list[tuple[str, dict[str, Value]]]:
    """The phrases ("sentence." keys) that the text is made of, with their values, in order.

    Raises:
        ValueError: if a part of the text is no phrase of the language.
    """
    heard: list[tuple[str, dict[str, Value]]] = []
    rest = " ".join(text.split())
    while rest:
        hits = [(pattern, match) for pattern in _patterns(spoken, "sentence.") if (match := pattern.regex.match(rest))]
        if not hits:
            raise ValueError(f"This is not part of a dosage: {rest[:60]!r}.")
        pattern, match = max(hits, key=lambda hit: hit[1].end())
        heard.append((pattern.key, _values(spoken, pattern, match)))
        rest = rest[match.end() :].lstrip()
    return heard


def _values(spoken: Language, pattern: Pattern, match: re.Match[str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if pattern.selector.startswith("="):
        values["n"] = Range.of(int(pattern.selector[1:]))
    for name, words in match.groupdict().items():
        if name == "n":
            values["n"] = Range.of(*map(int, re.findall(r"\d+", words)))
        elif f"counted.{name}" in spoken.phrases:
            values[name] = _count(spoken, name, words)
        else:
            values[name] = words
    return values


def _count(spoken: Language, name: str, words: str) -> Range:
    for pattern in _patterns(spoken, f"counted.{name}"):
        if match := pattern.regex.fullmatch(words):
            amount = _values(spoken, pattern, match)["n"]
            assert isinstance(amount, Range)  # noqa: S101 - a counted phrase has only a number
            return amount
    raise ValueError(f"{words!r} is not a number of {name}.")
