"""The builder saves by itself: parts of the page answer, a wrong field costs no other, and nothing is done unasked."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tinyhtml5 import parse

from clinic_app.dosage import Dosage, Hold, Mode, Range
from clinic_app.staff.builder import total
from tests.cast import Cast, sign_in
from tests.counting import questions
from tests.drafts import doses, has_sore_knees, held, names, programme_at, start
from tests.forms import form, get_part, send_part
from tests.issuing import Issued
from tests.pages import HTML


@pytest.fixture
def six(app: Flask, cast: Cast) -> str:
    return start(app, cast, "low-back-six")


@pytest.fixture
def empty(app: Flask, cast: Cast) -> str:
    return start(app, cast, "")


def test_a_save_answers_with_words_and_no_field_that_is_typed_in(app: Flask, clara: FlaskClient, six: str) -> None:
    sent = {**form(clara, six), "exercises-1-hold_min": "15"}
    answer = send_part(clara, six, sent)
    assert answer.status_code == 200
    assert "Hold for 15 seconds." in answer.text
    assert 'value="2"' in answer.text  # the version to send next time
    typed_in = {each.get("name") for each in parse(answer.text).iter(f"{HTML}input") if each.get("type") != "hidden"}
    assert not typed_in
    assert held(app, six) == Range.of(15)


def test_a_save_without_a_change_is_none(app: Flask, clara: FlaskClient, six: str) -> None:
    send_part(clara, six, form(clara, six))
    with app.app_context():
        assert programme_at(six).version == 1


def test_nothing_is_saved_in_the_name_of_somebody_else(app: Flask, clara: FlaskClient, six: str) -> None:
    """Clara's page is still open, and Colin has signed in in the same browser."""
    colin = sign_in(app.test_client(), "Colin")
    sent = {**form(clara, six), "exercises-1-hold_min": "15"}
    assert send_part(colin, six, sent).status_code == 401
    assert held(app, six) == Range.of(20)


def test_a_wrong_number_costs_no_other(app: Flask, clara: FlaskClient, six: str) -> None:
    wrong = {"exercises-1-hold_min": "soon", "exercises-2-hold_min": "9999", "title": ""}
    right = {"exercises-1-reps_min": "4", "exercises-4-hold_min": "25", "exercises-6-note": "A towel."}
    answer = send_part(clara, six, {**form(clara, six), **wrong, **right})
    assert "3 fields are not saved" in answer.text
    assert 'id="exercises-1-hold_min-error"' in answer.text
    assert "“soon” is not a whole number" in answer.text
    # Each sentence is that of its own numbers; none waits for the wrong one.
    assert "Hold for 20 seconds. Do this 4 times" in answer.text
    assert "Hold for 25 to 30 seconds." in answer.text
    saved = doses(app, six)
    assert saved["knee-to-chest"].reps == Range.of(4)
    assert saved["childs-pose"].hold == Hold(Range.of(25, 30))
    assert held(app, six) == Range.of(20)
    with app.app_context():
        assert programme_at(six).title
        assert programme_at(six).exercises[5].note == "A towel."


def test_an_unusual_number_is_saved_and_asks(app: Flask, clara: FlaskClient, six: str) -> None:
    sent = {**form(clara, six), "exercises-2-hold_min": "50", "exercises-2-hold_max": ""}
    asked = send_part(clara, six, sent)
    assert held(app, six, "pelvic-tilt") == Range.of(50)
    assert 'href="#row-2"' in asked.text
    again = form(clara, six)
    ticked = send_part(clara, six, {**again, "exercises-2-confirm": "y"})
    assert "Ready to issue" not in ticked.text, "a tick for numbers that were not shown"
    asked_for = {**again, "exercises-2-asked": _asked(asked.text), "exercises-2-confirm": "y"}
    assert "Ready to issue" in send_part(clara, six, asked_for).text


def _asked(page: str) -> str:
    found = [each for each in parse(page).iter(f"{HTML}input") if each.get("name") == "exercises-2-asked"]
    return found[0].get("value") or ""


def test_a_typed_line_adds_what_it_finds_first_with_its_dose(app: Flask, clara: FlaskClient, empty: str) -> None:
    answer = send_part(clara, empty, {**form(clara, empty), "action": "add", "line": "bridge 2x10 h5"})
    assert "Added Bridge." in answer.text
    send_part(clara, empty, {**form(clara, empty), "action": "add", "line": "knee to"})
    assert names(app, empty) == ["bridge", "knee-to-chest"]
    bridge = doses(app, empty)["bridge"]
    assert (bridge.sets, bridge.reps, bridge.hold) == (Range.of(2), Range.of(10), Hold(Range.of(5)))


