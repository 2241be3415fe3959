"""The safety boxes that ship, item by item as the clinical review lists them, and with a clinic's phone filled in."""

from __future__ import annotations

import pytest

from clinic_app.services.patient_words import safety_content
from clinic_app.starter.pack import Pack

# Each item of the review's box, and the words that must stand together in one line of the list.
EMERGENCY = {
    "altered feeling between the legs": ("numb", "tingling", "odd feeling", "between your legs"),
    "altered feeling of genitals and bottom": ("numb", "tingling", "odd feeling", "genitals", "bottom"),
    "altered feeling when wiping": ("numb", "wiping"),
    "trouble starting to pass urine": ("new trouble", "starting", "urine"),
    "trouble stopping": ("new trouble", "stopping", "urine"),
    "trouble feeling it": ("new trouble", "feeling", "urine"),
    "leaking": ("leaking urine",),
    "a full bladder unnoticed": ("not knowing", "bladder is full"),
    "loss of bowel control": ("loss of bowel control",),
    "loss of bowel feeling": ("loss of bowel", "feeling"),
    "sexual feeling or function": ("change", "sexual feeling", "function"),
    "weakness in both legs": ("new weakness", "both legs"),
    "tingling in both legs": ("tingling", "both legs"),
    "numbness in both legs": ("numbness", "both legs"),
    "chest pain": ("chest pain",),
    "a serious accident": ("serious accident",),
}
NECK_EMERGENCY = {
    "clumsy hands": ("clumsy hands",),
    "trouble with buttons or writing": ("trouble with buttons or writing",),
    "unsteady walking": ("unsteady walking",),
    "heavy or weak arms or legs": ("heavy or weak arms or legs",),
    "a drooping face": ("face that drops",),
    "trouble with speech": ("slurred speech",),
    "an arm that drops": ("arm that you cannot lift",),
}
URGENT = {
    "fever": "fever",
    "unwell": "unwell",
    "weight loss": "lose weight without trying",
    "a lump": "a lump",
    "not easing with rest": "does not ease with rest",
    "worse at night": "worse at night",
    "between the shoulder blades": "high between your shoulder blades",
    "new severe pain": "new severe pain with",
    "past cancer": "past cancer",
    "osteoporosis": "weak bones",
    "steroids": "steroids",
}
STOP = {
    "new weakness": "new weakness",
    "dizziness": "feel dizzy",
    "worse after a day": "still worse after 24 hours",
}
BOTH = ("back", "neck")


@pytest.mark.parametrize("item", EMERGENCY)
@pytest.mark.parametrize("slug", BOTH)
def test_an_emergency_sign_stands_in_the_box(shipped: Pack, slug: str, item: str) -> None:
    assert any(all(word in line for word in EMERGENCY[item]) for line in shipped.safety_text(slug).emergency)


@pytest.mark.parametrize("item", NECK_EMERGENCY)
def test_an_emergency_sign_of_the_neck_stands_in_its_box(shipped: Pack, item: str) -> None:
    assert any(all(word in line for word in NECK_EMERGENCY[item]) for line in shipped.safety_text("neck").emergency)


@pytest.mark.parametrize("item", URGENT)
@pytest.mark.parametrize("slug", BOTH)
def test_an_urgent_sign_stands_in_the_box(shipped: Pack, slug: str, item: str) -> None:
    assert URGENT[item] in shipped.safety_text(slug).urgent.when


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("back", "changed back shape"),
        ("neck", "changed neck shape"),
    ],
)
def test_a_changed_shape_is_urgent(shipped: Pack, slug: str, words: str) -> None:
    assert words in shipped.safety_text(slug).urgent.when


@pytest.mark.parametrize("item", STOP)
@pytest.mark.parametrize("slug", BOTH)
def test_a_reason_to_stop_stands_in_the_box(shipped: Pack, slug: str, item: str) -> None:
    assert STOP[item] in shipped.safety_text(slug).stop.when


@pytest.mark.parametrize(
    ("slug", "words"),
    [("back", "pain moves further down your leg"), ("neck", "pain moves further down your arm or leg")],
)
def test_spreading_pain_is_a_reason_to_stop(shipped: Pack, slug: str, words: str) -> None:
    assert words in shipped.safety_text(slug).stop.when


@pytest.mark.parametrize("slug", BOTH)
def test_each_tier_says_whom_to_call(shipped: Pack, slug: str) -> None:
    text = shipped.safety_text(slug)
    filled = safety_content(text, phone="01632 960 123", specialist="")
    assert filled.title == "Call 999 or go to A&E now"
    assert filled.lead == f"if you have {slug} pain and any of these:"
    assert filled.urgent.action == "Call 111 or your GP today"
    assert filled.stop.action == "Stop and call us, 01632 960 123,"
    assert text.sources


@pytest.mark.parametrize("slug", BOTH)
def test_the_specialist_is_named_where_the_clinic_names_one(shipped: Pack, slug: str) -> None:
    text = shipped.safety_text(slug)
    said = safety_content(text, phone="01632 960 123", specialist="Dr Sample, our spine surgeon").specialist
    assert said.action == "Ask us about seeing Dr Sample, our spine surgeon"
    assert said.when == "if pain is severe or does not go away. Call 01632 960 123."


@pytest.mark.parametrize("slug", BOTH)
def test_a_clinic_that_names_no_specialist_still_prompts_for_one(shipped: Pack, slug: str) -> None:
    said = safety_content(shipped.safety_text(slug), phone="01632 960 123", specialist="").specialist
    assert said.action == "Ask us about seeing a specialist"
    assert said.when == "if pain is severe or does not go away. Call 01632 960 123."


@pytest.mark.parametrize("specialist", ["", "our spinal specialist"])
@pytest.mark.parametrize("slug", BOTH)
def test_nothing_is_left_to_fill_in(shipped: Pack, slug: str, specialist: str) -> None:
    filled = safety_content(shipped.safety_text(slug), phone="01632 960 123", specialist=specialist)
    rows = (filled.urgent, filled.stop, filled.specialist)
    said = [filled.title, filled.lead, *filled.emergency, *(text for row in rows for text in (row.action, row.when))]
    assert all(said)
    assert not any(brace in text for text in said for brace in "{}")
