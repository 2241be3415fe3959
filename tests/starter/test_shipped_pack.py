"""The pack that ships: complete, dosed as published, safe, and easy to read."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from clinic_app.dosage import Side
from clinic_app.starter.check import check_pack
from clinic_app.starter.lists import (
    Equipment,
    EvidenceGrade,
    PrecautionCode,
    ReviewStatus,
    Severity,
    StartingPosition,
    State,
)
from clinic_app.starter.pack import SHIPPED, Pack
from clinic_app.starter.readability import grade
from clinic_app.starter.schema import Exercise, Picture

SEEDS = ("knee-to-chest", "pelvic-tilt", "cat-cow", "childs-pose", "bird-dog", "bridge")
WRITTEN = date(2026, 11, 23)
POSES = SHIPPED / "poses"


def test_an_exercise_is_published_when_it_is_drawn_and_a_draft_says_what_it_waits_for(shipped: Pack) -> None:
    assert len(shipped.exercises) == 41  # rows 31 and 32 of the review are three and two exercises
    published = {entry.slug for entry in shipped.exercises if entry.state is State.PUBLISHED}
    assert set(SEEDS) <= published
    for entry in shipped.exercises:
        if entry.slug in published:
            assert all((POSES / f"{picture.pose}.json").is_file() for picture in entry.pictures), entry.slug
        else:
            assert entry.state_reason == "no picture yet", entry.slug


def test_there_is_no_advice_for_what_ships(shipped: Pack) -> None:
    assert check_pack(shipped, WRITTEN) == ()


def test_everything_awaits_review_and_is_due_within_three_years(shipped: Pack) -> None:
    assert shipped.about.review_status is ReviewStatus.AWAITING_CLINIC
    for entry in (*shipped.exercises, *shipped.protocols, *shipped.texts, shipped.soreness):
        assert entry.review.status is ReviewStatus.AWAITING_CLINIC
        assert (entry.review.due - entry.written_on).days <= 3 * 366
    assert {text.review.status for text in shipped.safety} == {ReviewStatus.AWAITING_SIGN_OFF}


def test_expert_judgement_says_so(shipped: Pack) -> None:
    for entry in shipped.exercises:
        source = entry.evidence.source.lower()
        if entry.evidence.grade is EvidenceGrade.EXPERT:
            assert "judgement" in source, entry.slug
        assert source.startswith("expert judgement") <= (entry.evidence.grade is EvidenceGrade.EXPERT), entry.slug


def printed(entry: Exercise) -> list[str]:
    """What the patient's card may print of an exercise, apart from its dose."""
    pictures = [text for picture in entry.pictures for text in (picture.caption, picture.alt)]
    return [*entry.steps, entry.both_sides_step or "", entry.feel, entry.take_care, entry.easier_tip, *pictures]


def test_every_exercise_fits_its_card(shipped: Pack) -> None:
    for entry in shipped.exercises:
        assert 3 <= len(entry.steps) <= 5, entry.slug
        assert "".join(picture.letter for picture in entry.pictures) in ("AB", "ABC"), entry.slug
        assert all(picture.alt.endswith(".") for picture in entry.pictures), entry.slug
        assert entry.mistakes, entry.slug
        assert entry.precautions, entry.slug


def test_no_words_name_a_side_or_a_dose(shipped: Pack) -> None:
    for entry in shipped.exercises:
        for text in printed(entry):
            assert not re.search(r"\b(left|right)\b|\d", text, re.IGNORECASE), (entry.slug, text)


def test_reading_grade_of_each_exercise_is_at_most_6(shipped: Pack) -> None:
    for entry in shipped.exercises:
        assert grade(printed(entry)) <= 6, entry.slug


def test_the_why_text_is_honest_and_easy(shipped: Pack) -> None:
    paragraphs = list(shipped.text("why-stretching-helps").paragraphs)
    said = " ".join(paragraphs)
    assert "No one exercise is best" in said
    assert "does not mean harm" in said
    assert not re.search(r"\b(cure|cures|heal|heals|proven|fix|fixes|guarantee)\b", said, re.IGNORECASE)
    assert grade(paragraphs) <= 6


