"""Every picture looks as somebody approved it. After a wanted change: look at it, then approve it anew."""

from __future__ import annotations

from pathlib import Path

from clinic_app.cli.illustration import APPROVED, approved_pictures, present_pictures
from clinic_app.rendering.picture_difference import differences

ROOT = Path(__file__).resolve().parents[2]
HOW = "flask illustration compare --out compare.html shows both; flask illustration approve keeps the present ones"


def test_every_picture_looks_as_it_was_approved() -> None:
    approved, present = approved_pictures(ROOT / APPROVED), present_pictures(None)
    assert len(present) > 80
    found = [str(each) for each in differences(approved, present)]
    assert found == [], HOW
