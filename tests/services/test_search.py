"""Search: what is typed is found in names, aliases, tags and steps, with errors forgiven, in one's own clinic only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from clinic_app.database import db
from clinic_app.models import Account, Exercise, ExerciseTag, ExerciseWord, Patient, SearchWord
from clinic_app.services import search
from clinic_app.services.favourites import set_favourite
from clinic_app.services.search import Filters, Found
from tests.builder import exercise
from tests.cast import Cast
from tests.issuing import started_programme

# One application answers a whole table: to make one costs more than to ask it.
FIRST = (
    ("bridge", "Bridge"),
    ("  BRI ", "Bridge"),
    ("knee ch", "Knee to chest"),
    ("chest knee", "Knee to chest"),
    ("knee to", "Knee to chest"),
    ("KNEE-TO", "Knee to chest"),
    ("childs", "Child's pose"),
    ("child's pose", "Child's pose"),
    ("child’s", "Child's pose"),
    ("prayer", "Child's pose"),
    ("bird dog", "Bird-dog"),
    ("birddog", "Bird-dog"),
    ("pélvic", "Pelvic tilt"),
    ("sit to stand", "Sit to stand"),
    ("bridge bridge BRIDGE", "Bridge"),
)
FORGIVEN = (
    ("brige", "Bridge"),
    ("bidge", "Bridge"),
    ("brdige", "Bridge"),
    ("peliv ti", "Pelvic tilt"),
    ("hamstirng", "Back of thigh stretch"),
    ("strech knee", "Knee to chest"),
    ("knee chets", "Knee to chest"),
)
HOSTILE = (
    "%",
    "_",
    "%%%_",
    "\\",
    "'; DROP TABLE exercise; --",
    '"',
    "''",
    "x" * 10_000,
    "bridge " * 2_000,
    "🤸 🧘‍♀️",
    "تمرين الجسر",
    "\u202eegdirb\u202c",
    "\x00",
    "\ud800",
    "ﷺ" * 80,
    "-- /* */",
    "\U0010ffff",
)


def entry(account: Account, slug: str) -> Exercise:
    return db.session.scalars(select(Exercise).filter_by(clinic_id=account.clinic_id, slug=slug)).one()


def names(found: Found) -> list[str]:
    return [each.name for each in found.rows]


def test_what_is_typed_is_found_first(clara: Account) -> None:
    for typed, first in FIRST:
        found = search.exercises(clara, typed)
        assert names(found)[:1] == [first], typed
        assert not found.forgiven, typed


def test_a_typing_error_is_forgiven_and_said(clara: Account) -> None:
    for typed, among in FORGIVEN:
        found = search.exercises(clara, typed)
        assert among in names(found), typed
        assert found.forgiven, typed


def test_every_word_must_be_found(clara: Account) -> None:
    both = set(names(search.exercises(clara, "bridge strength")))
    assert both
    assert both < set(names(search.exercises(clara, "strength", limit=100)))
    assert search.exercises(clara, "bridge xylophone").total == 0


def test_a_name_comes_before_an_alias_and_that_before_a_step(clara: Account) -> None:
    for slug, name, change in (
        ("clam", "Quokka", {}),
        ("bird-dog", "Aardvark", {"aliases": ["Quokka hop"]}),
        ("bridge", "Badger", {"steps": ["Think of a quokka.", "Rest.", "Breathe."]}),
    ):
        exercise = entry(clara, slug)
        exercise.name, exercise.details = name, {**exercise.details, **change}
        search.index(exercise)
    assert names(search.exercises(clara, "quokka")) == ["Quokka", "Aardvark", "Badger"]
    assert names(search.exercises(clara, "quo")) == ["Quokka", "Aardvark", "Badger"]
    # Two letters are looked for in names and aliases only: they begin words in most steps.
    assert names(search.exercises(clara, "qu"))[:2] == ["Quokka", "Aardvark"]
    assert "Badger" not in names(search.exercises(clara, "qu", limit=100))


def test_all_that_was_typed_in_one_name_comes_before_its_words_apart(clara: Account) -> None:
    for slug, name in (
        ("clam", "Toe to floor"),
        ("bird-dog", "Bend, toe to the sky"),
        ("bridge", "Toe taps"),
        ("dead-bug", "Élan: toe-to-knee"),
    ):
        exercise = entry(clara, slug)
        exercise.name = name
        search.index(exercise)
    assert names(search.exercises(clara, "toe to"))[:4] == [
        "Toe to floor",
        "Bend, toe to the sky",
        "Élan: toe-to-knee",
        "Toe taps",  # "to" says nothing
    ]
    assert names(search.exercises(clara, "toe to t"))[0] == "Bend, toe to the sky"
    assert names(search.exercises(clara, "toe to k"))[0] == "Élan: toe-to-knee"
    assert names(search.exercises(clara, "elan toe"))[0] == "Élan: toe-to-knee"
    long = " ".join(["Toe to toe"] * 10)
    renamed = entry(clara, "bridge")
    renamed.name = long
    search.index(renamed)
    assert names(search.exercises(clara, long))[0] == long


def test_words_of_region_position_and_equipment_are_found(clara: Account) -> None:
    for typed, slug in (("hip", "clam"), ("all fours", "bird-dog"), ("supine", "bridge"), ("pillow", "childs-pose")):
        assert entry(clara, slug).name in names(search.exercises(clara, typed, limit=100)), typed


def test_filters_restrict_together(clara: Account) -> None:
    exercise(clara.clinic_id, "clam", published=False)
    db.session.commit()
    everything = search.exercises(clara, limit=100)
    assert everything.total == len(everything.rows) == 41
    assert names(everything) == sorted(names(everything))
    for filters, holds in (
        (Filters(regions=("hip", "neck")), lambda each: {"hip", "neck"} & set(each.details["body_regions"])),
        (Filters(equipment=("pillow",)), lambda each: "pillow" in each.details["equipment"]),
        (Filters(kinds=("stretch", "nerve")), lambda each: each.kind in {"stretch", "nerve"}),
        (Filters(positions=("prone",)), lambda each: each.starting_position == "prone"),
        (Filters(states=("draft",)), lambda each: each.state == "draft"),
        (
            Filters(regions=("hip",), kinds=("stretch",), positions=("supine",)),
            lambda each: (
                "hip" in each.details["body_regions"] and (each.kind, each.starting_position) == ("stretch", "supine")
            ),
        ),
    ):
        expected = [each.name for each in everything.rows if holds(each)]
        found = search.exercises(clara, "", filters, limit=100)
        assert expected
        assert names(found) == expected
        assert found.total == len(expected)


def test_filters_hold_for_text_too_and_unknown_codes_find_nothing(clara: Account) -> None:
    found = search.exercises(clara, "knee", Filters(kinds=("stretch",)), limit=100)
    assert found.rows
    assert {each.kind for each in found.rows} == {"stretch"}
    assert search.exercises(clara, "", Filters(regions=("tail",))).total == 0


def test_favourites_are_ones_own(clara: Account, cast: Cast) -> None:
    set_favourite(clara, entry(clara, "clam"), on=True)
    assert names(search.exercises(clara, "", Filters(favourites=True))) == [entry(clara, "clam").name]
    colin = db.session.get_one(Account, cast.colleague)
    assert search.exercises(colin, "", Filters(favourites=True)).total == 0


def test_overdue_reviews(clara: Account) -> None:
    today = date(2026, 11, 23)
    for days, slug in ((-1, "clam"), (0, "bridge"), (1, "bird-dog")):
        entry(clara, slug).review_due = today + timedelta(days=days)
    due = search.exercises(clara, "", Filters(review_due=True), today=today)
    assert set(names(due)) == {entry(clara, "clam").name, "Bridge"}


def test_another_clinic_is_never_found(clara: Account, cast: Cast) -> None:
    nora = db.session.get_one(Account, cast.neighbour)
    theirs = entry(nora, "bridge")
    theirs.name = "Zebra crossing"
    search.index(theirs)
    assert names(search.exercises(nora, "zebra")) == ["Zebra crossing"]
    for typed in ("zebra", "zebar", "crossing"):
        assert names(search.exercises(clara, typed)) == [], typed
    for filters in (Filters(), Filters(regions=("hip",)), Filters(equipment=("mat",))):
        for account in (clara, nora):
            found = search.exercises(account, "", filters, limit=100).rows
            assert {each.clinic_id for each in found} == {account.clinic_id}


@pytest.mark.parametrize("typed", ["", "stretch", "strecth"])
def test_pages_follow_each_other(clara: Account, typed: str) -> None:
    for each in search.exercises(clara, limit=100).rows:
        each.name = "Same name"  # only the number tells them apart
    whole = search.exercises(clara, typed, limit=100)
    assert whole.total == len(whole.rows) > 9
    pages = [search.exercises(clara, typed, limit=4, offset=start) for start in range(0, whole.total, 4)]
    assert [each.id for page in pages for each in page.rows] == [each.id for each in whole.rows]
    assert {page.total for page in pages} == {whole.total}
    behind = search.exercises(clara, typed, limit=4, offset=10_000)
    assert (behind.rows, behind.total) == ([], whole.total)


def test_the_index_follows_an_edit(clara: Account) -> None:
    exercise = entry(clara, "bridge")
    exercise.name = "Viaduct"
    exercise.details = {
        **exercise.details,
        "body_regions": ["neck"],
        "aliases": [],
        "steps": ["Swim.", "Fly.", "Rest."],
    }
    search.index(exercise)
    assert names(search.exercises(clara, "viaduct")) == ["Viaduct"]
    assert names(search.exercises(clara, "viadcut")) == ["Viaduct"]
    assert "Viaduct" in names(search.exercises(clara, "", Filters(regions=("neck",)), limit=100))
    for typed in ("bridge", "heels", "hip", "buttock"):
        assert "Viaduct" not in names(search.exercises(clara, typed, limit=100)), typed
    assert "Viaduct" not in names(search.exercises(clara, "", Filters(regions=("buttock", "hip")), limit=100))


def test_indexing_twice_is_the_same_as_once(clara: Account) -> None:
    def rows() -> list[int | None]:
        return [db.session.scalar(select(func.count()).select_from(t)) for t in (ExerciseTag, ExerciseWord, SearchWord)]

    before = rows()
    search.index(entry(clara, "bridge"))
    assert rows() == before
    assert search.index_all(clara.clinic_id) == 41
    assert rows() == before
    assert search.index_all(clara.clinic_id, missing_only=True) == 0


def test_anything_may_be_typed(clara: Account) -> None:
    for typed in HOSTILE:
        found = search.exercises(clara, typed)
        assert found.total == len(found.rows), typed
        assert found.total == 0 or "bridge" in typed, typed
    assert search.exercises(clara).total == 41


def test_words_in_other_scripts_are_found(clara: Account) -> None:
    exercise = entry(clara, "bridge")
    for name, typed in (("تمرين الجسر", "الجسر"), ("Жаворонок", "жаворо"), ("Straße łydki", "strasse lydki")):
        exercise.name = name
        search.index(exercise)
        assert names(search.exercises(clara, typed)) == [name]


def test_in_how_many_live_programmes(clara: Account, cast: Cast) -> None:
    ada = db.session.get_one(Patient, cast.patient)
    one, two, ended = (started_programme(clara, ada) for _ in range(3))
    ended.ended = True
    first, second = one.rows[0], one.rows[1]
    second.is_removed = True
    one.rows.append(type(first)(exercise=first.exercise, position=30, dosage=first.dosage))
    db.session.flush()
    unused = entry(clara, "walking").id
    counts = search.live_programmes(number for number in [first.exercise_id, second.exercise_id, unused])
    assert counts == {first.exercise_id: 2, second.exercise_id: 1}
    assert two.rows
    assert search.live_programmes([]) == {}
    assert search.live_programmes(range(2, 2_000)).keys() >= {second.exercise_id}
