"""What making an application leaves behind."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from clinic_app import create_app
from tests.settings import config


def test_nothing_keeps_an_application_that_is_not_used_any_more(tmp_path: Path) -> None:
    """One left behind for each test filled gigabytes, and each sign-in asked the database once for each of them."""
    made = create_app(config(tmp_path, "sqlite://"))
    made.test_client().get("/p")
    seen = weakref.ref(made)
    del made
    gc.collect()
    assert seen() is None
