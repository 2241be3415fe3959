"""Page 1 and the cards in values: how often, what changed, which tag, what gives way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from clinic_app.dosage import Dosage, Hold, Mode, Range
from clinic_app.rendering import cards, page_one, view
from clinic_app.rendering.content import Change, ChangeKind, Exercise
from clinic_app.rendering.job import File, Job
from clinic_app.rendering.layouts import STANDARD

Doses = Sequence[tuple[Range, Range]]


def exercises_with(job: Job, doses: Doses) -> tuple[Exercise, ...]:
    base = Dosage(Mode.SUSTAINED, reps=Range.of(3), hold=Hold(Range.of(20)))
    return tuple(
        replace(exercise, dosage=replace(base, times_per_day=times, days_per_week=days))
        for exercise, (times, days) in zip(job.handout.exercises, doses, strict=False)
    )


def said(job: Job, doses: Doses) -> list[str]:
    cells = page_one.how(exercises_with(job, doses))
    return [f"{cell.label} | {' to '.join(cell.figures)} {cell.unit} | {cell.detail}" for cell in cells]


DAILY, SOME_DAYS = Range.of(7), Range.of(3, 5)
ONCE, TWICE = Range.of(1), Range.of(2)


def test_one_frequency(job: Job) -> None:
    assert said(job, [(TWICE, DAILY)] * 3) == [
        "How often, every day | 2 times a day | ",
        "How long, about | 4 minutes | ",
        "How many | 3 exercises | ",
    ]


def test_one_exercise_once_on_some_days(job: Job) -> None:
    assert said(job, [(ONCE, SOME_DAYS)]) == [
        "How often | 1 time a day | 3 to 5 days a week",
        "How long, about | 2 minutes | ",
        "How many | 1 exercise | ",
    ]


def test_morning_and_evening_are_never_averaged(job: Job) -> None:
    assert said(job, [(TWICE, DAILY), (TWICE, DAILY), (TWICE, DAILY), (ONCE, DAILY)]) == [
        "Morning: 1 to 4 | 5 minutes | every day",
        "Evening: 1 to 3 | 4 minutes | every day",
    ]


def test_different_days_are_groups(job: Job) -> None:
    assert said(job, [(TWICE, DAILY), (TWICE, DAILY), (ONCE, SOME_DAYS)]) == [
        "Exercises 1, 2 | 2 times a day | every day, about 3 minutes",
        "Exercise 3 | 1 time a day | 3 to 5 days a week, about 2 minutes",
        "How many | 3 exercises | ",
    ]


def test_rows_of_three_fill_the_grid(job: Job) -> None:
    doses = [(Range.of(number), DAILY if number % 2 else SOME_DAYS) for number in range(1, 6)]
    rows = page_one.how_rows(exercises_with(job, doses))
    assert [len(row) for row in rows] == [3, 2]
    assert all(sum(cell.width for cell in row) == pytest.approx(180, abs=0.2) for row in rows)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([1], "1"), ([1, 2], "1, 2"), ([1, 2, 3], "1 to 3"), ([1, 2, 3, 4, 6], "1 to 4, 6"), ([2, 4, 5, 6], "2, 4 to 6")],
)
def test_positions(numbers: list[int], words: str) -> None:
    assert page_one.positions(numbers) == words


def change(kind: ChangeKind, number: int, now: str = "", was: str = "") -> Change:
    return Change(kind, f"exercise-{number}", f"Exercise {number}", now, was)


def test_only_what_is_different_is_said_again(job: Job) -> None:
    line = page_one.change_line(
        change(ChangeKind.CHANGED, 1, "hold 20 seconds", "hold 10 seconds"), job.handout.exercises
    )
    assert (line.now, line.was) == ("hold 20 seconds", "10 seconds")


def test_a_word_for_word_repeat_keeps_something_to_read(job: Job) -> None:
    line = page_one.change_line(change(ChangeKind.CHANGED, 1, "2 times a day", "2 times a day"), job.handout.exercises)
    assert line.was == "day"


@pytest.mark.parametrize(("count", "shown", "more"), [(0, 0, 0), (5, 5, 0), (6, 4, 2), (9, 4, 5)])
def test_more_than_five_changes_are_cut_to_four(job: Job, count: int, shown: int, more: int) -> None:
    changes = tuple(change(ChangeKind.CHANGED, number) for number in range(count))
    lines, rest = page_one.changes(replace(job.handout, changes=changes))
    assert (len(lines), rest) == (shown, more)


def test_what_stopped_is_never_cut_first(job: Job) -> None:
    changes = (*(change(ChangeKind.CHANGED, number) for number in range(6)), change(ChangeKind.STOPPED, 7))
    lines, _ = page_one.changes(replace(job.handout, changes=changes))
    assert lines[0].tag == "Stopped"


def test_tags_on_cards(job: Job) -> None:
    tags = [card.tag for card in cards.cards(job.handout)]
    assert tags == ["Changed: hold 20 seconds (was 10 seconds)", "", "", "", "New", ""]


def test_a_long_tag_has_a_line_of_its_own(job: Job) -> None:
    long = Change(
        ChangeKind.CHANGED, "knee-to-chest", "Knee to chest", "hold 20 to 30 seconds, 3 rounds, rest 60 seconds", "x"
    )
    card = cards.cards(replace(job.handout, changes=(long,)))[0]
    assert card.tag
    assert card.tag_width is None


def test_a_group_is_named_where_it_starts_and_levels_do_not_skip(with_exercises: Callable[[int], Job]) -> None:
    shown = cards.cards(with_exercises(8).handout)
    assert [card.group for card in shown] == ["Loosen", "", "Ease", "", "Get stronger", "", "", ""]
    assert [card.level for card in shown] == [3, 3, 3, 3, 3, 3, 2, 2]


def test_weeks_stand_under_how_often(job: Job) -> None:
    first = job.handout.exercises[0]
    dosage = replace(first.dosage, weeks=Range.of(6), pain_limit=4)
    card = cards.cards(replace(job.handout, exercises=(replace(first, dosage=dosage),)))[0]
    assert card.cells[2].detail == "Do it for 6 weeks."
    assert card.beside == "Keep pain at 4 out of 10 or less."


def test_seven_names_take_the_place_of_the_strip(with_exercises: Callable[[int], Job]) -> None:
    six, seven = (view.page(with_exercises(count)) for count in (6, 7))
    assert ([len(row) for row in six.strip], six.names) == ([6], ())
    assert (seven.strip, [len(column) for column in seven.names]) == ((), [4, 3])


def test_a_running_head_that_is_too_long_keeps_the_name(job: Job) -> None:
    handout = replace(
        job.handout, title="A very long title " * 6, patient=replace(job.handout.patient, name="Ann Example " * 6)
    )
    assert view.page(replace(job, handout=handout)).running == handout.patient.name


def test_a_footer_that_is_too_long_keeps_phone_and_edition(job: Job) -> None:
    handout = replace(
        job.handout, clinic=replace(job.handout.clinic, name="Musculoskeletal Physiotherapy Service " * 5)
    )
    assert view.page(replace(job, handout=handout)).footer.startswith("01632 960 123")


def test_ticks_count_only_when_all_exercises_agree(job: Job) -> None:
    for doses, heading in (
        ([(TWICE, DAILY)] * 2, "Tick each time you do it: 2 ticks a day"),
        ([(ONCE, DAILY)] * 2, "Tick each time you do it: 1 tick a day"),
        ([(TWICE, DAILY), (ONCE, DAILY)], "Tick each time you do it"),
        ([(Range.of(1, 2), DAILY)] * 2, "Tick each time you do it"),
    ):
        handout = replace(job.handout, exercises=exercises_with(job, doses))
        assert view.page(replace(job, handout=handout)).grids[0].heading == heading


def test_pictures_that_are_taller_than_wide_stand_side_by_side(job: Job) -> None:
    first, second, *others = job.handout.exercises
    tall = {each.file for each in first.pictures} | {second.pictures[0].file}
    places = [card.place for card in cards.cards(job.handout, tall)]
    room = STANDARD.places
    assert places[0] == room.upright
    assert places[1] == room.wide  # one of two is wide, and both share a scale
    assert 2 * room.upright.column <= room.wide.column
    three = replace(first, pictures=(*first.pictures, replace(first.pictures[0], letter="C")))
    assert cards.cards(replace(job.handout, exercises=(three, *others)), tall)[0].place == room.upright_of_many
    assert 3 * room.upright_of_many.column <= room.wide.column


def test_a_picture_knows_whether_it_is_taller_than_wide(job: Job) -> None:
    (name, *_) = (each.file for each in job.handout.exercises[0].pictures)
    upright = File(job.files[name].data.replace(b"0 0 112 45", b"0 0 45 112"), "image/svg+xml")
    files = dict(job.files) | {each.file: upright for each in job.handout.exercises[0].pictures}
    shown = view.page(replace(job, files=files))
    assert shown.cards[0].place == STANDARD.places.upright
    assert shown.strip_upright
    assert not view.page(job).strip_upright