@pytest.mark.parametrize(
    ("line", "said"),
    [("zzzz", "Nothing matches"), ("bridge h9999", "Bridge:"), ("  ", "Type the name of an exercise first.")],
)
def test_a_line_that_cannot_be_added_says_why(app: Flask, clara: FlaskClient, empty: str, line: str, said: str) -> None:
    answer = send_part(clara, empty, {**form(clara, empty), "action": "add", "line": line})
    assert said in answer.text
    assert names(app, empty) == []


def test_the_dose_is_read_before_it_is_added(clara: FlaskClient, empty: str) -> None:
    read = get_part(clara, empty, part="found", line="bridge 2x10 h5").text
    assert "Hold for 5 seconds. Do this 10 times." in read
    wrong = get_part(clara, empty, part="found", line="bridge h9999").text
    assert "9999" in wrong
    assert "is-wrong" in wrong


def test_the_chips_filter(clara: FlaskClient, empty: str) -> None:
    everything = get_part(clara, empty, part="found", only="low_back").text
    without = get_part(clara, empty, part="found", only=["low_back", "no_kneeling"]).text
    assert "Cat and cow" in everything
    assert "Cat and cow" not in without
    assert "Bridge" in without


def test_what_cannot_be_added_takes_nothing_with_it(app: Flask, clara: FlaskClient, six: str) -> None:
    twice = {**form(clara, six), "exercises-1-hold_min": "15", "action": "add", "line": "bridge"}
    answer = send_part(clara, six, twice)
    assert "Bridge is in this programme already." in answer.text
    assert held(app, six) == Range.of(15)


def test_rows_are_arranged_and_undone(app: Flask, clara: FlaskClient, six: str) -> None:
    before = names(app, six)
    send_part(clara, six, {**form(clara, six), "arrange": "3,1,2,4,5,6"})
    assert names(app, six)[:3] == [before[2], before[0], before[1]]
    gone = send_part(clara, six, {**form(clara, six), "remove": "6"})
    assert "Undo: removed Bridge" in gone.text
    send_part(clara, six, {**form(clara, six), "action": "undo"})
    assert names(app, six)[-1] == "bridge"
    send_part(clara, six, {**form(clara, six), "action": "undo"})
    assert names(app, six) == before


def test_a_second_click_on_undo_takes_nothing_more_back(app: Flask, clara: FlaskClient, six: str) -> None:
    before = names(app, six)
    send_part(clara, six, {**form(clara, six), "arrange": "3,1,2,4,5,6"})
    moved = names(app, six)
    send_part(clara, six, {**form(clara, six), "remove": "6"})
    click = {**form(clara, six), "action": "undo"}
    for _ in range(2):
        assert send_part(clara, six, click).status_code == 200
    assert names(app, six) == moved != before


def test_undo_takes_back_what_was_typed_with_it(app: Flask, clara: FlaskClient, six: str) -> None:
    was = held(app, six)
    send_part(clara, six, {**form(clara, six), "exercises-1-hold_min": "15", "action": "undo"})
    assert held(app, six) == was


def test_all_are_changed_or_none(app: Flask, clara: FlaskClient, six: str) -> None:
    refused = {"all-times_per_day": "50", "exercises-1-hold_min": "15", "action": "change_all"}
    send_part(clara, six, {**form(clara, six), **refused})
    assert {dosage.times_per_day.maximum for dosage in doses(app, six).values()} == {1, 2}
    assert held(app, six) == Range.of(15)
    send_part(clara, six, {**form(clara, six), "all-times_per_day": "2 to 3", "action": "change_all"})
    assert {dosage.times_per_day for dosage in doses(app, six).values()} == {Range.of(2, 3)}


def test_a_protocol_comes_behind_what_is_there(app: Flask, clara: FlaskClient, empty: str) -> None:
    send_part(clara, empty, {**form(clara, empty), "action": "add", "line": "bridge"})
    answer = send_part(clara, empty, {**form(clara, empty), "add_protocol": "low-back-six"})
    assert "Added 5 exercises." in answer.text
    assert names(app, empty)[0] == "bridge"


def test_each_gap_leads_somewhere(app: Flask, cast: Cast, clara: FlaskClient, six: str) -> None:
    has_sore_knees(app, cast)
    sent = {name: value for name, value in form(clara, six).items() if name != "exercises-1-side"}
    send_part(clara, six, {**sent, "exercises-2-hold_min": "50", "exercises-2-hold_max": ""})
    page = parse(clara.get(six).text)
    ids = {each.get("id") for each in page.iter()}
    gaps = next(each for each in page.iter() if each.get("id") == "gaps")
    links = [each.get("href") or "" for each in gaps.iter(f"{HTML}a")]
    assert len(links) >= 4
    assert {link.removeprefix("#") for link in links} <= ids


