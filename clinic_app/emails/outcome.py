"""How a sending can end other than well. `str(error)` is said to staff: plain words, never the patient's address."""

from __future__ import annotations

from clinic_app.errors import ServiceError


class Temporary(ServiceError):
    """Not sent, for certain; the same message may be tried again later."""


class NotSecure(Temporary):
    """The connection could not be made safe, so nothing was said on it: no password, no address, no message."""


class Permanent(ServiceError):
    """Not sent, for certain, and trying the same again would be refused again."""


class WrongPassword(ServiceError):
    """The mail server refuses our own sign-in. Nothing can be sent until a person puts the settings right."""


class Uncertain(ServiceError):
    """The message left us, wholly or in part, and no final answer came: it may have arrived."""
