"""The patient's pages on a phone: nobody is shut out, nothing is wider than the screen, the browser is content."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser.patient_face_screens import patient_face_screens
from tests.browser.test_screens import at_each_width, axe, width
from tests.browser.watch import Watch
from tests.cast import Cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

# Pixels: the narrowest that WCAG 2.2 (1.4.10) names, which is also 400 % zoom of 1280, and a phone.
WIDTHS = (320, 390)
DESK = 1440  # pixels; the guided session lies over the whole screen there, too


def test_no_screen_of_a_patient_shuts_anybody_out(app: Flask, cast: Cast, watch: Watch) -> None:
    tab = watch.context.new_page()
    tab.set_viewport_size({"width": WIDTHS[-1], "height": 844})
    wrong, seen = [], 0
    for name in patient_face_screens(app, cast, tab):
        seen += 1
        widths = (DESK, *WIDTHS) if name.startswith("guided") else WIDTHS
        wrong += [f"{name}: {line}" for line in at_each_width(tab, axe, width, widths=widths)]
        wrong += [f"{name}: {complaint}" for complaint in watch.complaints]
        watch.complaints.clear()
    assert seen > 28
    assert not wrong, "\n".join(wrong)
