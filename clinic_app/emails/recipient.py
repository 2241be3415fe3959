"""One e-mail address, and nothing else: no list, no name beside it, no letters that only look like others."""

from __future__ import annotations

import unicodedata

from email_validator import EmailNotValidError, validate_email

from clinic_app.errors import ServiceError

LONGEST = 254  # bytes, RFC 5321 section 4.5.3.1.3
LONGEST_LOCAL = 64  # bytes before the @, section 4.5.3.1.1
# Alphabets with letters that look alike. Nobody writes one word in two of them, except to deceive.
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


class BadAddress(ServiceError):
    """This is not one e-mail address."""


def one_address(text: str) -> str:
    """`text` as the address that goes into a message: the domain in the letters of the DNS ("xn--...").

    Raises:
        BadAddress: it is none, or several, or mixes alphabets. The sentence does not repeat it.
    """
    wanted = text.strip(" ")
    if len(wanted) > LONGEST:
        raise BadAddress("This e-mail address is too long.")
    if "," in wanted or ";" in wanted:
        raise BadAddress("Write one e-mail address, without a comma or semicolon.")
    try:
        found = validate_email(wanted, check_deliverability=False)
    except EmailNotValidError as error:
        raise BadAddress("This is not a whole e-mail address.") from error
    if any(_mixes(part) for part in (found.local_part, *found.domain.split("."))):
        raise BadAddress("This e-mail address mixes letters of two alphabets that look alike.")
    address = f"{found.local_part}@{found.ascii_domain}"
    if len(address.encode()) > LONGEST or len(found.local_part.encode()) > LONGEST_LOCAL:
        raise BadAddress("This e-mail address is too long.")
    return address


def _mixes(part: str) -> bool:
    alphabets = {unicodedata.name(each, "").split(" ")[0] for each in part if each.isalpha()}
    return len(alphabets.intersection(_ALIKE)) > 1
