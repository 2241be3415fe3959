"""Sides: no file names one, a side can mean only one limb, and the words fit the side that a programme chooses."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from clinic_app.dosage import BodyPart, Dosage, Side
from clinic_app.dosage.sentence import sentence
from clinic_app.starter.lists import State
from clinic_app.starter.pack import SHIPPED, Pack
from clinic_app.starter.schema import Exercise

SLUGS = tuple(sorted(path.stem for path in (SHIPPED / "exercises").glob("*.toml")))
PROTOCOLS = tuple(sorted(path.stem for path in (SHIPPED / "protocols").glob("*.toml")))
NAMED = re.compile(r"\b(left|right)\b", re.IGNORECASE)
COUNTED = re.compile(r"\d|\b(seconds?|minutes?|times|twice|repeats?|breaths|rounds)\b", re.IGNORECASE)

# Which limb a side means where two could be meant: the picture marks the same one.
LIMBS = {
    "bird-dog": BodyPart.LEG,  # not the arm on the other side
    "dead-bug": BodyPart.LEG,
    "open-book": BodyPart.ARM,  # the arm that opens, not the side to lie on
    "single-leg-bridge": BodyPart.LEG,  # the leg that takes the weight
}


def patient_texts(entry: Exercise) -> list[str]:
    links = [link.rule for link in (*entry.easier, *entry.harder)]
    pictures = [text for picture in entry.pictures for text in (picture.caption, picture.alt)]
    words = (entry.name, entry.both_sides_step or "", entry.feel, entry.take_care, entry.easier_tip)
    return [*words, entry.benefit, entry.targets, *entry.steps, *entry.mistakes, *links, *pictures]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_text_of_an_exercise_names_a_side(shipped: Pack, slug: str) -> None:
    assert [text for text in patient_texts(shipped.exercise(slug)) if NAMED.search(text)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_step_says_how_long_or_how_often(shipped: Pack, slug: str) -> None:
    assert [step for step in shipped.exercise(slug).steps_for(Side.EACH) if COUNTED.search(step)] == []


@pytest.mark.parametrize("slug", PROTOCOLS)
def test_no_protocol_names_or_chooses_a_side(shipped: Pack, slug: str) -> None:
    protocol = shipped.protocol(slug)
    groups = [text for group in protocol.groups for text in (group.name, group.patient_name)]
    assert [text for text in (protocol.name, protocol.summary, *groups) if NAMED.search(text)] == []
    sides = {shipped.exercise(each).dosage.side for each in protocol.exercise_slugs}
    assert sides <= {Side.NONE, Side.EACH, Side.ALTERNATE}


@pytest.mark.parametrize("slug", PROTOCOLS)
def test_a_protocol_is_published_only_if_all_its_exercises_are(shipped: Pack, slug: str) -> None:
    protocol = shipped.protocol(slug)
    all_published = all(shipped.exercise(each).state is State.PUBLISHED for each in protocol.exercise_slugs)
    assert (protocol.state is State.PUBLISHED) == all_published
    assert (protocol.state is State.DRAFT) == bool(protocol.state_reason)


def test_no_shared_text_names_a_side(shipped: Pack) -> None:
    texts = [text for each in shipped.texts for text in (each.title, *each.paragraphs)]
    texts += [text for level in shipped.soreness.levels for text in (level.heading, level.advice)]
    for advice in shipped.safety:
        rows = (advice.urgent, advice.stop, advice.specialist, advice.specialist_unnamed)
        texts += [advice.title, advice.lead, *advice.emergency]
        texts += [text for row in rows for text in (row.action, row.when)]
    assert [text for text in texts if NAMED.search(text)] == []


@pytest.mark.parametrize("slug", LIMBS)
def test_a_side_means_one_limb(shipped: Pack, slug: str) -> None:
    assert shipped.exercise(slug).body_part is LIMBS[slug]


def test_bird_dog_counts_and_names_the_leg(shipped: Pack) -> None:
    entry = shipped.exercise("bird-dog")
    assert "That is 6 to 8 times on each leg." in sentence(entry.dosage, BodyPart.LEG, "en")
    one: Dosage = replace(entry.dosage, side=Side.LEFT)
    assert "on your left leg only" in sentence(one, BodyPart.LEG, "en")
    assert entry.steps_for(Side.ALTERNATE)[-1] == "Then change legs and do the same."


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT, None])
@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_is_told_to_change_sides_who_has_one_side_to_do(shipped: Pack, slug: str, side: Side | None) -> None:
    entry = shipped.exercise(slug)
    assert entry.steps_for(side) == entry.steps


@pytest.mark.parametrize("side", [Side.EACH, Side.ALTERNATE])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_change_of_sides_comes_last_and_suits_each_and_alternate(shipped: Pack, slug: str, side: Side) -> None:
    entry = shipped.exercise(slug)
    added = entry.steps_for(side)[len(entry.steps) :]
    assert len(added) == (1 if entry.has_sides else 0)
    # "Change sides each time" would contradict a dose that finishes one side first; the dose says which it is.
    assert not any("each time" in step for step in added)