@pytest.mark.parametrize(
    ("slug", "on_floor"),
    [
        *((slug, True) for slug in SEEDS),
        ("side-plank", True),
        ("prone-on-elbows", True),
        ("hip-flexor-stretch", True),
        ("butterfly", True),
        ("sit-to-stand", False),
        ("heel-raises", False),
        ("neck-rotation", False),
        ("walking", False),
    ],
)
def test_on_floor(shipped: Pack, slug: str, on_floor: bool) -> None:
    assert shipped.exercise(slug).on_floor is on_floor


def test_steps_for_both_sides_say_how_to_change(shipped: Pack) -> None:
    entry = shipped.exercise("knee-to-chest")
    assert entry.steps_for(Side.EACH)[-1] == "Then change legs and do the same."
    assert entry.steps_for(Side.LEFT) == entry.steps
    assert entry.steps_for(None) == entry.steps


def test_low_back_six_has_the_three_groups_of_the_guide(shipped: Pack) -> None:
    protocol = shipped.protocol("low-back-six")
    assert protocol.name == "Low back: six exercises"
    assert [(group.name, group.exercises) for group in protocol.groups] == [
        ("Lower lumbar stretches", ("knee-to-chest", "pelvic-tilt")),
        ("Stretches for lumbar pain", ("cat-cow", "childs-pose")),
        ("Strengthening", ("bird-dog", "bridge")),
    ]
    assert (protocol.safety, protocol.review_weeks, protocol.not_better_weeks) == ("back", 2, 6)


def test_protocols_keep_their_promise(shipped: Pack) -> None:
    def positions(slug: str) -> set[StartingPosition]:
        return {shipped.exercise(each).starting_position for each in shipped.protocol(slug).exercise_slugs}

    kneeling = {StartingPosition.HANDS_AND_KNEES, StartingPosition.KNEELING, StartingPosition.HALF_KNEELING}
    assert not positions("stiff-back-no-kneeling") & kneeling
    assert positions("back-chair-and-standing") <= {StartingPosition.SITTING, StartingPosition.STANDING}
    assert shipped.protocol("neck-stiff-and-sore").safety == "neck"


def test_the_soreness_guide_has_the_three_bands(shipped: Pack) -> None:
    assert [(level.lowest, level.highest) for level in shipped.soreness.levels] == [(0, 3), (4, 5), (6, 10)]
    assert "24 hours" in shipped.soreness.levels[1].advice


def test_the_floor_text_goes_down_and_up_and_offers_a_bed(shipped: Pack) -> None:
    down, up, instead = shipped.text("floor").paragraphs
    assert "chair" in down
    assert "get up" in up
    assert "bed" in instead


def test_bending_exercises_warn_about_weak_bones(shipped: Pack) -> None:
    bending = ("knee-to-chest", "double-knee-hug", "cat-cow", "childs-pose", "seated-forward-bend", "curl-up")
    for slug in bending:
        severities = {
            each.severity for each in shipped.exercise(slug).precautions if each.code == PrecautionCode.OSTEOPOROSIS
        }
        assert severities <= {Severity.ASK, Severity.AVOID}, slug
        assert severities, slug


def test_neck_exercises_are_withheld_from_signs_of_the_spinal_cord(shipped: Pack) -> None:
    for slug in ("neck-rotation", "neck-side-bend", "chin-tuck"):
        found = {each.code: each.severity for each in shipped.exercise(slug).precautions}
        assert found[PrecautionCode.SPINAL_CORD_SIGNS] is Severity.AVOID


def test_each_published_picture_has_a_pose_file(shipped: Pack) -> None:
    wanted: list[Picture] = [picture for slug in SEEDS for picture in shipped.exercise(slug).pictures]
    assert len(wanted) == 13  # cat and cow has three
    for picture in wanted:
        assert (SHIPPED / "poses" / f"{picture.pose}.json").is_file()


def test_whoever_sits_needs_a_chair_or_gets_down_to_the_floor(shipped: Pack) -> None:
    for entry in shipped.exercises:
        if entry.starting_position is StartingPosition.SITTING:
            assert Equipment.CHAIR in entry.equipment, entry.slug


def test_the_wheel_carries_the_data_files() -> None:
    """Hatch takes every file of the package that git does not ignore; nothing may narrow that down."""
    root = SHIPPED.parents[1]
    wheel = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "clinic_app" in wheel["packages"]
    assert not {"exclude", "only-include", "include"} & wheel.keys()
    ignored = {line.strip() for line in (root / ".gitignore").read_text("utf-8").splitlines()}
    assert not {line for line in ignored if "toml" in line or "json" in line or "starter" in line}
