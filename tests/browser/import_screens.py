"""The screens of imports, each in its states, for an editor or manager who is signed in."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from clinic_app.database import db
from clinic_app.models import Account
from clinic_app.services import exercise_exports, exercise_import_reading, exercise_imports
from clinic_app.services.exercise_columns import cells
from tests.browser.person import Person
from tests.cast import Cast
from tests.staff.imported_tables import example, table


def import_screens(app: Flask, cast: Cast, person: Person) -> Iterator[str]:
    person.go("/staff/exercises/import")
    person.press("Check this file")
    person.find("Please put this right", "heading").wait_for()
    yield "imports, no file chosen"
    bridge = cells(exercise_exports.example()[0])
    mixed = [example(), {**bridge, "feel": "Warm thighs."}, example(slug="other", kind="dance")]
    for name, data in {
        "import, cannot be read": b"",
        "import, waits to be decided": table(mixed),
        "import, applied": table(mixed),
    }.items():
        person.go(f"/staff/exercises/import/{_brought_in(app, cast, name, data)}")
        yield name
    person.go("/staff/exercises/import")
    person.tab.get_by_text("The columns of a table").click()
    yield "imports, several"
    # The page asks for the next portion by itself; here that request stays without an answer.
    person.tab.context.route("**/continue", lambda route: None)
    with app.app_context():
        found = _started(cast, table(mixed))
    person.go(f"/staff/exercises/import/{found}")
    person.tab.get_by_text("Checked 0 of 3 rows").wait_for()
    yield "import, being checked"
    person.go("/staff/exercises/import")
    person.tab.context.unroute("**/continue")


def _started(cast: Cast, data: bytes) -> int:
    manager = db.session.get_one(Account, cast.manager)
    found = exercise_imports.start(manager, exercise_import_reading.prepare("my table.csv", data, {}))
    db.session.commit()
    return found.id


def _brought_in(app: Flask, cast: Cast, name: str, data: bytes) -> int:
    with app.app_context():
        manager = db.session.get_one(Account, cast.manager)
        found = exercise_imports.start(manager, exercise_import_reading.prepare("my table.csv", data, {}))
        while portion := exercise_imports.next_portion(found):
            exercise_imports.note(found, portion)
        if name.endswith("applied"):
            exercise_imports.apply(manager, found, only_good=True)
        db.session.commit()
        return found.id
