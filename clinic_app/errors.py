"""What can go wrong, as words a person can act on. Every layer may import this module."""

from __future__ import annotations

from dataclasses import dataclass


class ServiceError(Exception):
    """The base of every error that is shown to a person; `str(error)` is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, and the page field (an element id) where it can be put right."""

    what: str
    where: str = ""


class NotReady(ServiceError):
    """A programme cannot be issued yet."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__("1 thing is missing." if len(gaps) == 1 else f"{len(gaps)} things are missing.")
        self.gaps = gaps


class NotPrintable(ServiceError):
    """The print gate refused the pages: printing them would be worse than printing nothing."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class RenderFailed(ServiceError):
    """The printing process was stopped (time, memory) or died. Nothing was issued."""


class Conflict(ServiceError):
    """Somebody else saved the same object first."""


class NotFound(ServiceError):
    """There is no such object for this clinic; another clinic's object looks exactly the same."""


class NotAllowed(ServiceError):
    """The object exists and may be seen, but this cannot be done with it now."""


class BrokenContent(ServiceError):
    """A content file is wrong; the sentence names file, field and reason."""
