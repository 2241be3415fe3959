"""A typed line is cut where its dose begins, and read for the exercise that was found."""

from __future__ import annotations

import pytest

from clinic_app.database import db
from clinic_app.dosage import Hold, Range
from clinic_app.models import Account
from clinic_app.services.typed_lines import Line, read_dosage, read_line
from tests.builder import exercise

# What is said here is the same on every database; two databases at once are the business of tests/faults.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_line_is_cut_where_its_dose_begins(clara: Account) -> None:
    cut = {
        "bridge": ("bridge", ""),
        "bridge 2x10 h5": ("bridge", "2x10 h5"),
        "bridge 2x10 h5 h6": ("bridge", "2x10 h5 h6"),
        "  knee to chest  each 3x20s ": ("knee to chest", "each 3x20s"),
        "both knees to chest x8 daily": ("both knees to chest", "x8 daily"),
        "bridge 3 x 10 h5 bd": ("bridge", "3 x 10 h5 bd"),
        "bridge slow": ("bridge", "slow"),
        "bridge 2 sets of 10": ("bridge", "2 sets of 10"),
        "bridge red band 2x8": ("bridge", "red band 2x8"),
        "bridge 5x": ("bridge", "5x"),  # is understood by nobody, and said so
        "bridge 2x10 hx": ("bridge", "2x10 hx"),
        "2x10": ("2x10", ""),
        "": ("", ""),
    }
    assert {text: read_line(clara, text) for text in cut} == {text: Line(*parts) for text, parts in cut.items()}


def test_a_name_of_the_catalogue_is_never_cut(clara: Account) -> None:
    exercise(clara.clinic_id, "bridge").name = "Figure 4 slow"
    db.session.commit()
    assert read_line(clara, "figure 4 SLOW 2x8") == Line("figure 4 SLOW", "2x8")
    assert read_line(clara, "figure 4 slow") == Line("figure 4 slow", "")


def test_a_line_without_end_is_read_to_an_end(clara: Account) -> None:
    line = read_line(clara, "bridge " + "h5 " * 10_000)
    assert len(line.query) + len(line.dosage_text) <= 200


def test_a_dose_is_read_with_the_sentence_of_its_exercise(clara: Account) -> None:
    bridge = exercise(clara.clinic_id, "bridge")
    read = read_dosage(bridge, "2x10 h5")
    assert read.dosage
    assert (read.dosage.sets, read.dosage.reps, read.dosage.hold) == (Range.of(2), Range.of(10), Hold(Range.of(5)))
    assert read.dosage.days_per_week == bridge.usual.days_per_week
    assert read.sentence.startswith("Hold for 5 seconds.")
    assert (read.error, read.findings) == ("", ())


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("2x10 hx", "'hx' is not understood"),
        ("left", "this exercise has none"),
        ("x500", "only 1 to"),
        ("2x10 h5 h6", "a second time"),
    ],
)
def test_what_cannot_be_read_or_given_is_said(clara: Account, text: str, error: str) -> None:
    read = read_dosage(exercise(clara.clinic_id, "bridge"), text)
    assert read.dosage is None
    assert error in read.error


def test_a_doubtful_number_is_read_with_its_doubt(clara: Account) -> None:
    read = read_dosage(exercise(clara.clinic_id, "bridge"), "h50")
    assert read.dosage
    assert [finding.message[:10] for finding in read.findings if finding.severity == "confirm"] == ["50 seconds"]
