from __future__ import annotations

from typing import Any

import pytest

from clinic_app.models import Exercise, Patient
from clinic_app.services import precautions
from clinic_app.services.precautions import FLAGS, Clash, clashes
from clinic_app.starter import schema
from clinic_app.starter.lists import Equipment, PrecautionCode, Severity
from clinic_app.starter.pack import load_pack

ENTRIES = {entry.slug: entry for entry in load_pack().exercises}


def exercise(entry: schema.Exercise) -> Exercise:
    written = [
        {"code": each.code.value, "severity": each.severity.value, "text": each.text} for each in entry.precautions
    ]
    return Exercise(
        name=entry.name,
        starting_position=entry.starting_position.value,
        details={"precautions": written, "equipment": [each.value for each in entry.equipment]},
    )


def patient(*flags: str, **known: Any) -> Patient:
    return Patient(name="Ada", flags=list(flags), **known)


def found(*flags: str, **known: Any) -> dict[str, tuple[Clash, ...]]:
    """The clashes of each starter exercise that has some, by slug."""
    each = {slug: clashes(patient(*flags, **known), exercise(entry)) for slug, entry in ENTRIES.items()}
    return {slug: clash for slug, clash in each.items() if clash}


def test_somebody_without_flags_may_do_everything() -> None:
    assert found() == {}


def test_who_cannot_kneel_is_kept_from_exactly_the_exercises_on_the_knees() -> None:
    clash = found("cannot_kneel")
    assert set(clash) == {"bird-dog", "cat-cow", "childs-pose", "hip-flexor-stretch"}
    assert clash["cat-cow"] == (
        Clash(
            "cannot_kneel",
            "flag",
            Severity.AVOID,
            "Cat and cow needs kneeling.",
            "This patient cannot kneel. "
            "Cannot kneel or get up from the floor: do it standing with the hands on a table.",
        ),
    )


def test_who_cannot_get_to_the_floor_is_asked_about_everything_on_it() -> None:
    assert set(found("cannot_get_to_floor")) == {slug for slug, entry in ENTRIES.items() if entry.on_floor}


def test_who_cannot_lie_on_the_front_is_kept_from_lying_on_it() -> None:
    assert set(found("cannot_lie_on_front")) == {"front-plank", "prone-on-elbows", "prone-press-up"}


def test_pregnancy_meets_lying_flat_also_where_the_pack_says_nothing_of_it() -> None:
    flat = {slug for slug, entry in ENTRIES.items() if entry.starting_position in {"supine", "prone"}}
    assert flat < set(found("pregnant"))


@pytest.mark.parametrize("slug", ENTRIES)
def test_nothing_that_the_pack_says_of_an_exercise_is_missed(slug: str) -> None:
    """Somebody with every flag meets each written precaution, at least as gravely as it is written."""
    clash = clashes(patient(*FLAGS), exercise(ENTRIES[slug]))
    for written in ENTRIES[slug].precautions:
        met = [each for each in clash if written.code in FLAGS[each.code].meets]
        assert met, written
        for each in met:
            assert written.text in each.why
            assert precautions._SEVERITIES.index(each.severity) <= precautions._SEVERITIES.index(written.severity)
    assert len({each.code for each in clash}) == len(clash)


def test_every_precaution_code_is_answered_by_a_flag() -> None:
    assert frozenset[PrecautionCode]().union(*(flag.meets for flag in FLAGS.values())) == set(PrecautionCode)


def test_operations_on_the_spine_meet_both_of_the_packs_codes() -> None:
    told = {
        slug
        for slug, entry in ENTRIES.items()
        if {each.code for each in entry.precautions} & {PrecautionCode.SPINAL_FUSION, PrecautionCode.SPINAL_SURGERY}
    }
    for flag in ("recent_spine_surgery", "spinal_fusion"):
        clash = found(flag)
        assert set(clash) == told
        assert {each.severity for met in clash.values() for each in met} == {Severity.AVOID}


def test_the_gravest_stands_first() -> None:
    severities = [each.severity for each in clashes(patient(*FLAGS), exercise(ENTRIES["bird-dog"]))]
    assert severities == sorted(severities, key=list(reversed(Severity)).index)
    assert severities[0] == Severity.AVOID


@pytest.mark.parametrize(("equipment", "missing"), [(None, False), ([], True), (["band"], True), (["belt"], False)])
def test_only_equipment_that_was_asked_about_is_missed(equipment: list[str] | None, missing: bool) -> None:
    clash = found(equipment=equipment)
    assert set(clash) == ({"belt-push-out"} if missing else set())
    if missing:
        (one,) = clash["belt-push-out"]
        assert (one.code, one.kind) == ("equipment_belt", "equipment")
        assert (one.what, one.why) == ("Belt push-out needs a belt.", "This patient has no belt at home.")


def test_each_piece_of_equipment_is_asked_about_or_at_every_home() -> None:
    assert precautions.AT_EVERY_HOME | set(precautions.ASKED_ABOUT) == set(Equipment)
    assert not precautions.AT_EVERY_HOME & set(precautions.ASKED_ABOUT)


def test_an_unknown_flag_of_an_older_record_meets_nothing_and_is_shown() -> None:
    assert found("gone") == {}
    assert precautions.labels(["gone", "cannot_kneel"]) == ["Cannot kneel", "gone"]


def test_flags_are_grouped_for_the_record() -> None:
    assert {flag.group for flag in FLAGS.values()} == set(precautions.GROUPS)
    assert all(code == flag.code for code, flag in FLAGS.items())
