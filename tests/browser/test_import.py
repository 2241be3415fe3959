"""An editor brings a table in: the check goes on by itself, the report says what is wrong, and the rest is imported."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, expect

from clinic_app.services import exercise_import_reading
from tests.browser.person import Person
from tests.staff.imported_tables import example, table

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_table_comes_in_by_itself(app: Flask, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exercise_import_reading, "PORTION", 1)
    person.sign_in("Edgar")
    person.go("/staff/exercises/import")
    rows = [example(slug=f"sofa-{number}", name=f"Sofa {number}") for number in range(3)]
    data = table([*rows, example(kind="dance")])
    file = FilePayload(name="my table.csv", mimeType="text/csv", buffer=data)
    person.tab.get_by_label("File", exact=True).set_input_files(file)
    person.press("Check this file")
    person.find("Refused", "heading").wait_for()
    expect(person.tab.get_by_role("row").filter(has_text="Row 5")).to_contain_text("must be one of")
    person.press("Import the 3 good rows")
    expect(person.tab.get_by_role("main")).to_contain_text("Imported on")
    person.press("Back to the imports", "link")
    expect(person.tab.get_by_role("listitem").filter(has_text="my table.csv")).to_contain_text("Imported")
