"""How tests come to an edition that can be sent: issued by the services, but with pages that nobody looks at."""

from __future__ import annotations

import pytest
from flask import Flask

from clinic_app.rendering.job import Job
from clinic_app.services import handouts
from clinic_app.services.printing import Pages, store
from tests.cast import Cast
from tests.issuing import Issued, issued_handout

PAGES = b"%PDF-1.7 pages that nobody looks at"


def plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue without printing: making the pages takes seconds, and no sending depends on what they show."""

    def make(_job: Job) -> Pages:
        return Pages(store().put(PAGES), 1)

    monkeypatch.setattr(handouts, "make", make)


def sendable(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Issued:
    """Ada's low-back-six, edition 1."""
    plain_pages(monkeypatch)
    return issued_handout(app, cast)