def test_the_pages_name_their_exercises(clara: FlaskClient, six: str) -> None:
    parts = get_part(clara, six, part="pages").text
    pages = re.findall(r'data-rows="([\d ]*)"', parts)
    assert f"<strong>{len(pages)} pages</strong>" in parts
    assert sorted(" ".join(pages).split()) == ["1", "2", "3", "4", "5", "6"]
    assert not pages[0], "the first page is about all of them"


def test_a_picture_shows_the_pages_it_was_made_for(
    app: Flask, cast: Cast, clara: FlaskClient, six: str, empty: str
) -> None:
    """Whatever was saved since; and nobody reads another programme's pages with it."""
    found = re.search(r'src="([^"]+/draft/1\.png\?of=[^"]+)"', get_part(clara, six, part="pages").text)
    assert found
    for number in range(1, 7):
        send_part(clara, six, {**form(clara, six), "remove": str(number)})
    assert clara.get(found[1]).mimetype == "image/png"
    assert clara.get(found[1].replace(six, empty)).status_code == 404
    assert clara.get(f"{found[1]}x").status_code == 404
    assert sign_in(app.test_client(), "Nora").get(found[1]).status_code == 404


def test_without_pages_the_reason_is_said(clara: FlaskClient, empty: str) -> None:
    assert "The programme has no exercises." in get_part(clara, empty, part="pages").text


def test_the_comparison_names_both_doses(issued: Issued, clara: FlaskClient) -> None:
    url = f"/staff/programmes/{issued.programme_id}"
    assert "are the same as in edition 1" in clara.get(f"{url}/compare").text
    send_part(clara, url, {**form(clara, url), "exercises-1-hold_min": "15"})
    compared = clara.get(f"{url}/compare").text
    assert "hold 15 seconds" in compared
    assert "20" in compared


def test_an_edit_asks_the_database_little(app: Flask, clara: FlaskClient, empty: str, six: str) -> None:
    """As often for six exercises as for one: nothing is asked row by row."""
    send_part(clara, empty, {**form(clara, empty), "action": "add", "line": "bridge"})

    def edited(url: str, field: str) -> int:
        sent = {**form(clara, url), field: "4"}
        with questions(app) as asked:
            assert send_part(clara, url, sent).status_code == 200
        return len(asked)

    one = edited(empty, "exercises-7-hold_min")
    assert edited(six, "exercises-6-hold_min") <= one + 1
    assert one < 45


def slow(times: int) -> Dosage:
    """Two and a half minutes."""
    return Dosage(Mode.REPS_WITH_HOLD, reps=Range.of(10), hold=Hold(Range.of(11)), times_per_day=Range.of(times))


def test_the_total_says_how_long_and_how_often() -> None:
    short = total([slow(2), slow(2)])
    assert (short.words, short.often, short.sittings) == ("About 5 min", "2 times a day, about 10 min a day", ())
    assert not short.is_long
    split = total([slow(2), slow(1), slow(2)])
    assert split.sittings == ("Morning: 1 to 3, 8 min", "Evening: 1, 3, 5 min")
    assert total([slow(1)] * 6).advice == "6 exercises: over 5, fewer people keep it up."
    assert total([slow(1)] * 7).advice.startswith("Over 15 minutes")
    assert total([]).minutes == 0


def test_the_total_warns_of_half_an_hour_and_of_an_hour_a_day() -> None:
    long = total([slow(3)] * 13)
    assert long.is_long
    assert "minutes, more than 30." in long.advice
    assert "minutes a day, more than 60." in long.advice
    assert "more than" not in total([slow(1)] * 11).advice


def test_the_safety_box_is_chosen_and_taken_back(app: Flask, clara: FlaskClient, six: str) -> None:
    page = clara.get(six).text
    assert "Safety advice on page 1: Back" in page
    answer = send_part(clara, six, {**form(clara, six), "safety": "neck", "title": "Neck and back"})
    assert "Safety advice on page 1: Neck" in answer.text
    with app.app_context():
        assert (programme_at(six).safety, programme_at(six).title) == ("neck", "Neck and back")
    answer = send_part(clara, six, {**form(clara, six), "action": "undo"})
    assert "Safety advice on page 1: Back" in answer.text
    wrong = send_part(clara, six, {**form(clara, six), "safety": "elbow"})
    assert "There is no such safety advice." in wrong.text
    with app.app_context():
        assert programme_at(six).safety == "back"
