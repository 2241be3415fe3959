from __future__ import annotations

from clinic_app.rendering import sample
from clinic_app.rendering.headings import pages_of
from clinic_app.rendering.pdf import render


def test_each_exercise_is_found_on_its_page() -> None:
    printed = render(sample.job())
    found = pages_of(printed.pdf)
    name = sample.job().handout.exercises[0].name
    assert 1 <= found[name] <= printed.pages
    assert found[sample.job().handout.title] == 1
